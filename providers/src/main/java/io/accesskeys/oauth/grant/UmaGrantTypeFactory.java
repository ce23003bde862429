package io.accesskeys.oauth.grant;

import io.accesskeys.oauth.OffSwitch;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.PermissionGrantTypeFactory;

/**
 * Takes the place of Keycloak's factory. Of two factories with one id and order, Keycloak takes the
 * one that is not its own.
 */
public final class UmaGrantTypeFactory extends PermissionGrantTypeFactory {

  private boolean on;

  @Override
  public void init(Config.Scope config) {
    super.init(config);
    on = OffSwitch.isOn(this, config);
  }

  @Override
  public OAuth2GrantType create(KeycloakSession session) {
    return on ? new UmaGrantType() : super.create(session);
  }
}
