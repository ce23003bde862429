package io.accesskeys.oauth.grant;

import io.accesskeys.token.Minting;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.protocol.oidc.grants.OAuth2GrantTypeFactory;

/** Registers the grant; Keycloak's discovery document lists it by this id. */
public final class AccessKeyGrantTypeFactory implements OAuth2GrantTypeFactory {

  /** The {@code grant_type}. */
  public static final String ID = Minting.GRANT_TYPE;

  /** Exactly two characters, in the {@code jti} of every token minted: never to change. */
  private static final String SHORTCUT = "ak";

  @Override
  public OAuth2GrantType create(KeycloakSession session) {
    return new AccessKeyGrantType();
  }

  @Override
  public String getShortcut() {
    return SHORTCUT;
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return ID;
  }
}
