package io.accesskeys.oauth.introspection;

import io.accesskeys.oauth.OffSwitch;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProviderFactory;
import org.keycloak.protocol.oidc.TokenIntrospectionProvider;

/**
 * Takes the place of Keycloak's factory {@code access_token}, which introspection without a hint
 * goes to. Of two factories with one id and order, Keycloak takes the one that is not its own.
 */
public class AccessKeyIntrospectionProviderFactory extends AccessTokenIntrospectionProviderFactory {

  private boolean on;

  @Override
  public void init(Config.Scope config) {
    super.init(config);
    on = OffSwitch.isOn(this, config);
  }

  @Override
  public TokenIntrospectionProvider create(KeycloakSession session) {
    return on ? new AccessKeyIntrospectionProvider(session) : super.create(session);
  }
}
