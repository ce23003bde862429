package io.accesskeys.endpoint.introspection;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/**
 * Takes the place of Keycloak's factory {@code access_token}, which introspection without a hint
 * goes to. Of two factories with one id and order, Keycloak takes the one that is not its own.
 */
public class AccessKeyIntrospectionProviderFactory extends AccessTokenIntrospectionProviderFactory {

  @Override
  public TokenIntrospectionProvider create(KeycloakSession session) {
    return new AccessKeyIntrospectionProvider(session);
  }
}
