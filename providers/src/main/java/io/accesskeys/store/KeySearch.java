package io.accesskeys.store;

import java.util.List;
import java.util.Optional;

/**
 * Which keys of a realm to give. They come newest first; where a criterion names an instant, by
 * that instant, nearest first; where it names a name, by name.
 *
 * @param criteria all of which must hold
 * @param first how many to skip
 * @param max how many to give at most
 * @param after where a page before ended: {@link KeyPage#next}; empty for the beginning
 */
public record KeySearch(List<Criterion> criteria, int first, int max, Optional<String> after) {

  public KeySearch {
    criteria = List.copyOf(criteria);
  }

  /** The first keys that meet all of these. */
  public static KeySearch first(int max, Criterion... criteria) {
    return new KeySearch(List.of(criteria), 0, max, Optional.empty());
  }
}
