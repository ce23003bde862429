package io.accesskeys.store;

import java.time.Duration;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.timer.TimerProvider;

/**
 * Holds this node's caches and the uses it has yet to write; forgets the keys of users, clients and
 * realms that are removed.
 */
public final class KeyStoreFactory implements ProviderFactory<KeyStore> {

  private final KeyUsage usage = new KeyUsage();
  private Duration usageInterval;
  private UsageWriter usageWriter;
  private KeyCache cache;
  private ClientRoles clientRoles;

  @Override
  public KeyStore create(KeycloakSession session) {
    return new KeyStore(session, cache, clientRoles, usage);
  }

  /** {@code usage-interval}: how often uses are written, in seconds; 30 unless set. */
  @Override
  public void init(Config.Scope config) {
    usageInterval = Duration.ofSeconds(config.getInt("usage-interval", 30));
  }

  @Override
  public void postInit(KeycloakSessionFactory sessions) {
    cache = new KeyCache(sessions);
    clientRoles = new ClientRoles(sessions);
    usageWriter = new UsageWriter(sessions, usage);
    sessions.register(this::onEvent);
  }

  /** What this uses must close after it: the last uses are written then. */
  @Override
  public Set<Class<? extends Provider>> dependsOn() {
    return Set.of(JpaConnectionProvider.class);
  }

  @Override
  public void close() {
    if (usageWriter != null) {
      usageWriter.flush();
    }
    if (cache != null) {
      cache.close();
    }
    if (clientRoles != null) {
      clientRoles.close();
    }
  }

  @Override
  public String getId() {
    return "jpa";
  }

  private void onEvent(ProviderEvent event) {
    if (event instanceof PostMigrationEvent started) {
      KeycloakModelUtils.runJobInTransaction(started.getFactory(), this::start);
    } else if (event instanceof UserModel.UserPreRemovedEvent removed) {
      create(removed.getKeycloakSession())
          .removal()
          .removeOwnedBy(removed.getRealm(), removed.getUser().getId());
    } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
      create(removed.getKeycloakSession())
          .removal()
          .removeIssuedFor(removed.getClient().getRealm(), removed.getClient().getId());
    } else if (event instanceof ClientScopeModel.ClientScopeRemovedEvent removed) {
      create(removed.getKeycloakSession())
          .removal()
          .removeScope(removed.getClientScope().getRealm(), removed.getClientScope().getName());
    } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
      create(removed.getKeycloakSession()).removal().removeAll(removed.getRealm());
    }
  }

  /**
   * Begins its work.
   *
   * @throws IllegalStateException if the tables are those of a newer version: the server does not
   *     start
   */
  private void start(KeycloakSession session) {
    ChangeSets.requireKnown(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    cache.listen(session);
    clientRoles.listen(session);
    session
        .getProvider(TimerProvider.class)
        .scheduleTask(unused -> usageWriter.flush(), usageInterval.toMillis(), "access-keys-usage");
  }
}
