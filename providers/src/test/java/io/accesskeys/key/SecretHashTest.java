package io.accesskeys.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretHashTest {

  private static final String SECRET = "GHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw";

  /** Values by Python's {@code hashlib.sha256}; the second has both special digits of base64url. */
  @ParameterizedTest
  @CsvSource({
    "GHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw, FlLF2KD4SBZ0_d57X-V_E2l71yozOmno2bzEuydKclA",
    "ssssssssssssssssssssssssssssssssssssssssss0, s6-g3XXWt3OpSs9vtPb_aZguMjj-9MPpgokbnjFKCyw"
  })
  void valueIsThatOfAnotherImplementation(String secret, String value) {
    assertThat(SecretHash.of(secret)).isEqualTo(new SecretHash("access-keys-sha-256", value));
    assertThat(new SecretHash("access-keys-sha-256", value).matches(secret)).isTrue();
  }

  @Test
  void algorithmNameIsStoredInRowsAndNeverChanges() {
    assertThat(SecretHash.SHA_256).isEqualTo("access-keys-sha-256");
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"SHA-256", "access-keys-sha-512", "ACCESS-KEYS-SHA-256", "plain"})
  void anotherAlgorithmNeverMatches(String algorithm) {
    SecretHash stored = new SecretHash(algorithm, SecretHash.of(SECRET).value());
    assertThat(stored.matches(SECRET)).isFalse();
  }

  @Test
  void theSecretItselfAsStoredValueNeverMatches() {
    assertThat(new SecretHash("plain", SECRET).matches(SECRET)).isFalse();
    assertThat(new SecretHash(SecretHash.SHA_256, SECRET).matches(SECRET)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvx",
        "GHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuv",
        "gHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw",
        "GHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw\u0000"
      })
  void anotherSecretNeverMatches(String other) {
    assertThat(SecretHash.of(SECRET).matches(other)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "FlLF2KD4SBZ0_d57X-V_E2l71yozOmno2bzEuydKclE", "FlLF2KD4"})
  void truncatedOrChangedValueNeverMatches(String value) {
    assertThat(new SecretHash(SecretHash.SHA_256, value).matches(SECRET)).isFalse();
  }
}
