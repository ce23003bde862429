package io.accesskeys.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.accesskeys.bench.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** One bash for all blocks of a page, in the root of the repository, as somebody types them. */
final class Bash {

  private static final String END = "@end";

  private Bash() {}

  /**
   * What became of some blocks.
   *
   * @param blocks what each of those printed that were gone through to their ends
   * @param rest what the one printed in which bash gave up
   */
  record Printed(List<String> blocks, String rest) {}

  /** Runs the blocks until one fails. */
  static Printed run(List<String> blocks, Map<String, String> variables) {
    try {
      Path folder = Files.createTempDirectory("walk-");
      Path script = folder.resolve("walk.sh");
      Path output = folder.resolve("output.txt");
      Files.writeString(
          script,
          blocks.stream()
              .map(block -> block + "\necho " + END + "\n")
              .collect(Collectors.joining("", "set -euo pipefail\n", "")));
      ProcessBuilder bash =
          new ProcessBuilder("bash", script.toString())
              .directory(Checkout.root().toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      // Neither a proxy nor somebody's .curlrc takes part.
      bash.environment()
          .putAll(
              Map.of(
                  "no_proxy", "127.0.0.1", "HOME", folder.toString(), "TMPDIR", folder.toString()));
      bash.environment().putAll(variables);
      await(bash.start());
      String printed = Files.readString(output, UTF_8).replace("\r", "");
      Files.delete(script);
      Files.delete(output);
      List<String> parts = List.of(printed.split("(?m)^" + END + "\n", -1));
      int finished = parts.size() - 1;
      return new Printed(parts.subList(0, finished), parts.get(finished));
    } catch (IOException e) {
      throw new IllegalStateException("Could not run bash", e);
    }
  }

  private static void await(Process process) {
    try {
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        throw new IllegalStateException("bash did not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
