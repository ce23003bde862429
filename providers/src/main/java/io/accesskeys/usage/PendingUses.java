package io.accesskeys.usage;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The uses of all keys that this node has seen and not written yet. */
final class PendingUses {

  /** Sorts by the key, so that two nodes write rows in one order and never wait in a circle. */
  record KeyRef(String realmId, String keyId) implements Comparable<KeyRef> {
    private static final Comparator<KeyRef> ORDER =
        Comparator.comparing(KeyRef::realmId).thenComparing(KeyRef::keyId);

    @Override
    public int compareTo(KeyRef other) {
      return ORDER.compare(this, other);
    }
  }

  private final ConcurrentHashMap<KeyRef, KeyUses> pending = new ConcurrentHashMap<>();

  void add(KeyRef key, Consumer<KeyUses> use) {
    pending.compute(
        key,
        (unused, known) -> {
          KeyUses uses = known == null ? new KeyUses() : known;
          use.accept(uses);
          return uses;
        });
  }

  /** Puts back what could not be written. */
  void putBack(KeyRef key, KeyUses uses) {
    pending.merge(key, uses, (later, earlier) -> earlier.and(later));
  }

  /** Everything seen since the last call, for the one who writes it. */
  Map<KeyRef, KeyUses> take() {
    Map<KeyRef, KeyUses> taken = new TreeMap<>();
    for (KeyRef key : pending.keySet()) {
      KeyUses uses = pending.remove(key);
      if (uses != null) {
        taken.put(key, uses);
      }
    }
    return taken;
  }
}
