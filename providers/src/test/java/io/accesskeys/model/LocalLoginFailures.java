package io.accesskeys.model;

import java.util.Set;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.loginfailures.jpa.JpaUserLoginFailureProviderFactory;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.Provider;

/** Keycloak's own without caches, which nothing cleans up after a while. */
final class LocalLoginFailures extends JpaUserLoginFailureProviderFactory {

  @Override
  public Set<Class<? extends Provider>> dependsOn() {
    return Set.of(JpaConnectionProvider.class);
  }

  @Override
  public void postInit(KeycloakSessionFactory factory) {}
}
