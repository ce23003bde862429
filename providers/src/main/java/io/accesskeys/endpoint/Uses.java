package io.accesskeys.endpoint;

import io.accesskeys.audit.Audit;
import io.accesskeys.audit.Denial;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.ClientAddress;
import io.accesskeys.verification.Decision.Accepted;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What every way in does about a key it lets in, and about one it does not. */
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

  /** Counts the refusal and leaves an event of this type. */
  public static void refused(KeycloakSession session, EventType type, Denial denial) {
    RealmModel realm = session.getContext().getRealm();
    refused(
        session,
        new EventBuilder(realm, session, session.getContext().getConnection()).event(type),
        denial);
  }

  /** Counts the refusal and leaves this event, which names the address that was looked at. */
  public static void refused(KeycloakSession session, EventBuilder event, Denial denial) {
    session.getProvider(Audit.class).refused(ClientAddress.put(event, session), denial);
  }
}
