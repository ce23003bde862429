package io.accesskeys.rest.exposed;

import io.accesskeys.http.JsonBody;
import io.accesskeys.http.Problem;
import io.accesskeys.http.Requests;
import io.accesskeys.http.Texts;
import io.accesskeys.key.PresentedKey;
import io.accesskeys.management.KeyManager;
import io.accesskeys.management.ProofOfPossession;
import io.accesskeys.management.UseRecorder;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.request.ClientAddress;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.PresentedKeys;
import io.accesskeys.verification.Reason;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/**
 * {@code /realms/{realm}/access-keys/exposed}: reports of keys that were found in public. Needs no
 * authentication, since to hold a key is proof enough, and answers alike whatever was sent, so that
 * nobody learns which keys are good.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class ExposedResource {

  private static final String WAY = "exposed";
  private static final int MAX_KEYS = 1_000;

  private final KeycloakSession session;
  private final RealmPolicy policy;
  private final ReportBudget budget;
  private final Instant now = Requests.now();

  private record Report(Texts keys) {

    @Override
    public String toString() {
      return keys.values().size() + " keys";
    }
  }

  /** For the request of this session. */
  public ExposedResource(KeycloakSession session, RealmPolicy policy, ReportBudget budget) {
    this.session = session;
    this.policy = policy;
    this.budget = budget;
  }

  /**
   * Revokes or suspends the keys whose current or retiring secrets were reported. What that costs
   * is paid for from the budget of the address before it is done.
   */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response report(byte[] body) {
    Requests.requireTransportForSecrets(session);
    int toRead = ReportBudget.toRead(body);
    Optional<Duration> wait = take(toRead);
    if (wait.isPresent()) {
      return later(wait.get());
    }
    List<String> sent =
        JsonBody.read(session, body, Report.class).keys().atMost(MAX_KEYS, "keys").values();
    // They come out of files and logs, lines end and all.
    PresentedKeys keys = new PresentedKeys(session);
    List<PresentedKey> texts =
        sent.stream().map(String::strip).map(keys::read).flatMap(Optional::stream).toList();
    wait = take(texts.size());
    if (wait.isPresent()) {
      return later(wait.get().plus(ReportBudget.timeFor(toRead)));
    }
    KeyManager manager = new KeyManager(session, policy, new SecureRandom(), now);
    ProofOfPossession.ofAll(texts, session, now).forEach(found -> report(manager, found));
    return Response.accepted("").type(MediaType.TEXT_PLAIN_TYPE).build();
  }

  private Optional<Duration> take(int cost) {
    return budget.take(ClientAddress.of(session), cost, now);
  }

  private Response later(Duration wait) {
    UseRecorder.refused(
        session, EventType.INTROSPECT_TOKEN, Refused.of(Reason.RATE_LIMITED).by(WAY));
    return Problem.of(
            Problem.Kind.TOO_MANY_REQUESTS,
            "Your address has reported as much as it may for now. Nothing in this report was looked"
                + " at: send it again after "
                + wait.toSeconds()
                + " s")
        .response()
        .header(HttpHeaders.RETRY_AFTER, wait.toSeconds())
        .build();
  }

  private void report(KeyManager manager, ProofOfPossession found) {
    String id = found.key().id();
    if (found.retired()) {
      UseRecorder.refused(
          session, EventType.INTROSPECT_TOKEN, Refused.of(Reason.RETIRED_SECRET, id).by(WAY));
    } else {
      manager.expose(found.key());
    }
  }
}
