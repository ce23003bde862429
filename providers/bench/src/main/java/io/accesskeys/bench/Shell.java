package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Scripts of bash, as somebody runs them on a machine of their own: neither a proxy nor somebody's
 * {@code .curlrc} takes part, and what they leave behind is deleted. Tests that use it carry
 * {@code @RequiresTool("bash")}.
 */
public final class Shell {

  private Shell() {}

  /**
   * What a script came to.
   *
   * @param code 0 if it has done what it should
   * @param output all that it has printed, errors too
   */
  public record Outcome(int code, String output) {}

  /**
   * Runs a script to its end, and ends what it has started.
   *
   * @param folder where it runs
   * @param variables of its environment
   * @throws IllegalStateException when it takes longer than that
   */
  public static Outcome run(
      Path folder, String script, Map<String, String> variables, Duration limit) {
    try {
      Path own = Files.createTempDirectory("shell-");
      try {
        return run(own, folder, script, variables, limit);
      } finally {
        Folders.delete(own);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not run bash", e);
    }
  }

  private static Outcome run(
      Path own, Path folder, String script, Map<String, String> variables, Duration limit)
      throws IOException {
    Path file = Files.writeString(own.resolve("script.sh"), script);
    Path output = own.resolve("output.txt");
    ProcessBuilder bash =
        new ProcessBuilder("bash", file.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    bash.environment()
        .putAll(Map.of("no_proxy", "127.0.0.1", "HOME", own.toString(), "TMPDIR", own.toString()));
    bash.environment().putAll(variables);
    try (GuardedProcess process = GuardedProcess.start(bash)) {
      int code = process.exitCode(limit);
      return new Outcome(code, Files.readString(output, StandardCharsets.UTF_8));
    }
  }
}
