package io.accesskeys.token;

import jakarta.ws.rs.core.Response;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.TokenExchangeProviderFactory;

/**
 * Keeps a JWT that was minted from a key from being traded for another by RFC 8693 token exchange:
 * the new one could have the owner's other rights, and would outlive the key. Stands in front of
 * Keycloak's own providers and lets everything else pass. It has no state, so one instance is
 * factory and provider.
 */
public final class MintedTokenExchangeGuard
    implements TokenExchangeProvider, TokenExchangeProviderFactory {

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
  public TokenExchangeProvider create(KeycloakSession session) {
    return this;
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "access-keys-guard";
  }

  /**
   * Keycloak asks the highest first and subtracts two orders from each other: mind the overflow.
   */
  @Override
  public int order() {
    return 10_000;
  }
}
