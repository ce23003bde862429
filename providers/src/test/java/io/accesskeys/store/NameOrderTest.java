package io.accesskeys.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How names are compared. */
final class NameOrderTest {

  @ParameterizedTest
  @CsvSource({"Größe, GRO\u0308SSE", "Zoe\u0308, zoë", "CI, ci", "Å, A\u030A", "\u212B, å"})
  void upperCaseAndTheWayOfTypingAnAccentMakeNoDifference(String name, String other) {
    String expected = NameOrder.of(name.replace("ß", "ss"));
    assertThat(NameOrder.of(other)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"Zoë's laptop, zoe\u0308", "Zoe\u0308's laptop, ZOË", "nightly, NIGHT"})
  void aNameBeginsWithItsBeginningHoweverItWasTyped(String name, String beginning) {
    assertThat(NameOrder.of(name))
        .isGreaterThanOrEqualTo(NameOrder.of(beginning))
        .isLessThan(NameOrder.endOf(beginning));
  }

  @Test
  void whatTheFormOfALongNameLacksIsComparedAsText() {
    assertThat(NameOrder.isCut("a".repeat(32))).isFalse();
    assertThat(NameOrder.isCut("a".repeat(33))).isTrue();
    assertThat(NameOrder.isCut("🔑".repeat(9))).isTrue();
    assertThat(NameOrder.patterns("A_b%c!")).containsExactly("a!_b!%c!!%");
    assertThat(NameOrder.patterns("Zoë")).containsExactly("zoë%", "zoe\u0308%");
  }

  @Test
  void aLetterWithoutItsAccentIsAnotherOne() {
    assertThat(NameOrder.of("zoë")).isGreaterThan(NameOrder.endOf("zoe"));
  }
}
