package io.accesskeys.it;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Every key text that was shown in this run: what must be found nowhere afterwards. */
final class ShownSecrets {

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

  private static String secret(String text) {
    return text.substring(text.length() - 49, text.length() - 6);
  }
}
