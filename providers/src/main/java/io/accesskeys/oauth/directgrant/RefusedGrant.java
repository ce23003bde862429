package io.accesskeys.oauth.directgrant;

import io.accesskeys.management.UseRecorder;
import io.accesskeys.token.ExcessiveRightsException;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.Reason;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/**
 * Ends a direct grant. Never as a failure: Keycloak would count it towards locking the person out,
 * and nobody guesses a key.
 */
record RefusedGrant(AuthenticationFlowContext context) {

  static final String WAY = "direct_grant";

  private static final String NOT_VALID = "The access key is not valid here";

  /** The key is not good here. */
  void because(Refused refused) {
    count(refused);
    switch (refused.reason()) {
      case INSECURE_TRANSPORT ->
          answer(Response.Status.FORBIDDEN, OAuthErrorException.INVALID_REQUEST, "HTTPS required");
      case IN_URL ->
          answer(OAuthErrorException.INVALID_REQUEST, "An access key must never be in a URL");
      case SEVERAL_CREDENTIALS ->
          answer(OAuthErrorException.INVALID_REQUEST, "A request carries one access key");
      // In Keycloak's words: it says so of a password too, and who holds a good key may know.
      case REQUIRED_ACTION ->
          answer(OAuthErrorException.INVALID_GRANT, "Account is not fully set up");
      default -> answer(OAuthErrorException.INVALID_GRANT, NOT_VALID);
    }
  }

  /** The key is good, but does not have what the request asks for. */
  void becauseOfExcess(Accepted accepted, ExcessiveRightsException excess) {
    count(Refused.of(Reason.INSUFFICIENT_SCOPE, accepted.key().id()));
    answer(excess.error(), excess.getMessage());
  }

  /** There is no such field, which is no attempt. */
  void becauseOfMissing(String field) {
    answer(OAuthErrorException.INVALID_REQUEST, "Missing form parameter: " + field);
  }

  /** An operator has switched off what every key would need. */
  void becauseOfSwitch() {
    context.getEvent().clone().detail(Details.REASON, "switched_off").error(Errors.NOT_ALLOWED);
    answer(OAuthErrorException.INVALID_GRANT, NOT_VALID);
  }

  /** With a copy of the event: Keycloak goes on with its own. */
  private void count(Refused refused) {
    UseRecorder.refused(context.getSession(), context.getEvent().clone(), refused.by(WAY));
  }

  private void answer(String error, String description) {
    answer(Response.Status.BAD_REQUEST, error, description);
  }

  private void answer(Response.Status status, String error, String description) {
    context.forceChallenge(
        Response.status(status)
            .type(MediaType.APPLICATION_JSON_TYPE)
            .entity(new OAuth2ErrorRepresentation(error, description))
            .build());
  }
}
