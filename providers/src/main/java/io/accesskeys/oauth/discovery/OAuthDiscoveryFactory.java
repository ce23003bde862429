package io.accesskeys.oauth.discovery;

import io.accesskeys.oauth.OffSwitch;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oauth2.OAuth2WellKnownProviderFactory;
import org.keycloak.wellknown.WellKnownProvider;

/**
 * Takes the place of Keycloak's factory {@code oauth-authorization-server}, which makes the
 * document of RFC 8414: {@code /.well-known/oauth-authorization-server/realms/{realm}}, and the
 * same below the realm.
 */
public final class OAuthDiscoveryFactory extends OAuth2WellKnownProviderFactory {

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
