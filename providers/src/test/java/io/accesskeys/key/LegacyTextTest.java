package io.accesskeys.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SeededRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against hashes that {@code sha256sum} and {@code openssl dgst -hmac} have made. */
final class LegacyTextTest {

  private static final String TEXT = "sk_live_4711";

  /** {@code printf %s sk_live_4711 | sha256sum}. */
  private static final SecretHash PLAIN =
      stored(
          LegacyAlgorithm.SHA_256,
          "60ccd9c50cc49a2cbb7523806aade1d93164580391590d96c07d21820e1237b2");

  /** {@code printf %s sk_live_4711 | openssl dgst -sha256 -hmac pepper}. */
  private static final SecretHash KEYED =
      stored(
          LegacyAlgorithm.HMAC_SHA_256,
          "601b219f2cd316b5db6dd72fcb194c91ee50d4aa783a4a51b0b9f24da56abf69");

  private static SecretHash stored(LegacyAlgorithm algorithm, String hex) {
    return LegacyText.stored(algorithm, HexFormat.of().parseHex(hex));
  }

  private static Optional<Pepper> pepper(String text) {
    return Optional.of(new Pepper(text.getBytes(UTF_8)));
  }

  @Test
  void matchesTheHashOfThatText() {
    assertThat(LegacyText.of(TEXT, Optional.empty()).matches(PLAIN)).isTrue();
    assertThat(LegacyText.of(TEXT, pepper("pepper")).matches(PLAIN)).isTrue();
    assertThat(LegacyText.of(TEXT, pepper("pepper")).matches(KEYED)).isTrue();
  }

  @Test
  void matchesNoOther() {
    assertThat(LegacyText.of("sk_live_4712", pepper("pepper")).matches(PLAIN)).isFalse();
    assertThat(LegacyText.of("sk_live_4712", pepper("pepper")).matches(KEYED)).isFalse();
    assertThat(LegacyText.of(TEXT, pepper("salt")).matches(KEYED)).isFalse();
    assertThat(LegacyText.of(TEXT, Optional.empty()).matches(KEYED)).isFalse();
  }

  @Test
  void matchesNoHashOfAnotherAlgorithm() {
    LegacyText text = LegacyText.of(TEXT, pepper("pepper"));
    assertThat(text.matches(new SecretHash("hmac-sha256", PLAIN.value()))).isFalse();
    assertThat(text.matches(new SecretHash(SecretHash.SHA_256, PLAIN.value()))).isFalse();
    assertThat(text.matches(new SecretHash("md5", PLAIN.value()))).isFalse();
  }

  @Test
  void aTextOfOursMatchesNoHashOfAnotherSystem() {
    KeyText own = KeyText.generate("kcpat", new SeededRandom(1));
    assertThat(own.matches(new SecretHash("sha256", own.hash().value()))).isFalse();
  }

  @Test
  void isLookedForByItsHashes() {
    assertThat(LegacyText.of(TEXT, Optional.empty()).digests()).containsExactly(PLAIN.value());
    assertThat(LegacyText.of(TEXT, pepper("pepper")).digests())
        .containsExactlyInAnyOrder(PLAIN.value(), KEYED.value());
  }

  @Test
  void showsNothing() {
    assertThat(LegacyText.of(TEXT, pepper("pepper"))).hasToString("LegacyText[masked]");
    assertThat(pepper("pepper")).hasToString("Optional[Pepper[masked]]");
    assertThat(LegacyText.of(TEXT, Optional.empty()).namedId()).isEmpty();
  }
}
