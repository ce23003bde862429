package io.accesskeys.story;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The walk-through of a page: blocks of bash, each with what it prints, if the page shows that.
 *
 * @param steps the blocks, in their order
 * @param places what must run beside Keycloak, in the order in which it is started
 */
record Walk(List<Step> steps, List<Place> places) {

  /** A block of bash, and the block of text behind it. */
  private static final Pattern STEP =
      Pattern.compile("```bash\n(.*?)```(?:\n+```text\n(.*?)```)?", Pattern.DOTALL);

  /** Such as {@code API=${API:-http://127.0.0.1:8000} # docker/gateways/nginx/jwt.conf}. */
  private static final Pattern PLACE =
      Pattern.compile("(?m)^([A-Z]+)=\\$\\{\\1:-http[^}]*} +# docker/gateways/(\\S+)");

  /**
   * A block.
   *
   * @param prints what it must print; the sign for an ellipsis stands for anything
   */
  record Step(String bash, Optional<String> prints) {

    /** Whether this is what it prints. */
    boolean isRight(String printed) {
      return prints.map(expected -> matches(expected, printed)).orElse(true);
    }

    private static boolean matches(String expected, String printed) {
      String pattern =
          Pattern.compile("…")
              .splitAsStream(expected.strip())
              .map(Pattern::quote)
              .reduce((before, after) -> before + ".*" + after)
              .orElse("");
      boolean open = expected.strip().endsWith("…");
      return Pattern.matches(open ? pattern + ".*" : pattern, printed.strip());
    }
  }

  /**
   * A gateway or an API with a shipped file.
   *
   * @param variable of bash, where its address is
   * @param file below {@code docker/gateways}
   */
  record Place(String variable, String file) {}

  static Walk of(Path page) {
    try {
      String text = Files.readString(page);
      return new Walk(
          STEP.matcher(text)
              .results()
              .map(block -> new Step(block.group(1), Optional.ofNullable(block.group(2))))
              .toList(),
          PLACE
              .matcher(text)
              .results()
              .map(line -> new Place(line.group(1), line.group(2)))
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException("No page " + page, e);
    }
  }
}
