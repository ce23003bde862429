package io.accesskeys.endpoint;

import io.accesskeys.audit.Audit;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.Decision.Accepted;
import org.keycloak.models.KeycloakSession;

/** What every way in does about a key it lets in. */
public final class Uses {

  private Uses() {}

  /** Counts the use, in the metrics and for the key's owner. Writes nothing. */
  public static void accepted(
      KeycloakSession session, String way, Accepted accepted, RequestFacts facts) {
    session.getProvider(Audit.class).accepted(way);
    session
        .getProvider(KeyStore.class)
        .used(accepted.key(), accepted.secret(), facts.clientAddress(), facts.at());
  }
}
