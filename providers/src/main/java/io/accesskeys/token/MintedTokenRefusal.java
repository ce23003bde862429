package io.accesskeys.token;

import io.accesskeys.audit.Audit;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/**
 * What becomes of a form of the token endpoint in which a JWT that was minted from a key stands.
 */
public final class MintedTokenRefusal {

  private MintedTokenRefusal() {}

  /**
   * Counts it and leaves the event of the request.
   *
   * @param way the name of the grant in the metric
   * @param description for whoever has sent it
   */
  public static CorsErrorResponseException of(
      Cors cors, EventBuilder event, String way, String description) {
    Audit.counter(way, Audit.MINTED_TOKEN).increment();
    event.detail(Details.REASON, Audit.MINTED_TOKEN).error(Errors.NOT_ALLOWED);
    return new CorsErrorResponseException(
        cors, OAuthErrorException.ACCESS_DENIED, description, Response.Status.FORBIDDEN);
  }
}
