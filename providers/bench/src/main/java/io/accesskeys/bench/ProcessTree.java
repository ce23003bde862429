package io.accesskeys.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A process and all its descendants. */
final class ProcessTree {

  private final ProcessHandle root;

  ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /**
   * Ends all of it, descendants first: a shell that dies before its JVM leaves the JVM alone in the
   * world. Who has not followed SIGTERM when the grace is over gets SIGKILL.
   */
  void end(Duration grace) {
    List<ProcessHandle> tree = deepestFirst(root).toList();
    tree.forEach(ProcessHandle::destroy);
    if (!Waiting.until(() -> allEnded(tree), grace)) {
      tree.forEach(ProcessHandle::destroyForcibly);
      Waiting.until(() -> allEnded(tree), grace);
    }
  }

  /** Lets none of it do anything until it is resumed. */
  void pause() {
    signal("STOP", deepestFirst(root).toList());
  }

  /** Goes on after a pause. */
  void resume() {
    signal("CONT", deepestFirst(root).toList());
  }

  static void signal(String name, List<ProcessHandle> processes) {
    List<String> pids = processes.stream().map(each -> String.valueOf(each.pid())).toList();
    // The shell has kill itself; as a program of its own it is not on every machine.
    Programs.run(
        Path.of(System.getProperty("java.io.tmpdir")),
        Stream.concat(
                Stream.of("/bin/sh", "-c", "kill -" + name + " \"$@\"", "kill"), pids.stream())
            .toList());
  }

  static Stream<ProcessHandle> deepestFirst(ProcessHandle process) {
    return Stream.concat(process.children().flatMap(ProcessTree::deepestFirst), Stream.of(process));
  }

  /**
   * Whether it runs no more. One that has ended but that its new parent has not collected yet still
   * counts as alive for Java; it has no program any more.
   */
  static boolean hasEnded(ProcessHandle process) {
    return !process.isAlive() || process.info().command().isEmpty();
  }

  private static boolean allEnded(List<ProcessHandle> tree) {
    return tree.stream().allMatch(ProcessTree::hasEnded);
  }
}
