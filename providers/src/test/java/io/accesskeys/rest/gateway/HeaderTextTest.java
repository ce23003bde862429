package io.accesskeys.rest.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SeededRandom;
import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HeaderTextTest {

  private static final String PRINTABLE =
      " !\"#$&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`"
          + "abcdefghijklmnopqrstuvwxyz{|}~";

  private static final Pattern ENCODED = Pattern.compile("[ -~]*");
  private static final Pattern QUOTED = Pattern.compile("([ !#-\\[\\]-~]|\\\\[\"\\\\])*");

  @Test
  void printableAsciiButThePercentSignStays() {
    assertThat(PRINTABLE).hasSize(94);
    assertThat(HeaderText.encode(PRINTABLE)).isEqualTo(PRINTABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "100%, 100%25",
    "%41, %2541",
    "jürgen, j%C3%BCrgen",
    "名, %E5%90%8D",
    "😀, %F0%9F%98%80",
    "a\u0000b, a%00b",
    "'a\r\nX-Auth-Subject: root', 'a%0D%0AX-Auth-Subject: root'",
    "a\tb, a%09b",
    "a\u007fb, a%7Fb",
    "a\u0085b, a%C2%85b"
  })
  void theRestIsPercentEncodedUtf8(String plain, String encoded) {
    assertThat(HeaderText.encode(plain)).isEqualTo(encoded);
  }

  @Test
  void anyTextComesBackAndIsPrintableOnTheWay() {
    long seed = SeededRandom.seed();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder plain = new StringBuilder();
      for (int length = random.nextInt(20); length > 0; length--) {
        plain.appendCodePoint(codePoint(random));
      }
      String encoded = HeaderText.encode(plain.toString());
      assertThat(encoded).as("-Dseed=%d", seed).matches(ENCODED);
      assertThat(decoded(encoded)).as("-Dseed=%d", seed).isEqualTo(plain.toString());
      String quoted = HeaderText.quoted(plain.toString());
      assertThat(quoted).as("-Dseed=%d", seed).matches(QUOTED);
      assertThat(decoded(quoted.replaceAll("\\\\(.)", "$1")))
          .as("-Dseed=%d", seed)
          .isEqualTo(plain.toString());
    }
  }

  @Test
  void halfACharacterBecomesAQuestionMark() {
    assertThat(HeaderText.encode("a\ud83db")).isEqualTo("a?b");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "orders:read, orders:read",
        "say \"hi\", say \\\"hi\\\"",
        "a\\b, a\\\\b",
        "a\\\"b, a\\\\\\\"b",
        "ü\", %C3%BC\\\"",
        "``, ``"
      })
  void quotesAndBackslashesInsideAQuotedStringAreEscaped(String plain, String quoted) {
    assertThat(HeaderText.quoted(plain)).isEqualTo(quoted);
  }

  private static int codePoint(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> "%\"\\ ".charAt(random.nextInt(4));
      case 1 -> random.nextInt(0x80);
      case 2 -> random.nextInt(0xd800);
      default -> 0xe000 + random.nextInt(0x110000 - 0xe000);
    };
  }

  /** RFC 3986, read by the book; unlike URLDecoder, a plus stays a plus. */
  private static String decoded(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < encoded.length(); i++) {
      if (encoded.charAt(i) == '%') {
        bytes.write(Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
        i += 2;
      } else {
        bytes.write(encoded.charAt(i));
      }
    }
    return bytes.toString(UTF_8);
  }
}
