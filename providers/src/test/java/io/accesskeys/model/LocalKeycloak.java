package io.accesskeys.model;

import io.accesskeys.jobs.JobsFactory;
import io.accesskeys.store.KeyStore;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.keycloak.Config;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.common.Profile;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.http.HttpRequest;
import org.keycloak.http.HttpResponse;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserLoginFailureProvider;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.KeycloakDeploymentInfo;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.ProviderManager;
import org.keycloak.services.DefaultKeycloakContext;
import org.keycloak.services.DefaultKeycloakSession;
import org.keycloak.services.DefaultKeycloakSessionFactory;
import org.keycloak.storage.UserStorageProvider;

/**
 * Keycloak's own models and our store in the JVM of a unit test, over its own H2 in memory and with
 * the tables that Liquibase makes: no HTTP, no other node, no caches of realms and users. As
 * Keycloak's model testsuite has it, it loads only some of the providers.
 */
public final class LocalKeycloak extends DefaultKeycloakSessionFactory {

  private static final Set<String> SPIS =
      Set.of(
          "alternativeLookup",
          "authorization",
          "authorizationPersister",
          "bruteForceProtector",
          "client",
          "clientScope",
          "cluster",
          "componentFactory",
          "connectionsJpa",
          "connectionsJpaUpdater",
          "connectionsLiquibase",
          "credential",
          "datastore",
          "dblock",
          "deploymentState",
          "eventsStore",
          "executors",
          "group",
          "hash",
          "identity-provider-storage",
          "jpa-entity-provider",
          "localCache",
          "login-protocol",
          "loginFailure",
          "migration",
          "organization",
          "password-hashing",
          "password-policy",
          "policy",
          "realm",
          "role",
          "storage",
          "timer",
          "tracing",
          "user",
          "userFederatedStorage");

  private static final LocalKeycloak STARTED = start();

  private LocalKeycloak() {
    ProviderManager manager =
        new ProviderManager(
            KeycloakDeploymentInfo.create().services(), LocalKeycloak.class.getClassLoader());
    spis = new HashSet<>(manager.loadSpis());
    spis.removeIf(spi -> !SPIS.contains(spi.getName()) && !isOurs(spi));
    factoriesMap = loadFactories(manager);
    factoriesMap.put(ClusterProvider.class, Map.of(LocalCluster.ID, new LocalCluster()));
    factoriesMap.get(JpaEntityProvider.class).put(LocalEntities.ID, new LocalEntities());
    SampleFederation.Factory federation = new SampleFederation.Factory();
    factoriesMap.put(UserStorageProvider.class, Map.of(federation.getId(), federation));
    LocalLoginFailures loginFailures = new LocalLoginFailures();
    factoriesMap.put(UserLoginFailureProvider.class, Map.of(loginFailures.getId(), loginFailures));
    checkProvider();
  }

  /** The only one of this JVM. */
  public static LocalKeycloak started() {
    return STARTED;
  }

  /** Does something in a transaction of its own, outside of any request. */
  public void change(Consumer<KeycloakSession> work) {
    KeycloakModelUtils.runJobInTransaction(this, work::accept);
  }

  /** Finds something out in a transaction of its own, outside of any request. */
  public <T> T ask(Function<KeycloakSession, T> question) {
    return KeycloakModelUtils.runJobInTransactionWithResult(this, question::apply);
  }

  @Override
  public KeycloakSession create() {
    return new DefaultKeycloakSession(this) {
      @Override
      protected DefaultKeycloakContext createKeycloakContext(KeycloakSession session) {
        return new DefaultKeycloakContext(session) {
          @Override
          protected Optional<HttpRequest> createHttpRequest() {
            return Optional.empty();
          }

          @Override
          protected Optional<HttpResponse> createHttpResponse() {
            return Optional.empty();
          }
        };
      }
    };
  }

  /** All but SAML, whose libraries are not there, and our jobs: tests run them when they want. */
  @Override
  @SuppressWarnings("rawtypes")
  protected boolean isEnabled(ProviderFactory factory, Config.Scope scope) {
    return super.isEnabled(factory, scope)
        && !"saml".equals(factory.getId())
        && !(factory instanceof JobsFactory);
  }

  private static boolean isOurs(Object any) {
    return any.getClass().getName().startsWith("io.accesskeys.");
  }

  private static LocalKeycloak start() {
    Profile.defaults();
    LocalCrypto.start();
    set("connectionsJpa.default.url", "jdbc:h2:mem:keycloak;DB_CLOSE_DELAY=-1");
    set("connectionsJpa.default.driver", "org.h2.Driver");
    set("connectionsJpa.default.user", "sa");
    set("connectionsJpa.default.password", "");
    LocalKeycloak started = new LocalKeycloak();
    started.init();
    started.change(session -> session.getProvider(KeyStore.class).isTaken("any", "any"));
    started.publish(new PostMigrationEvent(started));
    return started;
  }

  /** As Keycloak reads it that was told of no other place. */
  private static void set(String name, String value) {
    System.setProperty("keycloak." + name, value);
  }
}
