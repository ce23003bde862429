package io.accesskeys.rest.gateway;

import io.accesskeys.http.Problem;
import io.accesskeys.http.ProblemException;
import io.accesskeys.key.Grant;
import io.accesskeys.management.UseRecorder;
import io.accesskeys.password.AccountPasswords.Outcome.Person;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.token.Minting;
import io.accesskeys.verification.AnswerTimes;
import io.accesskeys.verification.Decision.Accepted;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/**
 * What is answered to who is let in.
 *
 * @param at the instant of the request
 */
record AllowedResponse(KeycloakSession session, RealmPolicy policy, Instant at) {

  /** In one line, and of at most 128 characters: nginx keeps no answer with more. */
  private static final String VARY =
      "Authorization, X-API-Key, X-Required-Client, X-Required-Kind, X-Required-Scope,"
          + " X-Required-Any-Scope, X-Required-Jwt, Origin";

  private static final String NO_STORE = "no-store";

  /** For the owner of this key, without a JWT. */
  Response plain(Accepted accepted) {
    return respond(Identity.of(accepted, ""), cacheControl(accepted, policy.revocationBudget()));
  }

  /**
   * The same with a JWT, which ends when the gateway must have heard of a revocation: whoever gets
   * it may look at nothing but its signature. The answer may be kept for half as long, so that a
   * JWT that was kept still has the other half to live. It is for this request alone, so whether a
   * restriction lets the next one pass is no matter.
   *
   * @throws ProblemException 400 if there are no JWTs for the API client
   */
  Response withJwt(Accepted accepted) {
    new Minting(session)
        .obstacle(accepted.apiClient())
        .ifPresent(
            obstacle -> {
              throw Problem.of(Problem.Kind.INVALID_REQUEST, obstacle).at("jwt").exception();
            });
    Duration budget = policy.revocationBudget();
    AnswerTimes times =
        new AnswerTimes(at.minus(AnswerTimes.CLOCK_SKEW), at.plus(AnswerTimes.atLeastSkew(budget)));
    String jwt =
        new Minting(session)
            .jwt(
                accepted,
                Optional.empty(),
                times,
                UseRecorder.event(session, EventType.INTROSPECT_TOKEN));
    return respond(Identity.of(accepted, jwt), cacheControl(accepted, budget.dividedBy(2)));
  }

  /** For a person who came with a password, which a gateway must show us every time. */
  Response of(Person person) {
    return respond(Identity.of(person), NO_STORE);
  }

  private static Response respond(Identity identity, String cacheControl) {
    // A 200 without a media type is a 500 in Keycloak.
    return identity
        .on(Response.ok("", MediaType.TEXT_PLAIN_TYPE))
        .header(HttpHeaders.CACHE_CONTROL, cacheControl)
        .header(HttpHeaders.VARY, VARY)
        .build();
  }

  /**
   * What depends on where the request came from must not be answered from what was kept. What is
   * only counted by where it came from may be, but briefly: requests that the gateway answers from
   * what it kept are not counted.
   */
  private String cacheControl(Accepted accepted, Duration longest) {
    Grant grant = accepted.key().grant();
    if (grant.isRestricted()) {
      return NO_STORE;
    }
    Duration most =
        grant.isWatched() && longest.compareTo(AnswerTimes.CLOCK_SKEW) > 0
            ? AnswerTimes.CLOCK_SKEW
            : longest;
    Duration maxAge =
        accepted
            .ends(policy.limits(accepted.key().kind()))
            .map(end -> Duration.between(at, end))
            .filter(left -> left.compareTo(most) < 0)
            .orElse(most);
    return "max-age=" + maxAge.toSeconds();
  }
}
