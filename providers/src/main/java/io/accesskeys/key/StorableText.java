package io.accesskeys.key;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What of all that is sent as text every database can store, or at least look for. */
public final class StorableText {

  private StorableText() {}

  /**
   * Whether this is text to all: PostgreSQL fails at a NUL, and half of a surrogate pair, which
   * JSON can spell, is no character in any encoding.
   */
  public static boolean is(String text) {
    return text.indexOf('\0') < 0 && UTF_8.newEncoder().canEncode(text);
  }
}
