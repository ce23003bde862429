package io.accesskeys.store;

import java.time.Duration;
import java.util.Set;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleContainerModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;
import org.keycloak.timer.TimerProvider;

/**
 * Holds this node's caches and the uses it has yet to write; closes open scopes whose role is
 * removed.
 */
public final class KeyStoreFactory implements Spi, ProviderFactory<KeyStore> {

  /** How often a node looks whether another has brought the tables to a newer version. */
  private static final Duration CHECK_INTERVAL = Duration.ofSeconds(10);

  private final KeyUsage usage = new KeyUsage();
  private final DatabaseCheck database = new DatabaseCheck();
  private Duration usageInterval;
  private UsageWriter usageWriter;
  private KeyCache cache;
  private ClientRoles clientRoles;
  private ApiClients apiClients;
  private LegacyKeys legacyKeys;
  private Peppers peppers;

  /**
   * {@inheritDoc}
   *
   * @throws jakarta.ws.rs.ServiceUnavailableException if the tables must not be touched
   */
  @Override
  public KeyStore create(KeycloakSession session) {
    database.require();
    return new KeyStore(session, cache, clientRoles, apiClients, usage);
  }

  /**
   * {@code usage-interval}: how often uses are written, in seconds; 30 unless set.
   *
   * @throws IllegalStateException if the jar must not run in this server, which does not start then
   */
  @Override
  public void init(Config.Scope config) {
    Installation.require();
    usageInterval = Duration.ofSeconds(config.getInt("usage-interval", 30));
  }

  /**
   * Keycloak has migrated the database by now. It answers 503 to everything until all is started,
   * which a failure here prevents.
   *
   * @throws IllegalStateException if the tables are not what this version works on: the server does
   *     not start
   */
  @Override
  public void postInit(KeycloakSessionFactory sessions) {
    database.start(sessions);
    cache = new KeyCache(sessions);
    clientRoles = new ClientRoles(sessions);
    apiClients = new ApiClients(sessions);
    legacyKeys = new LegacyKeys(sessions);
    peppers = new Peppers(sessions);
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
    if (apiClients != null) {
      apiClients.close();
    }
    if (legacyKeys != null) {
      legacyKeys.close();
    }
    if (peppers != null) {
      peppers.close();
    }
  }

  LegacyKeys legacyKeys() {
    return legacyKeys;
  }

  Peppers peppers() {
    return peppers;
  }

  @Override
  public String getId() {
    return "jpa";
  }

  @Override
  public String getName() {
    return "access-key-store";
  }

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return KeyStore.class;
  }

  @Override
  public Class<? extends ProviderFactory<KeyStore>> getProviderFactoryClass() {
    return KeyStoreFactory.class;
  }

  private void onEvent(ProviderEvent event) {
    if (event instanceof PostMigrationEvent started) {
      KeycloakModelUtils.runJobInTransaction(started.getFactory(), this::start);
    } else if (event instanceof ClientModel.ClientUpdatedEvent updated) {
      apiClients.changedAfterCommit(updated.getKeycloakSession(), updated.getUpdatedClient());
      OpenLists.forget(updated.getKeycloakSession(), updated.getUpdatedClient().getRealm());
    } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
      apiClients.changedAfterCommit(removed.getKeycloakSession(), removed.getClient());
    } else if (event instanceof RoleContainerModel.RoleRemovedEvent removed) {
      OpenScopes.closeBereft(removed.getKeycloakSession(), realm(removed.getRole()));
    }
  }

  private static RealmModel realm(RoleModel role) {
    return role.getContainer() instanceof ClientModel client
        ? client.getRealm()
        : (RealmModel) role.getContainer();
  }

  private void start(KeycloakSession session) {
    cache.listen(session);
    clientRoles.listen(session);
    apiClients.listen(session);
    legacyKeys.listen(session);
    TimerProvider timer = session.getProvider(TimerProvider.class);
    timer.scheduleTask(
        unused -> usageWriter.flush(), usageInterval.toMillis(), "access-keys-usage");
    timer.scheduleTask(
        any -> database.again(any.getKeycloakSessionFactory()),
        CHECK_INTERVAL.toMillis(),
        "access-keys-database");
  }
}
