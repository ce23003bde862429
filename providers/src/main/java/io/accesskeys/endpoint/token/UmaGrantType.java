package io.accesskeys.endpoint.token;

import io.accesskeys.token.MintedClaims;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.protocol.oidc.grants.PermissionGrantType;
import org.keycloak.services.CorsErrorResponseException;

/**
 * Keycloak's grant of UMA 2.0, which takes no JWT that was minted from a key: as {@code
 * claim_token}, {@code rpt} or any other field of the form it would stand for the key's owner, and
 * Keycloak asks no grant whether it may. What is sent as a bearer is refused before.
 */
final class UmaGrantType extends PermissionGrantType {

  @Override
  public Response process(Context grantContext) {
    setContext(grantContext);
    if (formParams.values().stream().flatMap(List::stream).anyMatch(MintedClaims::inCompact)) {
      event.detail(Details.REASON, "token minted from an access key").error(Errors.NOT_ALLOWED);
      throw new CorsErrorResponseException(
          cors,
          OAuthErrorException.ACCESS_DENIED,
          "Tokens minted from access keys are not accepted here",
          Response.Status.FORBIDDEN);
    }
    return super.process(grantContext);
  }
}
