package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Writes down how long builds and starts of servers take, for {@code .ci/times.mjs}. */
final class Timing {

  private Timing() {}

  /**
   * Adds a line: when, the test class that waited, what for, of which home, and the seconds.
   *
   * @param begin as {@code System.nanoTime()} gave it
   */
  static void add(String what, Path home, long begin) {
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    String line =
        String.format(
            Locale.ROOT,
            "%d\t%s\t%s\t%s\t%.1f%n",
            Instant.now().getEpochSecond(),
            testClass(),
            what,
            home.getFileName(),
            took.toMillis() / 1000.0);
    try {
      // One short line is written in one piece, also beside another JVM.
      Files.writeString(
          home.resolveSibling("times.tsv"),
          line,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String testClass() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .map(frame -> frame.getClassName().replaceFirst(".*\\.([^.$]+).*", "$1"))
                    .filter(name -> name.endsWith("IT"))
                    .findFirst()
                    .orElse("none"));
  }
}
