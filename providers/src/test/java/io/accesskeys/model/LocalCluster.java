package io.accesskeys.model;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.keycloak.Config;
import org.keycloak.cluster.ClusterEvent;
import org.keycloak.cluster.ClusterListener;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.cluster.ClusterProviderFactory;
import org.keycloak.cluster.ExecutionResult;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** A cluster of one node, which therefore tells nobody anything. */
final class LocalCluster implements ClusterProvider, ClusterProviderFactory {

  static final String ID = "local";

  @Override
  public ClusterProvider create(KeycloakSession session) {
    return this;
  }

  @Override
  public int getClusterStartupTime() {
    return 0;
  }

  @Override
  public <T> ExecutionResult<T> executeIfNotExecuted(
      String taskKey, int taskTimeoutInSeconds, Callable<T> task) {
    throw new UnsupportedOperationException();
  }

  @Override
  @SuppressWarnings("rawtypes")
  public Future<Boolean> executeIfNotExecutedAsync(
      String taskKey, int taskTimeoutInSeconds, Callable task) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException());
  }

  @Override
  public void registerListener(String taskKey, ClusterListener task) {}

  @Override
  @SuppressWarnings("removal")
  public void notify(String taskKey, ClusterEvent event, boolean ignoreSender, DCNotify dcNotify) {}

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return ID;
  }
}
