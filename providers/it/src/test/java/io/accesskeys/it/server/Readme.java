package io.accesskeys.it.server;

import io.accesskeys.bench.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** The top README. */
final class Readme {

  private static final Pattern BASH = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

  private Readme() {}

  static String text() {
    try {
      return Files.readString(Checkout.root().resolve("README.md"));
    } catch (IOException e) {
      throw new UncheckedIOException("No README", e);
    }
  }

  /** All that it tells people to type. */
  static List<String> blocks() {
    return blocksIn(text());
  }

  /** What it tells people to type below this heading. */
  static List<String> blocks(String heading) {
    String behind = text().split("\n## " + Pattern.quote(heading) + "\n", 2)[1];
    return blocksIn(behind.split("\n## ", 2)[0]);
  }

  private static List<String> blocksIn(String text) {
    return BASH.matcher(text).results().map(block -> block.group(1)).toList();
  }
}
