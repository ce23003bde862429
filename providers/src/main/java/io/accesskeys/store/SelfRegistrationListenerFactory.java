package io.accesskeys.store;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Takes our attributes off clients that dynamic registration makes or changes. While such a client
 * has its registration access token, they count for nothing anyway ({@link OptIn}); but an export
 * of the realm does not carry that token, and after its import they would count.
 */
public final class SelfRegistrationListenerFactory extends GlobalListener {

  private static final Set<EventType> REGISTRATIONS =
      EnumSet.of(EventType.CLIENT_REGISTER, EventType.CLIENT_UPDATE);

  private static final String OURS = "access-keys.";

  @Override
  protected void onEvent(KeycloakSession session, Event event) {
    if (REGISTRATIONS.contains(event.getType())) {
      RealmModel realm = session.realms().getRealm(event.getRealmId());
      ClientModel client = realm == null ? null : realm.getClientByClientId(event.getClientId());
      if (client != null && OptIn.isSelfRegistered(client)) {
        List<String> ours =
            client.getAttributes().keySet().stream().filter(name -> name.startsWith(OURS)).toList();
        ours.forEach(client::removeAttribute);
      }
    }
  }

  @Override
  public String getId() {
    return "access-keys-self-registration";
  }
}
