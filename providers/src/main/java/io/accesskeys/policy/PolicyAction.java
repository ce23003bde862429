package io.accesskeys.policy;

import io.accesskeys.store.DurableEntities;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.jpa.entities.RequiredActionProviderEntity;

/**
 * The required action of a realm, whose config shows the policy in the Admin Console, in exports
 * and to tools.
 *
 * @param realm as somebody sees it: from the cache, or as the database has it
 */
record PolicyAction(RealmModel realm) {

  /** As the database has it in this transaction, which Keycloak's cache may not know yet. */
  static PolicyAction stored(KeycloakSession session, RealmModel realm) {
    RealmModel now = session.getProvider(RealmProvider.class).getRealm(realm.getId());
    return new PolicyAction(now == null ? realm : now);
  }

  /** The same, read once more: what this transaction has read before may be older than a lock. */
  static PolicyAction fresh(KeycloakSession session, RealmModel realm) {
    PolicyAction stored = stored(session, realm);
    RequiredActionProviderModel action = stored.model();
    if (action != null) {
      EntityManager entities = DurableEntities.of(session);
      entities.refresh(entities.find(RequiredActionProviderEntity.class, action.getId()));
    }
    return stored;
  }

  /** Whether the realm has it. */
  boolean isRegistered() {
    return model() != null;
  }

  /** Whether people can be sent to its page. */
  boolean isEnabled() {
    RequiredActionProviderModel action = model();
    return action != null && action.isEnabled();
  }

  /** Its config; empty if there is none. */
  Map<String, String> config() {
    // Not getRequiredActionConfigByAlias: Keycloak's admin endpoint writes what an administrator
    // has sent into that object of the realm cache, and only then has it validated.
    RequiredActionProviderModel action = model();
    return action == null || action.getConfig() == null ? Map.of() : action.getConfig();
  }

  /** Has the config say this and nothing else, if the realm has the action. */
  void show(Map<String, String> settings) {
    RequiredActionProviderModel action = model();
    if (action == null) {
      return;
    }
    // A copy: the model may be the one in Keycloak's cache.
    RequiredActionProviderModel changed = blank();
    changed.setId(action.getId());
    changed.setName(action.getName());
    changed.setPriority(action.getPriority());
    changed.setEnabled(action.isEnabled());
    changed.setDefaultAction(action.isDefaultAction());
    changed.setConfig(new HashMap<>(settings));
    realm.updateRequiredActionProvider(changed);
  }

  /**
   * Gives the realm the action, switched off, as Keycloak lists those that nobody has switched on.
   *
   * @return whether it has: not if an operator has taken the action off the server
   */
  boolean register(KeycloakSession session) {
    if (session
            .getKeycloakSessionFactory()
            .getProviderFactory(RequiredActionProvider.class, RealmPolicy.ACTION)
        == null) {
      return false;
    }
    RequiredActionProviderModel action = blank();
    action.setName(RealmPolicy.ACTION_NAME);
    action.setConfig(new HashMap<>());
    action.setPriority(
        realm
            .getRequiredActionProvidersStream()
            .mapToInt(one -> one.getPriority() + 1)
            .max()
            .orElse(0));
    realm.addRequiredActionProvider(action);
    return true;
  }

  private RequiredActionProviderModel model() {
    return realm.getRequiredActionProviderByAlias(RealmPolicy.ACTION);
  }

  private static RequiredActionProviderModel blank() {
    RequiredActionProviderModel action = new RequiredActionProviderModel();
    action.setAlias(RealmPolicy.ACTION);
    action.setProviderId(RealmPolicy.ACTION);
    return action;
  }
}
