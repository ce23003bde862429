package io.accesskeys.store;

import org.keycloak.Config;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;

/** Holds this node's cache; forgets the keys of users, clients and realms that are removed. */
public final class KeyStoreFactory implements ProviderFactory<KeyStore> {

  private KeyCache cache;

  @Override
  public KeyStore create(KeycloakSession session) {
    return new KeyStore(session, cache);
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory sessions) {
    cache = new KeyCache(sessions);
    sessions.register(this::onEvent);
  }

  @Override
  public void close() {
    if (cache != null) {
      cache.close();
    }
  }

  @Override
  public String getId() {
    return "jpa";
  }

  private void onEvent(ProviderEvent event) {
    if (event instanceof PostMigrationEvent started) {
      KeycloakModelUtils.runJobInTransaction(started.getFactory(), cache::listen);
    } else if (event instanceof UserModel.UserPreRemovedEvent removed) {
      create(removed.getKeycloakSession())
          .removeOwnedBy(removed.getRealm(), removed.getUser().getId());
    } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
      create(removed.getKeycloakSession())
          .removeIssuedFor(removed.getClient().getRealm(), removed.getClient().getId());
    } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
      create(removed.getKeycloakSession()).removeAll(removed.getRealm());
    }
  }
}
