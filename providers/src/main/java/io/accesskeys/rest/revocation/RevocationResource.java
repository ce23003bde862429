package io.accesskeys.rest.revocation;

import io.accesskeys.audit.Audit;
import io.accesskeys.http.Requests;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.PresentedKey;
import io.accesskeys.management.KeyManager;
import io.accesskeys.management.ProofOfPossession;
import io.accesskeys.management.UseRecorder;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.request.ClientAddress;
import io.accesskeys.request.Transport;
import io.accesskeys.token.MintedClaims;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.KeyOwner;
import io.accesskeys.verification.PresentedKeys;
import io.accesskeys.verification.Reason;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.endpoints.TokenRevocationEndpoint;
import org.keycloak.protocol.oidc.utils.AuthorizeClientUtil;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/**
 * {@code /realms/{realm}/access-keys/revoke}: RFC 7009 revocation of keys, and of JWTs that were
 * minted from them. Keycloak's own endpoint knows nothing but JWTs and cannot be taught from
 * outside; so every other token that is sent here is passed to it, and the discovery documents of a
 * realm can name this endpoint for all tokens.
 *
 * <p>A client revokes what was issued to it: keys for its API, keys that act for it, its secrets.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class RevocationResource {

  private static final String WAY = "revocation";
  private static final String TOKEN = "token";

  /** As Keycloak has it: longer than any two nodes' clocks are apart. */
  private static final Duration AT_LEAST = Duration.ofSeconds(10);

  private final KeycloakSession session;
  private final RealmModel realm;
  private final EventBuilder event;
  private final Cors cors;

  /** For a request to the realm of this session. */
  public RevocationResource(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.event = new EventBuilder(realm, session, session.getContext().getConnection());
    this.cors =
        Cors.builder()
            .auth()
            .allowedMethods(HttpMethod.POST)
            .auth()
            .exposedHeaders(Cors.ACCESS_CONTROL_ALLOW_METHODS);
  }

  /** Tells a browser that pages of a client's web origins may call this endpoint. */
  @OPTIONS
  public Response preflight() {
    return Cors.builder()
        .auth()
        .preflight()
        .allowedMethods(HttpMethod.POST, HttpMethod.OPTIONS)
        .add(Response.ok());
  }

  /**
   * Revokes {@code token}. A key that is unknown or no longer usable is as good as revoked; what is
   * neither a key nor minted from one is answered by Keycloak.
   */
  @POST
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  public Response revoke() {
    MultivaluedMap<String, String> form = Requests.form(session);
    // Out of a file, it comes with the end of its line.
    String token = Objects.requireNonNullElse(form.getFirst(TOKEN), "").strip();
    Optional<PresentedKey> key = key(token);
    if (key.isEmpty() && !MintedClaims.inCompact(token)) {
      return byKeycloak();
    }
    ClientAddress.put(event, session).event(EventType.REVOKE_GRANT);
    requireOpen(key);
    ClientModel client = authenticate();
    if (form.values().stream().anyMatch(sent -> sent.size() > 1)) {
      throw error(OAuthErrorException.INVALID_REQUEST, "duplicated parameter");
    }
    key.ifPresentOrElse(text -> revoke(text, client), () -> revokeJwt(token, client));
    return cors.add(
        Response.ok("", MediaType.TEXT_PLAIN_TYPE).header(HttpHeaders.CACHE_CONTROL, "no-store"));
  }

  /** A text that only looks like one of another system may be any token of Keycloak's. */
  private Optional<PresentedKey> key(String token) {
    PresentedKeys keys = new PresentedKeys(session);
    // After the last day, too: Keycloak would answer 200 and leave a key that is good again if the
    // day is moved.
    return keys.readAnyDay(token).filter(key -> key instanceof KeyText || keys.id(key).isPresent());
  }

  /**
   * Hands the request over before anything of it was used up, such as an assertion by which the
   * client authenticates: Keycloak does that itself, and leaves its own events.
   */
  private Response byKeycloak() {
    requireNoKeyInUrl();
    return new TokenRevocationEndpoint(
            session, new EventBuilder(realm, session, session.getContext().getConnection()))
        .revoke();
  }

  private ClientModel authenticate() {
    ClientModel client = AuthorizeClientUtil.authorizeClient(session, event, cors).getClient();
    event.client(client);
    cors.checkAllowedOrigins(session, client);
    if (client.isBearerOnly()) {
      throw error(OAuthErrorException.INVALID_CLIENT, "Bearer-only not allowed");
    }
    return client;
  }

  private void requireOpen(Optional<PresentedKey> key) {
    if (Transport.forbidsKeys(session)) {
      cors.allowAllOrigins();
      refused(
          new Refused(
              Reason.INSECURE_TRANSPORT, key.flatMap(PresentedKey::namedId), Optional.empty()));
      throw error(Response.Status.FORBIDDEN, OAuthErrorException.INVALID_REQUEST, "HTTPS required");
    }
    if (!realm.isEnabled()) {
      cors.allowAllOrigins();
      throw error(Response.Status.FORBIDDEN, Errors.ACCESS_DENIED, "Realm not enabled");
    }
    requireNoKeyInUrl();
  }

  private void requireNoKeyInUrl() {
    if (Requests.keyInUrl(session)) {
      ClientAddress.put(event, session).event(EventType.REVOKE_GRANT);
      cors.allowAllOrigins();
      refused(Refused.of(Reason.IN_URL));
      throw error(OAuthErrorException.INVALID_REQUEST, "An access key must never be in a URL");
    }
  }

  private void revoke(PresentedKey text, ClientModel client) {
    Optional<ProofOfPossession> held = ProofOfPossession.of(text, session, Requests.now());
    if (held.isEmpty() || held.get().retired()) {
      Reason reason = held.isEmpty() ? Reason.UNKNOWN : Reason.RETIRED_SECRET;
      refused(new Refused(reason, id(text, held), Optional.empty()));
      return;
    }
    if (!issuedTo(client, held.get())) {
      refused(Refused.of(Reason.WRONG_CLIENT, held.get().key().id()));
      throw error(
          OAuthErrorException.INVALID_REQUEST, "The access key was not issued to this client");
    }
    new KeyManager(session, RealmPolicy.of(session, realm), new SecureRandom(), Requests.now())
        .revoke(held.get().key(), Optional.empty(), ProofOfPossession.REVOKED, held.get().holder());
  }

  private static Optional<String> id(PresentedKey text, Optional<ProofOfPossession> held) {
    return held.map(ProofOfPossession::key).map(AccessKey::id).or(text::namedId);
  }

  /** Whether a key is for the API that this client is, or acts for it. */
  private boolean issuedTo(ClientModel client, ProofOfPossession held) {
    return held.key().grant().clientId().equals(client.getId())
        || KeyOwner.of(held.key(), session, realm)
            .flatMap(KeyOwner::owningClient)
            .filter(owner -> owner.getId().equals(client.getId()))
            .isPresent();
  }

  private void revokeJwt(String text, ClientModel client) {
    AccessToken token = session.tokens().decode(text, AccessToken.class);
    Optional<MintedClaims> claims = Optional.ofNullable(token).flatMap(MintedClaims::of);
    if (claims.isEmpty()) {
      return;
    }
    if (!client.getClientId().equals(token.getIssuedFor())) {
      refused(Refused.of(Reason.WRONG_CLIENT, claims.get().keyId()));
      throw error(OAuthErrorException.INVALID_REQUEST, "The token was not issued to this client");
    }
    Instant ends = Instant.ofEpochSecond(token.getExp()).plusSeconds(1);
    Duration left = Duration.between(Requests.now(), ends);
    session
        .revokedTokens()
        .put(token.getId(), (left.compareTo(AT_LEAST) > 0 ? left : AT_LEAST).toSeconds());
    event
        .user(token.getSubject())
        .detail(Details.TOKEN_ID, token.getId())
        .detail(Audit.KEY_ID, claims.get().keyId())
        .success();
  }

  /** Leaves an event of its own, which a later one of this request does not touch. */
  private void refused(Refused refused) {
    UseRecorder.refused(session, event.clone(), refused.by(WAY));
  }

  private CorsErrorResponseException error(String code, String description) {
    return error(Response.Status.BAD_REQUEST, code, description);
  }

  private CorsErrorResponseException error(
      Response.Status status, String code, String description) {
    return new CorsErrorResponseException(cors, code, description, status);
  }
}
