package io.accesskeys.token;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.verifier.TokenVerifierProvider;
import org.keycloak.protocol.oidc.verifier.TokenVerifierProviderFactory;

/** Registers the verifier with Keycloak 26.8 and later; older releases never load it. */
public final class MintedTokenVerifierFactory implements TokenVerifierProviderFactory {

  static final String ID = "access-keys";

  @Override
  public TokenVerifierProvider create(KeycloakSession session) {
    return new MintedTokenVerifier();
  }

  @Override
  public String getId() {
    return ID;
  }
}
