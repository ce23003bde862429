package io.accesskeys.restriction.ip;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.restriction.InvalidRestrictionException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which sets of addresses are as good as all of them. */
final class CoverageTest {

  private static boolean isEverything(List<String> allow, List<String> not)
      throws InvalidRestrictionException {
    return IpRanges.of(allow, not, "x").isEverything();
  }

  private static List<String> words(String text) {
    return text == null ? List.of() : List.of(text.split(" +"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # allow                                   | not                   | everything
          0.0.0.0/0                                 |                       | true
          ::/0                                      |                       | true
          ::ffff:0:0/96                             |                       | true
          2000::/3                                  |                       | true
          0.0.0.0/1 128.0.0.0/1                     |                       | true
          0.0.0.0/1 128.0.0.0/2                     |                       | true
          ::/1 8000::/1                             |                       | true
          2000::/4 3000::/4                         |                       | true
          2000::/4 3000::/5                         |                       | true
          203.0.113.0/24 ::/0                       |                       | true
          2001:db8::/32 0.0.0.0/0                   |                       | true
          0.0.0.0/0                                 | 203.0.113.7           | true
          0.0.0.0/0                                 | 10.0.0.0/8 ::/0       | true
          ::/0                                      | 2001:db8::/32         | true
          ::/0                                      | fc00::/7 fe80::/10    | true
          0.0.0.0/1 0.0.0.0/0                       | 10.0.0.0/8            | true
          0.0.0.0/1 128.0.0.0                       |                       | true
          # half is not more than half
          0.0.0.0/1                                 |                       | false
          128.0.0.0/1                               |                       | false
          0.0.0.0/0                                 | 0.0.0.0/1             | false
          0.0.0.0/0                                 | 0.0.0.0/0             | false
          0.0.0.0/0                                 | 0.0.0.0/2 128.0.0.0/2 | false
          0.0.0.0/1 0.0.0.0/1                       |                       | false
          0.0.0.0/1 2000::/4                        |                       | false
          2000::/4                                  |                       | false
          ::/0                                      | 2000::/3              | false
          ::/0                                      | 2000::/4              | false
          8000::/1                                  |                       | false
          fc00::/7                                  |                       | false
          10.0.0.0/8                                |                       | false
          203.0.113.7                               |                       | false
          2001:db8::1                               |                       | false
          255.255.255.255                           |                       | false
          """)
  void ofASetIsMoreThanHalfOfAFamilyOrNot(String allow, String not, boolean everything)
      throws InvalidRestrictionException {
    assertThat(isEverything(words(allow), words(not))).isEqualTo(everything);
  }

  @Test
  void manyRangesAreCountedTogether() throws InvalidRestrictionException {
    List<String> half = slash8(128);
    assertThat(isEverything(half, List.of())).isFalse();
    assertThat(isEverything(slash8(129), List.of())).isTrue();
    assertThat(
            isEverything(Stream.concat(half.stream(), half.stream().limit(72)).toList(), List.of()))
        .isFalse();
  }

  private static List<String> slash8(int count) {
    return IntStream.range(0, count).mapToObj(first -> first + ".0.0.0/8").toList();
  }
}
