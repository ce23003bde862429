package io.accesskeys.token;

import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenExchangeProvider;

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
    throw MintedTokenRefusal.of(
        context.getCors(),
        context.getEvent(),
        "exchange",
        "Tokens minted from access keys cannot be exchanged");
  }

  @Override
  public void close() {}
}
