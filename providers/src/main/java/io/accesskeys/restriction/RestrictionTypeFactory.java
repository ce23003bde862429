package io.accesskeys.restriction;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/**
 * What to implement to add a type of restriction: the type itself, registered under the name of
 * this interface in {@code META-INF/services} of any jar in {@code providers/}. It needs no state,
 * so one instance is factory and provider.
 */
public interface RestrictionTypeFactory extends RestrictionType, ProviderFactory<RestrictionType> {

  @Override
  default RestrictionType create(KeycloakSession session) {
    return this;
  }

  @Override
  default void init(Config.Scope config) {}

  @Override
  default void postInit(KeycloakSessionFactory factory) {}

  @Override
  default void close() {}
}
