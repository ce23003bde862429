package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A child process that never outlives this JVM: a shutdown hook ends it, and where no hook runs
 * (SIGKILL, a halt), the shell around it sees its input end and does the same.
 */
final class GuardedProcess implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final String GUARD =
      """
      exec 3<&0
      "$@" </dev/null 3<&- &
      child=$!
      {
        read -r _ <&3
        kill -TERM $child
        for _ in 1 2 3 4 5 6 7 8 9 10; do
          kill -0 $child || break
          sleep 1
        done
        pkill -KILL -P $child
        kill -KILL $child
      } >/dev/null 2>&1 &
      watcher=$!
      exec 3<&-
      wait $child
      status=$?
      kill $watcher 2>/dev/null
      exit $status
      """;

  private final Process process;
  private final Thread hook;

  private GuardedProcess(Process process) {
    this.process = process;
    this.hook = new Thread(this::end, "end-" + process.pid());
  }

  /**
   * Starts what the builder describes; its standard input is empty.
   *
   * @throws UncheckedIOException when there is no shell, or no such folder
   */
  static GuardedProcess start(ProcessBuilder builder) {
    List<String> command = List.copyOf(builder.command());
    builder.command(
        Stream.concat(Stream.of("/bin/sh", "-c", GUARD, "guard"), command.stream()).toList());
    try {
      GuardedProcess guarded = new GuardedProcess(builder.start());
      Runtime.getRuntime().addShutdownHook(guarded.hook);
      return guarded;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start " + command, e);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Closes its guard's input, as the death of this JVM would. */
  void abandon() throws IOException {
    process.getOutputStream().close();
  }

  /** Waits for its end and gives its exit code. */
  int exitCode(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("Still running after " + limit);
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting", e);
    }
  }

  @Override
  public void close() {
    close(GRACE);
  }

  /** The same, with so much time for what it does at its end. */
  void close(Duration grace) {
    new ProcessTree(process.toHandle()).end(grace);
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private void end() {
    new ProcessTree(process.toHandle()).end(GRACE);
  }
}
