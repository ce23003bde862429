package io.accesskeys.token;

import jakarta.ws.rs.core.UriInfo;
import java.util.regex.Pattern;
import org.keycloak.common.VerificationException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.verifier.TokenVerifierProvider;
import org.keycloak.protocol.oidc.verifier.TokenVerifierProviderFactory;
import org.keycloak.representations.AccessToken;

/**
 * Refuses JWTs minted from keys wherever Keycloak 26.8 and later verifies a token, but for
 * introspection and revocation (RFC 7662, RFC 7009), which are there for whoever has got one. Older
 * releases never load it. It has no state, so one instance is factory and provider.
 */
public final class MintedTokenVerifier
    implements TokenVerifierProvider, TokenVerifierProviderFactory {

  static final String ID = "access-keys";

  private static final Pattern OPEN =
      Pattern.compile("/realms/[^/]++/protocol/openid-connect/(?:token/introspect|revoke)");

  @Override
  public TokenVerifierProvider create(KeycloakSession session) {
    return this;
  }

  @Override
  public String getId() {
    return ID;
  }

  @Override
  public void additionalAccessTokenVerifications(TokenVerifierProviderContext context) {
    if (!isOpen(context.uriInfo())) {
      context.accessTokenVerifier().withChecks(MintedTokenVerifier::isOfKeycloak);
    }
  }

  @Override
  public void close() {}

  private static boolean isOpen(UriInfo request) {
    return request != null && OPEN.matcher(request.getPath()).matches();
  }

  private static boolean isOfKeycloak(AccessToken token) throws VerificationException {
    if (MintedClaims.in(token)) {
      throw new VerificationException(MintedClaims.NOT_ACCEPTED_HERE);
    }
    return true;
  }
}
