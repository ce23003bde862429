package io.accesskeys.store;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Hears, in every realm, when an administrator takes a role away from a client scope. Of a role
 * that is deleted {@link KeyStoreFactory} hears.
 */
public final class ScopeRolesListenerFactory extends GlobalListener {

  private static final Set<ResourceType> MAPPINGS =
      EnumSet.of(ResourceType.REALM_SCOPE_MAPPING, ResourceType.CLIENT_SCOPE_MAPPING);

  private static final Pattern OF_CLIENT_SCOPE =
      Pattern.compile("client-(?:scopes|templates)/([^/]+)/scope-mappings/.*");

  @Override
  protected void onEvent(KeycloakSession session, AdminEvent event) {
    if (event.getOperationType() == OperationType.DELETE
        && MAPPINGS.contains(event.getResourceType())) {
      Matcher scope = OF_CLIENT_SCOPE.matcher(event.getResourcePath());
      RealmModel realm = session.realms().getRealm(event.getRealmId());
      if (scope.matches() && realm != null) {
        OpenScopes.closeBereft(session, realm, scope.group(1));
      }
    }
  }

  @Override
  public String getId() {
    return "access-keys-scope-roles";
  }
}
