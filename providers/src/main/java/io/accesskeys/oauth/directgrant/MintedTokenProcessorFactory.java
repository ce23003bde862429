package io.accesskeys.oauth.directgrant;

import io.accesskeys.token.Minting;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Registers what makes tokens of direct grants with keys like all others minted from keys. */
public final class MintedTokenProcessorFactory implements TokenPostProcessorFactory {

  private static final String ID = "access-keys";

  /**
   * Whether the token of a direct grant with a key would be made into one minted from that key.
   * Without this provider, or where this server mints none, it would be as good as any other token
   * of its owner.
   */
  static boolean isOn(KeycloakSession session) {
    KeycloakSessionFactory factories = session.getKeycloakSessionFactory();
    return factories.getProviderFactory(TokenPostProcessor.class, ID)
            instanceof MintedTokenProcessorFactory
        && Minting.obstacle(factories).isEmpty();
  }

  @Override
  public TokenPostProcessor create(KeycloakSession session) {
    return new MintedTokenProcessor(session);
  }

  @Override
  public String getId() {
    return ID;
  }

  /** The first: what others take away must stay away. */
  @Override
  public int order() {
    return 10_000;
  }
}
