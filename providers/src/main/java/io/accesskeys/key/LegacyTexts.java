package io.accesskeys.key;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;

/**
 * Which texts a realm takes for keys of another system. Without prefixes and without a length, none
 * are; without a last day, they are told from passwords but never accepted.
 *
 * <p>Such a text has at most {@value #LONGEST} characters of visible ASCII and no space, which is
 * what every header and form can carry. What looks like a JWT is not one.
 *
 * @param prefixes what they begin with
 * @param minLength from how many characters on a text of any beginning is one; empty for never
 * @param lastDay the last day on which they are accepted, to its end in UTC
 * @param pepper where Keycloak's vault has the key of their HMACs, such as {@code
 *     ${vault.legacy_pepper}}
 */
public record LegacyTexts(
    Set<String> prefixes,
    Optional<Integer> minLength,
    Optional<LocalDate> lastDay,
    Optional<String> pepper) {

  /** No text is a key of another system. */
  public static final LegacyTexts NONE =
      new LegacyTexts(Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

  /** The least that {@code minLength} may be: a password is seldom longer. */
  public static final int LEAST_LENGTH = 20;

  /** No text of another system is longer. */
  public static final int LONGEST = 512;

  private static final int LEAST_PREFIX = 3;
  private static final int LONGEST_PREFIX = 64;
  private static final String JWT = "eyJ";

  public LegacyTexts {
    prefixes = Set.copyOf(prefixes);
  }

  /** Whether the realm names any texts of another system. */
  public boolean areNamed() {
    return !prefixes.isEmpty() || minLength.isPresent();
  }

  /** Whether they are accepted at this instant. */
  public boolean areAcceptedAt(Instant now) {
    return areNamed()
        && lastDay
            .filter(day -> now.isBefore(day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()))
            .isPresent();
  }

  /** Whether this text begins as they do, be it damaged or not. */
  public boolean begin(String text) {
    for (String prefix : prefixes) {
      if (text.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether this text may be a key of another system.
   *
   * @param own the prefixes of our own keys: what begins so and is none was damaged, unless a
   *     prefix of the other system's says more
   */
  public boolean fit(String text, KeyPrefixes own) {
    if (!areNamed() || text.length() > LONGEST || !isVisible(text) || looksLikeJwt(text)) {
      return false;
    }
    return begin(text)
        ? !prefixes.contains(text)
        : minLength.filter(least -> text.length() >= least).isPresent() && !own.begin(text);
  }

  /** Whether keys of another system can begin so. */
  public static boolean isPrefix(String text) {
    return text.length() >= LEAST_PREFIX && text.length() <= LONGEST_PREFIX && isVisible(text);
  }

  private static boolean isVisible(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= '\u007F') {
        return false;
      }
    }
    return true;
  }

  /** A JSON object in base64url, and a signature behind it. */
  private static boolean looksLikeJwt(String text) {
    return text.startsWith(JWT) && text.indexOf('.') != text.lastIndexOf('.');
  }
}
