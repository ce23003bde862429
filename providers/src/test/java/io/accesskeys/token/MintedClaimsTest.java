package io.accesskeys.token;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MintedClaimsTest {

  private static final String HEADER = "eyJhbGciOiJSUzI1NiJ9";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"access_key_id\":\"AbCd\"}",
        "{\"sub\":\"1\",\"access_key_id\":null}",
        "{ \"a\": [1], \"access_key_id\" : \"x\" }"
      })
  void aTokenWithTheClaimIsMinted(String content) {
    assertThat(MintedClaims.inCompact(compact(content))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"sub\":\"access_key_id\"}",
        "{\"aud\":[\"access_key_id\"]}",
        "{\"nested\":{\"access_key_id\":\"x\"}}",
        "[\"access_key_id\"]",
        "{\"access_key_id\"",
        "{}",
        ""
      })
  void aTokenWithoutItIsNot(String content) {
    assertThat(MintedClaims.inCompact(compact(content))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a.b", "a.%%.c", "kcpat_abc", "a.b.c.d.e"})
  void whatIsNoTokenIsNot(String text) {
    assertThat(MintedClaims.inCompact(text)).isFalse();
  }

  @Test
  void theSignatureIsNotLookedAt() {
    assertThat(MintedClaims.inCompact(compact("{\"access_key_id\":1}") + "!forged!")).isTrue();
  }

  private static String compact(String content) {
    return HEADER
        + '.'
        + Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(UTF_8))
        + ".c2ln";
  }
}
