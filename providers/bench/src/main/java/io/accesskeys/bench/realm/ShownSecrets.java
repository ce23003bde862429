package io.accesskeys.bench.realm;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Every key text that was shown in this run: what must be found nowhere afterwards. */
public final class ShownSecrets {

  private static final int LENGTH = 43;
  private static final int CHECKSUM = 6;

  private static final Set<String> ALL = ConcurrentHashMap.newKeySet();
  private static final Set<String> IN_URLS = ConcurrentHashMap.newKeySet();

  private ShownSecrets() {}

  public static void add(String keyText) {
    ALL.add(keyText);
  }

  /** A key that a test sends in a URL on purpose. */
  public static void sentInUrl(String keyText) {
    IN_URLS.add(secret(keyText));
  }

  /** The secret parts, without prefix, id and checksum. */
  public static Set<String> all() {
    return ALL.stream().map(ShownSecrets::secret).collect(Collectors.toSet());
  }

  /** Those of them that were in a URL. */
  public static Set<String> inUrls() {
    return Set.copyOf(IN_URLS);
  }

  /**
   * A search for secrets in texts. It looks at each place once, however many secrets there are, and
   * mostly at three characters: there are thousands, and logs of hundreds of megabytes.
   */
  public static final class Search {

    private final Set<String> secrets;
    private final BitSet starts = new BitSet();

    public Search(Set<String> secrets) {
      this.secrets = Set.copyOf(secrets);
      secrets.forEach(secret -> starts.set(start(secret, 0)));
    }

    /** Those that stand in a text. */
    public List<String> in(String text) {
      List<String> found = new ArrayList<>();
      int run = 0;
      for (int end = 1; end <= text.length(); end++) {
        run = isBase62(text.charAt(end - 1)) ? run + 1 : 0;
        if (run >= LENGTH && starts.get(start(text, end - LENGTH))) {
          String window = text.substring(end - LENGTH, end);
          if (secrets.contains(window)) {
            found.add(window);
          }
        }
      }
      return found;
    }

    private static boolean isBase62(char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    private static int start(String text, int at) {
      return (text.charAt(at) << 14) | (text.charAt(at + 1) << 7) | text.charAt(at + 2);
    }
  }

  private static String secret(String text) {
    return text.substring(text.length() - LENGTH - CHECKSUM, text.length() - CHECKSUM);
  }
}
