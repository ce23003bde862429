package io.accesskeys.store;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * Hears, in every realm, when an administrator gives a client a role of its own, or takes one away.
 */
public final class ClientRolesListenerFactory implements EventListenerProviderFactory {

  private static final Set<OperationType> CHANGES =
      EnumSet.of(OperationType.CREATE, OperationType.DELETE);

  private static final Pattern OF_CLIENT = Pattern.compile("clients/([^/]+)/.*");

  @Override
  public EventListenerProvider create(KeycloakSession session) {
    return new EventListenerProvider() {
      @Override
      public void onEvent(Event event) {}

      @Override
      public void onEvent(AdminEvent event, boolean includeRepresentation) {
        if (event.getResourceType() == ResourceType.CLIENT_ROLE
            && CHANGES.contains(event.getOperationType())) {
          Matcher client = OF_CLIENT.matcher(event.getResourcePath());
          if (client.matches()) {
            session
                .getProvider(KeyStore.class)
                .clientRolesChanged(event.getRealmId(), client.group(1));
          }
        }
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public boolean isGlobal() {
    return true;
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "access-keys-client-roles";
  }
}
