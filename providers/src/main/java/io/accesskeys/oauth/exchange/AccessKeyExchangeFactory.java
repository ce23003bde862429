package io.accesskeys.oauth.exchange;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.TokenExchangeProviderFactory;

/** Registers the exchange of keys beside Keycloak's own providers, which refuse our token type. */
public final class AccessKeyExchangeFactory implements TokenExchangeProviderFactory {

  @Override
  public TokenExchangeProvider create(KeycloakSession session) {
    return new AccessKeyExchange(session);
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "access-key";
  }

  /** Before Keycloak's own, whose first may answer for a type it does not know; after the guard. */
  @Override
  public int order() {
    return 9_000;
  }
}
