package io.accesskeys.key;

/**
 * What a realm takes for a key and not for a password: texts of our own form, damaged ones
 * included, and those of other systems that its policy names.
 */
public record KeyTexts(KeyPrefixes own, LegacyTexts legacy) {

  /**
   * Whether this is a key or was one; also true of every text that is long enough, if the policy
   * says so.
   */
  public boolean mayBeKey(String text) {
    return begin(text) || isLegacy(text);
  }

  /** Whether this begins like a key, damaged or not. */
  public boolean begin(String text) {
    return own.begin(text) || legacy.begin(text);
  }

  /** Whether this may be a key of another system. */
  public boolean isLegacy(String text) {
    return legacy.fit(text, own);
  }

  /**
   * Whether this is a whole key by its form, or by a prefix of another system; not by its length
   * alone.
   */
  public boolean isMarked(String text) {
    return KeyText.parse(text).isPresent() || (legacy.begin(text) && isLegacy(text));
  }
}
