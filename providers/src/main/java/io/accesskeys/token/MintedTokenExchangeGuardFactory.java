package io.accesskeys.token;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.TokenExchangeProviderFactory;

/** Registers the guard in front of every other token exchange provider. */
public final class MintedTokenExchangeGuardFactory implements TokenExchangeProviderFactory {

  @Override
  public TokenExchangeProvider create(KeycloakSession session) {
    return new MintedTokenExchangeGuard();
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "access-keys-guard";
  }

  /**
   * Keycloak asks the highest first and subtracts two orders from each other: mind the overflow.
   */
  @Override
  public int order() {
    return 10_000;
  }
}
