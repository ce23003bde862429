package io.accesskeys.endpoint.token;

import io.accesskeys.token.MintedClaims;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.services.CorsErrorResponseException;

/**
 * Keeps a JWT that was minted from a key from being traded for another by RFC 8693 token exchange:
 * the new one could have the owner's other rights, and would outlive the key. Stands in front of
 * Keycloak's own providers and lets everything else pass.
 */
final class MintedTokenExchangeGuard implements TokenExchangeProvider {

  /** Goes by the claim, so that no way of minting is left out; a forged one only refuses itself. */
  @Override
  public boolean supports(TokenExchangeContext context) {
    return Stream.of(context.getParams().getSubjectToken(), context.getParams().getActorToken())
        .filter(Objects::nonNull)
        .anyMatch(MintedClaims::inCompact);
  }

  @Override
  public Response exchange(TokenExchangeContext context) {
    context.getEvent().detail(Details.REASON, "token minted from an access key");
    context.getEvent().error(Errors.NOT_ALLOWED);
    throw new CorsErrorResponseException(
        context.getCors(),
        OAuthErrorException.ACCESS_DENIED,
        "Tokens minted from access keys cannot be exchanged",
        Response.Status.FORBIDDEN);
  }

  @Override
  public void close() {}
}
