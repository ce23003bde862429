package io.accesskeys.it;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every key text that was shown in this run: what must be found nowhere afterwards. */
final class ShownSecrets {

  private static final Set<String> ALL = ConcurrentHashMap.newKeySet();

  private ShownSecrets() {}

  static void add(String keyText) {
    ALL.add(keyText);
  }

  /** The secret parts, without prefix, id and checksum. */
  static List<String> all() {
    return ALL.stream().map(text -> text.substring(text.length() - 49, text.length() - 6)).toList();
  }
}
