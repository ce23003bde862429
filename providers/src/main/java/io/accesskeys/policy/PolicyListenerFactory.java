package io.accesskeys.policy;

import io.accesskeys.store.DurableEntities;
import io.accesskeys.store.GlobalListener;
import java.util.EnumSet;
import java.util.Set;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Keeps what an administrator or a tool makes of the policy, in the transaction that changes it,
 * and has it on the disk when it is answered. Keycloak stores the settings of a required action as
 * a collection, which it does not see change: it would take the transaction for one of its events
 * alone.
 */
public final class PolicyListenerFactory extends GlobalListener {

  private static final Set<ResourceType> CHANGES =
      EnumSet.of(ResourceType.REQUIRED_ACTION, ResourceType.REQUIRED_ACTION_CONFIG);

  @Override
  protected void onEvent(KeycloakSession session, AdminEvent event) {
    if (CHANGES.contains(event.getResourceType())) {
      DurableEntities.of(session);
      RealmModel realm = session.realms().getRealm(event.getRealmId());
      if (realm != null) {
        session.getProvider(RealmPolicies.class).remember(realm);
      }
    }
  }

  @Override
  public String getId() {
    return "access-keys-policy";
  }
}
