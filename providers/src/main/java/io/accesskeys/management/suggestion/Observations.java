package io.accesskeys.management.suggestion;

import io.accesskeys.key.AccessKey;
import io.accesskeys.policy.RealmPolicy;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** What the tables have of the uses of a key. */
final class Observations {

  private Observations() {}

  /** The accepted uses of this key that are kept; empty if there are none. */
  static Optional<ObservedUse> of(
      KeycloakSession session, AccessKey key, RealmPolicy policy, Instant now) {
    return Optional.empty();
  }
}
