package io.accesskeys.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SeededRandom;
import io.accesskeys.key.KeyText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlTextTest {

  private static final String KEY = KeyText.generate("acme_live", new SeededRandom(1)).reveal();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "a;access_key=%s",
        "acme-api;%s;b",
        "a&key=%s",
        "secret-token:%s",
        "Bearer %s",
        "/orders/%s/items",
        "/orders;key=%s",
        "orders,%s",
        "https://api.example/orders?key=%s&x",
        "https%%3A%%2F%%2Fapi.example%%3Fkey%%3D%s",
        "%%2525 %%253D%s",
        "%%zz%%3d%s%%"
      })
  void holdsAKeyWhateverStandsAroundIt(String around) {
    assertThat(UrlText.hasKey(around.formatted(KEY))).isTrue();
  }

  @Test
  void holdsAKeyThatIsPercentEncoded() {
    StringBuilder encoded = new StringBuilder();
    KEY.chars().forEach(c -> encoded.append('%').append(Integer.toHexString(c)));
    assertThat(UrlText.hasKey(encoded.toString())).isTrue();
    assertThat(UrlText.hasKey(KEY.replace("_", "%255F"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "%4", "a;b=c", "kcpat_nothing", "acme_live_", "%C3%A4/%ff"})
  void holdsNone(String text) {
    assertThat(UrlText.hasKey(text)).isFalse();
    assertThat(UrlText.hasKey(KEY.substring(1))).isFalse();
  }
}
