package io.accesskeys.store;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;

/**
 * Hears, in every realm, when an administrator gives a client a role of its own, or takes one away.
 */
public final class ClientRolesListenerFactory extends GlobalListener {

  private static final Set<OperationType> CHANGES =
      EnumSet.of(OperationType.CREATE, OperationType.DELETE);

  private static final Pattern OF_CLIENT = Pattern.compile("clients/([^/]+)/.*");

  @Override
  protected void onEvent(KeycloakSession session, AdminEvent event) {
    if (event.getResourceType() == ResourceType.CLIENT_ROLE
        && CHANGES.contains(event.getOperationType())) {
      Matcher client = OF_CLIENT.matcher(event.getResourcePath());
      if (client.matches()) {
        session.getProvider(KeyStore.class).clientRolesChanged(event.getRealmId(), client.group(1));
      }
    }
  }

  @Override
  public String getId() {
    return "access-keys-client-roles";
  }
}
