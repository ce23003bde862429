package io.accesskeys.rest.self;

import io.accesskeys.http.IfMatch;
import io.accesskeys.http.KeyBody;
import io.accesskeys.http.KeyRepresentation;
import io.accesskeys.http.Problem;
import io.accesskeys.http.Requests;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.PresentedKey;
import io.accesskeys.management.Actor;
import io.accesskeys.management.IssuedKey;
import io.accesskeys.management.KeyManager;
import io.accesskeys.management.KeyNotFoundException;
import io.accesskeys.management.ProofOfPossession;
import io.accesskeys.management.UseRecorder;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.request.Transport;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.PresentedKeys;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Requirements;
import io.accesskeys.verification.Verifier;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/** {@code /realms/{realm}/access-keys/self}: the key in the {@code Authorization} header. */
@Produces(MediaType.APPLICATION_JSON)
public final class KeyItselfResource {

  private static final String WAY = "self";

  private final KeycloakSession session;
  private final SecureRandom random;

  /** For the request of this session. */
  public KeyItselfResource(KeycloakSession session, SecureRandom random) {
    this.session = session;
    this.random = random;
  }

  /** Shows the key to its holder. */
  @GET
  public Response inspect() {
    RequestFacts facts = Requests.facts(session);
    return new Verifier(session)
        .verify(presented(), facts, Requirements.NONE)
        .fold(
            accepted -> show(accepted, facts),
            refused -> {
              UseRecorder.watch(session, refused, presented());
              return refuse(refused);
            });
  }

  private Response show(Accepted accepted, RequestFacts facts) {
    UseRecorder.accepted(session, WAY, accepted, facts);
    AccessKey key = accepted.key();
    return Response.ok(KeyRepresentation.of(session, key, facts.at()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  /**
   * Revokes the key. To hold its current or retiring secret is enough, from anywhere and in any
   * state: whoever has found a key must be able to end it. A retired secret is not: it may have
   * been thrown away in public.
   */
  @DELETE
  public Response revoke() {
    Instant now = Requests.now();
    if (Transport.forbidsKeys(session)) {
      Optional<String> id = KeyText.parse(presented()).map(KeyText::id);
      return refuse(new Refused(Reason.INSECURE_TRANSPORT, id, Optional.empty()));
    }
    PresentedKeys keys = new PresentedKeys(session);
    Optional<PresentedKey> text = keys.read(presented());
    if (text.isEmpty()) {
      return refuse(Refused.of(Reason.MALFORMED));
    }
    Optional<ProofOfPossession> held = ProofOfPossession.of(text.get(), session, now);
    if (held.isEmpty() || held.get().retired()) {
      Reason reason = held.isEmpty() ? Reason.UNKNOWN : Reason.RETIRED_SECRET;
      Optional<String> id = held.map(one -> one.key().id()).or(text.get()::namedId);
      return refuse(new Refused(reason, id, Optional.empty()));
    }
    manager(now)
        .revoke(
            held.get().key(),
            IfMatch.version(session),
            ProofOfPossession.REVOKED,
            held.get().holder());
    return Response.noContent().build();
  }

  /**
   * Gives the key a new secret, at the request of whoever holds one that is good. It stays what it
   * is: the key's expiry, scopes and restrictions are as before.
   */
  @POST
  @Path("roll")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response roll(byte[] body) {
    Requests.requireTransportForSecrets(session);
    RequestFacts facts = Requests.facts(session);
    return new Verifier(session)
        .verify(presented(), facts, Requirements.NONE)
        .fold(accepted -> roll(accepted, body, facts), this::refuse);
  }

  private Response roll(Accepted accepted, byte[] body, RequestFacts facts) {
    AccessKey key =
        session
            .getProvider(KeyStore.class)
            .find(session.getContext().getRealm(), accepted.key().id())
            .orElseThrow(KeyNotFoundException::new);
    IssuedKey rolled =
        manager(facts.at())
            .roll(key, KeyBody.roll(session, body), new Actor.Holder(accepted.secret()));
    return Response.ok(KeyRepresentation.withSecret(session, rolled, facts.at()))
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private KeyManager manager(Instant at) {
    RealmPolicy policy = RealmPolicy.of(session, session.getContext().getRealm());
    return new KeyManager(session, policy, random, at);
  }

  private String presented() {
    if (Requests.keyInUrl(session)) {
      throw Problem.of(Problem.Kind.INVALID_REQUEST, "An access key must never be in a URL")
          .exception();
    }
    return Requests.bearer(session).orElse("");
  }

  /** Who has sent nothing is told of no error (RFC 6750, section 3.1). */
  private String challenge() {
    return Requests.bearer(session).filter(text -> !text.isEmpty()).isPresent()
        ? "Bearer error=\"invalid_token\""
        : "Bearer";
  }

  private Response refuse(Refused refused) {
    UseRecorder.refused(session, EventType.INTROSPECT_TOKEN, refused.by(WAY));
    return Problem.of(
            Problem.Kind.UNAUTHENTICATED,
            refused.reason() == Reason.INSECURE_TRANSPORT
                ? "HTTPS required"
                : "Send a key that is valid as Authorization: Bearer")
        .response()
        .header(HttpHeaders.WWW_AUTHENTICATE, challenge())
        .build();
  }
}
