package io.accesskeys.verification;

import io.accesskeys.key.KeyKind;
import java.util.Optional;
import java.util.Set;

/**
 * What the one who asks wants of a key.
 *
 * @param client the {@code client_id} it must have been issued for; empty for any
 * @param kind the kind it must be of; empty for any
 * @param scopes all of which it must have
 */
public record Demand(Optional<String> client, Optional<KeyKind> kind, Set<String> scopes) {

  /** Any key will do. */
  public static final Demand NONE = new Demand(Optional.empty(), Optional.empty(), Set.of());

  /** A key issued for this {@code client_id}. */
  public static Demand forClient(String clientId) {
    return new Demand(Optional.of(clientId), Optional.empty(), Set.of());
  }
}
