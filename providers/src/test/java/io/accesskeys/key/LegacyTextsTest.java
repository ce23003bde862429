package io.accesskeys.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SeededRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LegacyTextsTest {

  private static final LocalDate LAST = LocalDate.parse("2027-06-30");
  private static final KeyPrefixes OWN = new KeyPrefixes(Set.of("kcpat"));
  private static final String KEY = KeyText.generate("kcpat", new SeededRandom(1)).reveal();

  private static final LegacyTexts PREFIXED =
      new LegacyTexts(
          Set.of("sk_live_", "acme-"), Optional.empty(), Optional.of(LAST), Optional.empty());

  private static final LegacyTexts LONG =
      new LegacyTexts(Set.of(), Optional.of(20), Optional.of(LAST), Optional.empty());

  @Nested
  class WithPrefixes {

    @ParameterizedTest
    @ValueSource(strings = {"sk_live_x", "acme-0f3c", "sk_live_a.b:c/d+e=="})
    void whatBeginsSoFits(String text) {
      assertThat(PREFIXED.fit(text, OWN)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "sk_live_",
          "sk_test_4711",
          "SK_LIVE_4711",
          " sk_live_4711",
          "xsk_live_4711"
        })
    void whatDoesNotBeginSoDoesNot(String text) {
      assertThat(PREFIXED.fit(text, OWN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk_live_a b", "sk_live_a\t", "sk_live_\u00e4", "sk_live_\u0000"})
    void onlyVisibleAsciiFits(String text) {
      assertThat(PREFIXED.fit(text, OWN)).isFalse();
      assertThat(PREFIXED.begin(text)).as("and it is no password").isTrue();
    }

    @Test
    void atMostFiveHundredAndTwelveCharactersFit() {
      assertThat(PREFIXED.fit("sk_live_" + "x".repeat(504), OWN)).isTrue();
      assertThat(PREFIXED.fit("sk_live_" + "x".repeat(505), OWN)).isFalse();
    }

    @Test
    void aPrefixThatBothSystemsHaveIsTheOtherSystemsWhereTheTextIsNoKeyOfOurs() {
      LegacyTexts both =
          new LegacyTexts(Set.of("kcpat_"), Optional.empty(), Optional.of(LAST), Optional.empty());
      assertThat(both.fit("kcpat_4711", OWN)).isTrue();
    }
  }

  @Nested
  class WithALength {

    @Test
    void longTextsFit() {
      assertThat(LONG.fit("0123456789abcdefghij", OWN)).isTrue();
      assertThat(LONG.fit("0123456789abcdefghi", OWN)).isFalse();
    }

    @Test
    void aDamagedKeyOfOursDoesNot() {
      assertThat(LONG.fit(KEY.substring(0, 40), OWN)).isFalse();
      assertThat(LONG.fit(KEY.toLowerCase(Locale.ROOT), OWN)).isFalse();
    }

    @Test
    void aJwtDoesNot() {
      assertThat(LONG.fit("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", OWN)).isFalse();
      assertThat(LONG.fit("eyJhbGciOiJSUzI1NiJ9.only-one-dot", OWN)).isTrue();
    }
  }

  @Nested
  class TheLastDay {

    @Test
    void isAcceptedToItsEnd() {
      assertThat(PREFIXED.areAcceptedAt(Instant.parse("2027-06-30T23:59:59.999Z"))).isTrue();
      assertThat(PREFIXED.areAcceptedAt(Instant.parse("2027-07-01T00:00:00Z"))).isFalse();
    }

    @Test
    void mustBeNamed() {
      LegacyTexts open =
          new LegacyTexts(Set.of("sk_live_"), Optional.empty(), Optional.empty(), Optional.empty());
      assertThat(open.areAcceptedAt(Instant.EPOCH)).isFalse();
      assertThat(open.fit("sk_live_4711", OWN)).as("still no password").isTrue();
    }

    @Test
    void isNotEnough() {
      LegacyTexts nothing =
          new LegacyTexts(Set.of(), Optional.empty(), Optional.of(LAST), Optional.empty());
      assertThat(nothing.areAcceptedAt(Instant.EPOCH)).isFalse();
    }
  }

  @Test
  void noneFitsWhereNothingIsNamed() {
    assertThat(LegacyTexts.NONE.fit("sk_live_0123456789abcdefghij", OWN)).isFalse();
    assertThat(LegacyTexts.NONE.begin("sk_live_")).isFalse();
  }
}
