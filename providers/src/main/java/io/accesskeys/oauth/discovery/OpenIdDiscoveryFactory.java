package io.accesskeys.oauth.discovery;

import io.accesskeys.oauth.OffSwitch;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCWellKnownProviderFactory;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * Takes the place of Keycloak's factory {@code openid-configuration}, which makes {@code
 * /realms/{realm}/.well-known/openid-configuration}. Of two factories with one id and order,
 * Keycloak takes the one that is not its own.
 */
public final class OpenIdDiscoveryFactory extends OIDCWellKnownProviderFactory {

  private boolean on;

  @Override
  public void init(Config.Scope config) {
    super.init(config);
    on = OffSwitch.isOn(this, config);
  }

  @Override
  public WellKnownProvider create(KeycloakSession session) {
    WellKnownProvider keycloaks = super.create(session);
    return on ? new RevocationDiscovery(session, keycloaks) : keycloaks;
  }
}
