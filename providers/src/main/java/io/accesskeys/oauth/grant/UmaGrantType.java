package io.accesskeys.oauth.grant;

import io.accesskeys.token.MintedClaims;
import io.accesskeys.token.MintedTokenRefusal;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.protocol.oidc.grants.PermissionGrantType;

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
      throw MintedTokenRefusal.of(cors, event, "uma", MintedClaims.NOT_ACCEPTED_HERE);
    }
    return super.process(grantContext);
  }
}
