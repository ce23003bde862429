package io.accesskeys.schedule;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/**
 * What to implement to add a delivery: registered under the name of this interface in {@code
 * META-INF/services} of any jar in {@code providers/}.
 */
public interface RollDeliveryFactory extends ProviderFactory<RollDelivery> {

  @Override
  default void init(Config.Scope config) {}

  @Override
  default void postInit(KeycloakSessionFactory factory) {}

  @Override
  default void close() {}
}
