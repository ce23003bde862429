package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import java.util.List;
import java.util.Map;

/** Leaves the admin events of what an administrator does to keys. */
public interface AdminTrail {

  /** What an event says was done to a key. */
  enum Change {
    CREATED,
    UPDATED,
    REVOKED
  }

  /**
   * Leaves the event of one key.
   *
   * @param key as it is now
   */
  void left(Change change, AccessKey key);

  /** Leaves the event of several keys that were revoked together. */
  void revoked(List<String> ids);

  /** Leaves the event of an import: how many rows came to which result. */
  void imported(Map<String, Long> results);
}
