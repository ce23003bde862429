package io.accesskeys.policy;

import io.accesskeys.store.KeyStore;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/**
 * Holds this node's cache of policies; keeps the policy of a realm that is created or imported, and
 * forgets that of one that is removed.
 */
public final class RealmPoliciesFactory implements Spi, ProviderFactory<RealmPolicies> {

  private PolicyCache cache;

  @Override
  public RealmPolicies create(KeycloakSession session) {
    return new RealmPolicies(session, cache);
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory sessions) {
    cache = new PolicyCache(sessions);
    sessions.register(this::onEvent);
  }

  /** The tables are checked before. */
  @Override
  public Set<Class<? extends Provider>> dependsOn() {
    return Set.of(KeyStore.class);
  }

  @Override
  public void close() {
    if (cache != null) {
      cache.close();
    }
  }

  @Override
  public String getId() {
    return "default";
  }

  @Override
  public String getName() {
    return "access-key-policy";
  }

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return RealmPolicies.class;
  }

  @Override
  public Class<? extends ProviderFactory<RealmPolicies>> getProviderFactoryClass() {
    return RealmPoliciesFactory.class;
  }

  private void onEvent(ProviderEvent event) {
    if (event instanceof PostMigrationEvent started) {
      KeycloakModelUtils.runJobInTransaction(started.getFactory(), cache::listen);
    } else if (event instanceof RealmModel.RealmPostCreateEvent created) {
      policies(created.getKeycloakSession()).adopt(created.getCreatedRealm());
    } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
      policies(removed.getKeycloakSession()).forgetUnlessPutBack(removed.getRealm());
    }
  }

  private static RealmPolicies policies(KeycloakSession session) {
    return session.getProvider(RealmPolicies.class);
  }
}
