package io.accesskeys.notice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Encoded words of RFC 2047, read as mail programs read them. */
final class MailSubjectTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?utf-8?B?SGk=?=",
        "New access key =?utf-8?Q?=41?= at ACME",
        "=?",
        "🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑🔑 =?x?= Größe über Größe 鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵鍵",
      })
  void carryATextAsItIs(String text) {
    String encoded = MailSubject.encoded(text);
    String[] words = encoded.split(" ");
    assertThat(words).allSatisfy(word -> assertThat(word).hasSizeLessThanOrEqualTo(75).isASCII());
    assertThat(Stream.of(words).map(MailSubjectTest::decoded).collect(Collectors.joining()))
        .isEqualTo(text);
  }

  private static String decoded(String word) {
    assertThat(word).startsWith("=?UTF-8?B?").endsWith("?=");
    byte[] bytes = Base64.getDecoder().decode(word.substring(10, word.length() - 2));
    String text = new String(bytes, StandardCharsets.UTF_8);
    assertThat(text).doesNotContain("\uFFFD");
    return text;
  }
}
