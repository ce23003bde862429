package io.accesskeys.http;

import io.accesskeys.key.KeyText;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Text out of a URL, in which somebody may have put a key. Where it stands is told by nothing but
 * the key itself: what separates parameters differs between servers ({@code ;} does in Keycloak
 * 26.7, and does not in 26.8), and a URL may have another one as a parameter.
 */
final class UrlText {

  /** All that a key consists of. */
  private static final Pattern NO_KEY = Pattern.compile("[^0-9A-Za-z_]++");

  /** A URL in a parameter of a URL in a parameter, and what a program encodes once too often. */
  private static final int DEEPEST = 3;

  private static final int ESCAPE = 3;
  private static final int HEX = 16;

  private UrlText() {}

  /** Whether a key stands in it, by itself or as a part, percent-encoded or not. */
  static boolean hasKey(String text) {
    Optional<String> decoded = Optional.of(text);
    for (int i = 0; i < DEEPEST && decoded.isPresent(); i++) {
      if (Stream.of(NO_KEY.split(decoded.get())).anyMatch(UrlText::isKey)) {
        return true;
      }
      decoded = decoded.filter(one -> one.indexOf('%') >= 0).map(UrlText::decode);
    }
    return false;
  }

  private static boolean isKey(String word) {
    return KeyText.parse(word).isPresent();
  }

  /** Decodes once what a key can have in it, byte by byte, and leaves what is no escape alone. */
  private static String decode(String text) {
    StringBuilder decoded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      boolean escaped =
          text.charAt(i) == '%'
              && i + ESCAPE <= text.length()
              && Character.digit(text.charAt(i + 1), HEX) >= 0
              && Character.digit(text.charAt(i + 2), HEX) >= 0;
      if (escaped) {
        decoded.append((char) Integer.parseInt(text, i + 1, i + ESCAPE, HEX));
        i += ESCAPE - 1;
      } else {
        decoded.append(text.charAt(i));
      }
    }
    return decoded.toString();
  }
}
