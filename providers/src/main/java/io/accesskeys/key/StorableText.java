package io.accesskeys.key;

/** What of all that is sent as text every database can store, or at least look for. */
public final class StorableText {

  /** How long a user name, an address or a {@code client_id} may be in Keycloak's tables. */
  private static final int LONGEST_NAME = 255;

  private StorableText() {}

  /** Whether Keycloak can have a user or a client of this name: no other is worth a look-up. */
  public static boolean mayBeName(String text) {
    return text.length() <= LONGEST_NAME && is(text);
  }

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
