package org.keycloak.protocol.oidc.verifier;

import jakarta.ws.rs.core.UriInfo;
import org.keycloak.TokenVerifier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;
import org.keycloak.representations.AccessToken;

/** Adds checks of its own to those of Keycloak, wherever Keycloak takes an access token. */
public interface TokenVerifierProvider extends Provider {

  /** Adds them to the verifier of this context. */
  void additionalAccessTokenVerifications(TokenVerifierProviderContext context);

  /** The verifier that is about to be used, and what for. */
  record TokenVerifierProviderContext(
      TokenVerifier<AccessToken> accessTokenVerifier,
      KeycloakSession session,
      RealmModel realm,
      UriInfo uriInfo) {}
}
