package io.accesskeys.story;

import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.Shell;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** One bash for all blocks of a page, in the root of the repository, as somebody types them. */
final class Bash {

  private static final String END = "@end";
  private static final Duration LIMIT = Duration.ofMinutes(3);

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
    String script =
        blocks.stream()
            .map(block -> block + "\necho " + END + "\n")
            .collect(Collectors.joining("", "set -euo pipefail\n", ""));
    String printed =
        Shell.run(Checkout.root(), script, variables, LIMIT).output().replace("\r", "");
    List<String> parts = List.of(printed.split("(?m)^" + END + "\n", -1));
    int finished = parts.size() - 1;
    return new Printed(parts.subList(0, finished), parts.get(finished));
  }
}
