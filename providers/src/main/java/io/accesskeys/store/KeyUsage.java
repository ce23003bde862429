package io.accesskeys.store;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The uses of keys that this node has seen and not yet written. A verification only adds to a
 * number in memory; rows are written in batches.
 */
final class KeyUsage {

  /**
   * Uses of one secret of a key since the last batch.
   *
   * @param lastAt the latest
   * @param lastFrom the address of the latest that had one
   */
  record Uses(Instant lastAt, Optional<String> lastFrom, long count) {

    Uses and(Uses other) {
      boolean later = other.lastAt.isAfter(lastAt);
      Uses last = later ? other : this;
      Uses first = later ? this : other;
      return new Uses(last.lastAt, last.lastFrom.or(() -> first.lastFrom), count + other.count);
    }
  }

  /** Sorts by the key, so that two nodes update rows in one order and never wait in a circle. */
  record Used(String realmId, String keyId, int secretNumber) implements Comparable<Used> {
    private static final Comparator<Used> ORDER =
        Comparator.comparing(Used::realmId)
            .thenComparing(Used::keyId)
            .thenComparingInt(Used::secretNumber);

    @Override
    public int compareTo(Used other) {
      return ORDER.compare(this, other);
    }
  }

  private final ConcurrentHashMap<Used, Uses> pending = new ConcurrentHashMap<>();

  void add(AccessKey key, KeySecret secret, Optional<String> from, Instant at) {
    add(new Used(key.realmId(), key.id(), secret.number()), new Uses(at, from, 1));
  }

  /** Puts back what could not be written. */
  void add(Used used, Uses uses) {
    pending.merge(used, uses, Uses::and);
  }

  /** Everything seen since the last call, for the one who writes it. */
  Map<Used, Uses> take() {
    Map<Used, Uses> taken = new TreeMap<>();
    for (Used used : pending.keySet()) {
      Uses uses = pending.remove(used);
      if (uses != null) {
        taken.put(used, uses);
      }
    }
    return taken;
  }
}
