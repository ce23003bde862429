package io.accesskeys.token;

import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.keycloak.common.VerificationException;
import org.keycloak.protocol.oidc.verifier.TokenVerifierProvider;
import org.keycloak.representations.AccessToken;

/**
 * Refuses JWTs minted from keys wherever Keycloak 26.8 and later verifies a token, but for
 * introspection and revocation (RFC 7662, RFC 7009), which are there for whoever has got one.
 */
final class MintedTokenVerifier implements TokenVerifierProvider {

  private static final List<String> OPEN =
      List.of("/protocol/openid-connect/token/introspect", "/protocol/openid-connect/revoke");

  @Override
  public void additionalAccessTokenVerifications(TokenVerifierProviderContext context) {
    if (!isOpen(context.uriInfo())) {
      context.accessTokenVerifier().withChecks(MintedTokenVerifier::isOfKeycloak);
    }
  }

  @Override
  public void close() {}

  private static boolean isOpen(UriInfo request) {
    return request != null && OPEN.stream().anyMatch(request.getPath()::endsWith);
  }

  private static boolean isOfKeycloak(AccessToken token) throws VerificationException {
    if (MintedClaims.in(token)) {
      throw new VerificationException("Tokens minted from access keys are not accepted here");
    }
    return true;
  }
}
