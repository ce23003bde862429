package io.accesskeys.usage;

import java.util.ArrayList;
import java.util.List;

/**
 * The last refusals of a key, newest first. The same again within a minute is counted and takes no
 * further place, so that a program in a loop does not push out what else there was.
 */
final class LastRefusals {

  static final int MOST = 20;

  private LastRefusals() {}

  /** With one more. */
  static List<RefusedUse> plus(List<RefusedUse> last, RefusedUse refused) {
    List<RefusedUse> all = new ArrayList<>(last);
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).isRepeatedBy(refused)) {
        RefusedUse repeated = all.remove(i);
        all.add(0, repeated.and(refused));
        return all;
      }
    }
    all.add(0, refused);
    return bounded(all);
  }

  /** Those that are kept of two lists of the same key. */
  static List<RefusedUse> merged(List<RefusedUse> older, List<RefusedUse> newer) {
    List<RefusedUse> all = older;
    for (int i = newer.size() - 1; i >= 0; i--) {
      all = plus(all, newer.get(i));
    }
    return all;
  }

  /** Twenty that were refused, and as many that were only reported. */
  private static List<RefusedUse> bounded(List<RefusedUse> all) {
    List<RefusedUse> kept = new ArrayList<>();
    int refused = 0;
    int reported = 0;
    for (RefusedUse one : all) {
      if (one.reported() ? reported++ < MOST : refused++ < MOST) {
        kept.add(one);
      }
    }
    return kept;
  }
}
