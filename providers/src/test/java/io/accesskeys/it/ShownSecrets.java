package io.accesskeys.it;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Every key text that was shown in this run: what must be found nowhere afterwards. */
final class ShownSecrets {

  private static final int LENGTH = 43;
  private static final int CHECKSUM = 6;
  private static final Pattern LONG_ENOUGH = Pattern.compile("[0-9A-Za-z]{" + LENGTH + ",}");

  private static final Set<String> ALL = ConcurrentHashMap.newKeySet();
  private static final Set<String> IN_URLS = ConcurrentHashMap.newKeySet();

  private ShownSecrets() {}

  static void add(String keyText) {
    ALL.add(keyText);
  }

  /** A key that a test sends in a URL on purpose. */
  static void sentInUrl(String keyText) {
    IN_URLS.add(secret(keyText));
  }

  /** The secret parts, without prefix, id and checksum. */
  static Set<String> all() {
    return ALL.stream().map(ShownSecrets::secret).collect(Collectors.toSet());
  }

  /** Those of them that were in a URL. */
  static Set<String> inUrls() {
    return Set.copyOf(IN_URLS);
  }

  /**
   * Those of these secrets that stand in a text. One look at the text for all of them: there are
   * thousands, and logs of hundreds of megabytes.
   */
  static List<String> in(String text, Set<String> secrets) {
    List<String> found = new ArrayList<>();
    for (Matcher run = LONG_ENOUGH.matcher(text); run.find(); ) {
      for (int start = run.start(); start + LENGTH <= run.end(); start++) {
        String window = text.substring(start, start + LENGTH);
        if (secrets.contains(window)) {
          found.add(window);
        }
      }
    }
    return found;
  }

  private static String secret(String text) {
    return text.substring(text.length() - LENGTH - CHECKSUM, text.length() - CHECKSUM);
  }
}
