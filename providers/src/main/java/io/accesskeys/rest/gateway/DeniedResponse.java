package io.accesskeys.rest.gateway;

import io.accesskeys.http.Problem;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Requirements;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.RealmModel;

/**
 * What is answered to who is not let in.
 *
 * @param always403 for gateways that cannot pass a 401 on
 * @param basic whether Basic is offered beside Bearer: browsers ask people for a password where it
 *     is, so only to who has sent Basic, or where the gateway wants it
 */
record DeniedResponse(RealmModel realm, boolean always403, boolean basic) {

  /** The OAuth error, for gateways that look at headers only. */
  static final String ERROR = "X-Auth-Error";

  private static final String INVALID_REQUEST = OAuthErrorException.INVALID_REQUEST;
  private static final String INVALID_TOKEN = OAuthErrorException.INVALID_TOKEN;

  /** The challenge has no error for who sends nothing, as RFC 6750 has it. */
  Response ofNothing() {
    return challenging(unauthenticated("Send the key as Authorization: Bearer"), "")
        .header(ERROR, INVALID_REQUEST)
        .build();
  }

  /** The answer to a credential that was refused for this reason. */
  Response of(Reason reason, Requirements demand) {
    return switch (reason) {
      case IN_URL ->
          Problem.of(
                  always403 ? Problem.Kind.FORBIDDEN : Problem.Kind.INVALID_REQUEST,
                  "An access key must never be in a URL")
              .response()
              .header(ERROR, INVALID_REQUEST)
              .build();
      case INSUFFICIENT_SCOPE -> insufficient(demand);
      case SEVERAL_CREDENTIALS ->
          refused(INVALID_REQUEST, unauthenticated("Send one credential, not several"), "");
      case INSECURE_TRANSPORT -> refused(INVALID_TOKEN, unauthenticated("HTTPS required"), "");
      case ACCOUNT_PASSWORD ->
          refused(INVALID_TOKEN, unauthenticated("Passwords are not taken here: send a key"), "");
      default -> refused(INVALID_TOKEN, unauthenticated("The key is not valid here"), "");
    };
  }

  private Response insufficient(Requirements demand) {
    List<String> needs = new ArrayList<>();
    if (!demand.scopes().isEmpty()) {
      needs.add("the scope " + joined(demand.scopes()));
    }
    demand.anyScopes().stream()
        .map(scopes -> "one of the scopes " + joined(scopes))
        .sorted()
        .forEach(needs::add);
    return refused(
        OAuthErrorException.INSUFFICIENT_SCOPE,
        Problem.of(
            Problem.Kind.INSUFFICIENT_SCOPE, "The key needs " + String.join(", and ", needs)),
        ", scope=\"" + HeaderText.quoted(joined(demand.named())) + "\"");
  }

  private static String joined(Collection<String> scopes) {
    return String.join(" ", new TreeSet<>(scopes));
  }

  private Problem unauthenticated(String detail) {
    return Problem.of(always403 ? Problem.Kind.FORBIDDEN : Problem.Kind.UNAUTHENTICATED, detail);
  }

  private Response refused(String error, Problem problem, String parameters) {
    return challenging(problem, ", error=\"" + error + "\"" + parameters)
        .header(ERROR, error)
        .build();
  }

  /** Bearer first: an old nginx passes on the first challenge only. */
  private Response.ResponseBuilder challenging(Problem problem, String parameters) {
    String realmParameter = "realm=\"" + HeaderText.quoted(realm.getName()) + "\"";
    Response.ResponseBuilder response =
        problem
            .response()
            .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer " + realmParameter + parameters);
    return basic
        ? response.header(
            HttpHeaders.WWW_AUTHENTICATE, "Basic " + realmParameter + ", charset=\"UTF-8\"")
        : response;
  }
}
