package io.accesskeys.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.accesskeys.SeededRandom;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of spoilt texts for everything that reads text; Jazzer finds more, and takes longer.
 */
class ParserFuzzTest {

  private static final int CASES = Integer.getInteger("fuzz.cases", 10_000);

  static final List<String> STRANGE =
      List.of(
          "\0",
          "\r\n",
          " ",
          "\u007f",
          "\u00a0",
          "\u0130",
          "\ufeff",
          "\uff0e",
          "\ud800",
          "\ud83d\udd11",
          "/",
          "//",
          "..",
          "%2e",
          "%",
          ":",
          "::",
          "*",
          "#",
          "##",
          "@",
          "?",
          "\"",
          "\\",
          "{",
          "}",
          "[",
          "]",
          "null",
          "true",
          "-1",
          "1e999",
          "99999999999999999999",
          "P",
          "PT",
          "\\u0000");

  @ParameterizedTest
  @EnumSource
  void anyTextIsReadOrRefused(Target target) {
    long seed = SeededRandom.seed();
    SeededRandom random = new SeededRandom(seed);
    for (int i = 0; i < CASES; i++) {
      String text = spoilt(one(target.seeds(), random), random);
      assertThatCode(() -> target.take(text))
          .as("-Dseed=%d: %s", seed, text)
          .doesNotThrowAnyException();
    }
  }

  private static String spoilt(String text, SeededRandom random) {
    StringBuilder spoilt = new StringBuilder(text);
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(spoilt.length() + 1);
      int to = at + random.nextInt(spoilt.length() - at + 1);
      switch (random.nextInt(5)) {
        case 0 -> spoilt.insert(at, one(STRANGE, random));
        case 1 -> spoilt.delete(at, to);
        case 2 -> spoilt.insert(at, spoilt.substring(at, to));
        case 3 -> spoilt.insert(at, (char) random.nextInt(0x10000));
        default -> spoilt.replace(at, to, one(STRANGE, random));
      }
    }
    return spoilt.toString();
  }

  private static <T> T one(List<T> all, SeededRandom random) {
    return all.get(random.nextInt(all.size()));
  }
}
