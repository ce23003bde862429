package io.accesskeys.store;

import io.accesskeys.key.KeyKind;
import java.util.Optional;

/**
 * How many keys of one kind an owner has for one API client.
 *
 * @param ownerId the id of the user or, for client secrets, of the client
 * @param clientId the id (not the {@code client_id}) of the API client
 * @param kind empty for a kind that this version does not know
 * @param keys how many
 * @param firstId the id of one of them
 */
public record KeyCount(
    String ownerId, String clientId, Optional<KeyKind> kind, long keys, String firstId) {

  static KeyCount of(Object[] row) {
    return new KeyCount(
        (String) row[0],
        (String) row[1],
        KeyKind.of((String) row[2]),
        (Long) row[3],
        (String) row[4]);
  }
}
