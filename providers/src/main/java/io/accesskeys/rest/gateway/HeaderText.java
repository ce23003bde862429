package io.accesskeys.rest.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;

/** Text as the value of an HTTP header. */
final class HeaderText {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private HeaderText() {}

  /** Percent-encodes (as UTF-8) what is not printable ASCII, and the percent sign itself. */
  static String encode(String text) {
    return encode(text, "");
  }

  /** The inside of a quoted string of RFC 9110. */
  static String quoted(String text) {
    return encode(text, "\\\"");
  }

  /**
   * @param escaped what gets a backslash in front of it
   */
  private static String encode(String text, String escaped) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(UTF_8)) {
      if (b < ' ' || b > '~' || b == '%') {
        encoded.append('%').append(HEX.toHexDigits(b));
        continue;
      }
      if (escaped.indexOf(b) >= 0) {
        encoded.append('\\');
      }
      encoded.append((char) b);
    }
    return encoded.toString();
  }
}
