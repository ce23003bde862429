package org.keycloak.protocol.oidc.verifier;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderFactory;

/** Makes a {@link TokenVerifierProvider}; what is of no use to it has a default. */
public interface TokenVerifierProviderFactory extends ProviderFactory<TokenVerifierProvider> {

  @Override
  default void init(Config.Scope config) {}

  @Override
  default void postInit(KeycloakSessionFactory factory) {}

  @Override
  default void close() {}
}
