package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Runs the programs that databases come with. */
final class Programs {

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private Programs() {}

  /** Whether this is root, as whom servers do not like to run. */
  static boolean asRoot() {
    return System.getProperty("user.name").equals("root");
  }

  /** Where the program is. */
  static String path(String name) {
    return Tools.find(name)
        .map(Path::toString)
        .orElseThrow(() -> new IllegalStateException(name + " is missing"));
  }

  /**
   * What a command prints.
   *
   * @param folder where it runs
   * @throws IllegalStateException when it fails, with what it says
   */
  static String run(Path folder, List<String> command) {
    Path output = folder.resolve("output-" + System.nanoTime());
    try (GuardedProcess process =
        GuardedProcess.start(
            new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile()))) {
      int code = process.exitCode(LIMIT);
      String said = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      if (code != 0) {
        throw new IllegalStateException("Exit code " + code + " of " + command + ": " + said);
      }
      return said.strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
