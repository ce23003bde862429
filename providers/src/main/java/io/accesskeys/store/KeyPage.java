package io.accesskeys.store;

import io.accesskeys.key.AccessKey;
import java.util.List;
import java.util.Optional;

/**
 * A page of keys.
 *
 * @param next where the next page begins, as opaque text; empty if this was the last
 * @param skip how many keys the next page has to skip still, of those that were to be skipped
 */
public record KeyPage(List<AccessKey> keys, Optional<String> next, int skip) {

  /** A page behind which nothing is to be skipped. */
  public KeyPage(List<AccessKey> keys, Optional<String> next) {
    this(keys, next, 0);
  }
}
