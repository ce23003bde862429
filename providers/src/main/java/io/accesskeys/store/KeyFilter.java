package io.accesskeys.store;

import io.accesskeys.key.KeyKind;
import java.util.Optional;

/**
 * Which keys of a realm to list, newest first.
 *
 * @param owner the id of the user they act as
 * @param client the id of the API client they were issued for
 * @param first how many to skip
 * @param max how many to give at most
 */
public record KeyFilter(
    Optional<String> owner, Optional<KeyKind> kind, Optional<String> client, int first, int max) {

  /** All keys of one owner. */
  public static KeyFilter ownedBy(String userId) {
    return new KeyFilter(
        Optional.of(userId), Optional.empty(), Optional.empty(), 0, Integer.MAX_VALUE);
  }
}
