package io.accesskeys.key;

import java.util.Set;

/**
 * The prefixes by which a text is told for a key, also where the rest of it was damaged on its way:
 * cut off, wrapped in quotes, in the wrong case. Such a text is a secret that went wrong, and no
 * password that anybody has chosen.
 *
 * @param prefixes of all the keys that there may be
 */
public record KeyPrefixes(Set<String> prefixes) {

  public KeyPrefixes {
    prefixes = Set.copyOf(prefixes);
  }

  /**
   * Whether this text is a key or was one: it begins with one of these prefixes and an underscore,
   * perhaps behind {@code secret-token:}, quotes, brackets or space; or it has the whole form of a
   * key of any prefix, whatever its checksum.
   *
   * @param text anything, of any length
   */
  public boolean begin(String text) {
    int start = firstDigit(text, 0);
    if (text.regionMatches(
        true, start, KeyText.SECRET_TOKEN_SCHEME, 0, KeyText.SECRET_TOKEN_SCHEME.length())) {
      start = firstDigit(text, start + KeyText.SECRET_TOKEN_SCHEME.length());
    }
    int at = start;
    return prefixes.stream().anyMatch(prefix -> stands(prefix, text, at))
        || KeyText.hasForm(text.substring(at));
  }

  private static boolean stands(String prefix, String text, int at) {
    int end = at + prefix.length();
    return text.length() > end
        && text.charAt(end) == '_'
        && text.regionMatches(true, at, prefix, 0, prefix.length());
  }

  private static int firstDigit(String text, int from) {
    int first = from;
    while (first < text.length() && !Base62.isDigit(text.charAt(first))) {
      first++;
    }
    return first;
  }
}
