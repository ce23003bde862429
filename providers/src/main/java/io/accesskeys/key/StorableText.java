package io.accesskeys.key;

/** What of all that is sent as text every database can store, or at least look for. */
public final class StorableText {

  private StorableText() {}

  /**
   * Whether this is text to all: PostgreSQL fails at a NUL, and half of a surrogate pair, which
   * JSON can spell, is no character in any encoding.
   */
  public static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      } else if (c == '\0' || Character.isLowSurrogate(c)) {
        return false;
      }
    }
    return true;
  }
}
