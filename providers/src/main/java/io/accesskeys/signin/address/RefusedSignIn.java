package io.accesskeys.signin.address;

import io.accesskeys.request.ClientAddress;
import io.accesskeys.restriction.InvalidRestrictionException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;

/**
 * Ends a sign-in because of where it comes from, or because that cannot be judged. Whoever signs in
 * reads the same in every case; the event says why, and a warning where an administrator has
 * something to mend.
 */
final class RefusedSignIn {

  private static final Logger LOG = Logger.getLogger(RefusedSignIn.class);

  /** What {@code AuthenticationFlowContext#getFlowPath} says where a program sends the password. */
  private static final String DIRECT_GRANT = "token";

  private final AuthenticationFlowContext context;
  private final String step;

  RefusedSignIn(AuthenticationFlowContext context) {
    this.context = context;
    this.step =
        Optional.ofNullable(context.getAuthenticatorConfig())
            .map(AuthenticatorConfigModel::getAlias)
            .orElse(context.getExecution().getAuthenticator());
  }

  /** Whether a program sends the password, rather than a person in a browser. */
  static boolean readByAProgram(AuthenticationFlowContext context) {
    return DIRECT_GRANT.equals(context.getFlowPath());
  }

  /** The answer to a sign-in from an address that is not allowed. */
  Response outside() {
    event("address_not_allowed").error(Errors.ACCESS_DENIED);
    return answer();
  }

  /** The answer to a sign-in from nobody knows where. */
  Response unknown() {
    warn("the client's address is unknown");
    event("address_unknown").error(Errors.ACCESS_DENIED);
    return answer();
  }

  /** The answer where the config cannot be read. */
  Response misconfigured(InvalidRestrictionException wrong) {
    warn(wrong.field() + " " + wrong.getMessage());
    event("invalid_configuration")
        .detail("setting", wrong.field())
        .detail("problem", wrong.getMessage())
        .error(Errors.ACCESS_DENIED);
    return answer();
  }

  /** A copy: Keycloak goes on with its own, and may send that too. */
  private EventBuilder event(String reason) {
    EventBuilder event =
        ClientAddress.put(context.getEvent().clone(), context.getSession())
            .detail(Details.REASON, reason)
            .detail("step", step);
    return context.getUser() == null ? event : event.user(context.getUser());
  }

  private void warn(String why) {
    LOG.warnf(
        "A sign-in at realm %s was refused at the step \"%s\": %s",
        context.getRealm().getName(), step, why);
  }

  private Response answer() {
    if (readByAProgram(context)) {
      return Response.status(Response.Status.FORBIDDEN)
          .type(MediaType.APPLICATION_JSON_TYPE)
          .entity(
              new OAuth2ErrorRepresentation(
                  OAuthErrorException.ACCESS_DENIED,
                  "Signing in is not permitted from here; ask your administrator"))
          .build();
    }
    // Not the context's own form: that of a condition lacks what the template asks for.
    return context
        .getSession()
        .getProvider(LoginFormsProvider.class)
        .setAuthenticationSession(context.getAuthenticationSession())
        .setUser(context.getUser())
        .setError("accessKeyNotFromHere")
        .createErrorPage(Response.Status.FORBIDDEN);
  }
}
