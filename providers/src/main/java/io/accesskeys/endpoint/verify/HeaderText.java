package io.accesskeys.endpoint.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;

/** Text as the value of an HTTP header. */
final class HeaderText {

  private HeaderText() {}

  /** Percent-encodes (as UTF-8) what is not printable ASCII, and the percent sign itself. */
  static String encode(String text) {
    StringBuilder encoded = new StringBuilder(text.length());
    for (byte b : text.getBytes(UTF_8)) {
      if (b >= ' ' && b <= '~' && b != '%') {
        encoded.append((char) b);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
      }
    }
    return encoded.toString();
  }

  /** The inside of a quoted string of RFC 9110. */
  static String quoted(String text) {
    return encode(text).replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
