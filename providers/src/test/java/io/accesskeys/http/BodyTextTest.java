package io.accesskeys.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.management.InvalidRequestException;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8259, section 8.1. */
final class BodyTextTest {

  private static final String TEXT = "{\"name\":\"Größe 鍵 🔑 \uFFFD\"}";

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"utf-8", "UTF-8", "utf8", "us-ascii"})
  void isUtf8(String charset) throws InvalidRequestException {
    assertThat(BodyText.json(charset, TEXT.getBytes(UTF_8))).isEqualTo(TEXT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"iso-8859-1", "utf-16", "windows-1252", "x", "", "utf-7"})
  void isNotWhatAnotherCharsetMakesOfIt(String charset) {
    refused(charset, TEXT.getBytes(UTF_8));
    refused(charset, TEXT.getBytes(ISO_8859_1));
  }

  /** Half a character, a byte that begins none, a long form, a surrogate, one above the last. */
  @ParameterizedTest
  @ValueSource(strings = {"c3", "ff", "80", "c0af", "eda080", "f4908080", "e282", "f09f94"})
  void isNotReplacedIfItCannotBeDecoded(String hex) {
    refused(null, HexFormat.of().parseHex("22" + hex + "22"));
    refused("utf-8", HexFormat.of().parseHex("22" + hex + "22"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = "utf-8")
  void isNotInTheBytesOfAnotherCharset(String charset) {
    refused(charset, "{\"name\":\"Größe\"}".getBytes(ISO_8859_1));
    refused(charset, "\u00ff".getBytes(UTF_16BE).clone());
  }

  private static void refused(String charset, byte[] body) {
    assertThatThrownBy(() -> BodyText.json(charset, body))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("UTF-8");
  }
}
