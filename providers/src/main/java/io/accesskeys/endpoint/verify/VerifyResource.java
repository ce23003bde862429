package io.accesskeys.endpoint.verify;

import io.accesskeys.endpoint.Problem;
import io.accesskeys.endpoint.Requests;
import io.accesskeys.endpoint.Uses;
import io.accesskeys.key.KeyKind;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.verification.Decision;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.Demand;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Verifier;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Forward authentication: a gateway passes a request's headers on and goes by the status. 200 with
 * who is calling in headers, 401 or 403 as RFC 6750 says.
 *
 * <p>{@code ?client=} names the API client that is being called, {@code ?scope=} the scopes all of
 * which the key must have, {@code ?kind=} the kind it must be of.
 */
public final class VerifyResource {

  private static final String WAY = "verify";
  private static final Set<String> PARAMETERS = Set.of("client", "scope", "kind");

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;

  /** The endpoint for the realm of this session. */
  public VerifyResource(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = RealmPolicy.of(realm);
  }

  /** The decision on the key in the {@code Authorization} header. */
  @GET
  public Response verify() {
    if (Requests.keyInUrl(session)) {
      return refuse(Refused.of(Reason.IN_URL), Demand.NONE);
    }
    Demand demand = demand();
    List<String> credentials = headers(HttpHeaders.AUTHORIZATION);
    List<String> apiKeys = headers("X-API-Key");
    if (credentials.size() + apiKeys.size() > 1) {
      return refuse(Refused.of(Reason.SEVERAL_CREDENTIALS), demand);
    }
    Optional<String> presented = Requests.bearer(session);
    if (presented.isEmpty()) {
      return unauthenticated("Send the key as Authorization: Bearer", "");
    }
    RequestFacts facts = Requests.facts(session);
    Decision decision = new Verifier(session).verify(presented.get(), facts, demand);
    if (decision instanceof Refused refused) {
      Uses.watch(session, refused, presented.get());
      return refuse(refused, demand);
    }
    Accepted accepted = (Accepted) decision;
    if (demand.client().isEmpty()) {
      requireOnlyApiClient();
    }
    Uses.accepted(session, WAY, accepted, facts);
    return accept(accepted);
  }

  private List<String> headers(String name) {
    return session
        .getContext()
        .getHttpRequest()
        .getHttpHeaders()
        .getRequestHeaders()
        .getOrDefault(name, List.of());
  }

  private Demand demand() {
    MultivaluedMap<String, String> query =
        session.getContext().getHttpRequest().getUri().getQueryParameters();
    query.forEach(
        (name, values) -> {
          if (!PARAMETERS.contains(name) || values.size() != 1) {
            throw Problem.of(
                    Problem.Kind.INVALID_REQUEST,
                    "Only client, scope and kind, each once, are known")
                .at(name)
                .exception();
          }
        });
    Set<String> scopes =
        Arrays.stream(query.getOrDefault("scope", List.of("")).get(0).split(" "))
            .filter(scope -> !scope.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
    return new Demand(
        Optional.ofNullable(query.getFirst("client")),
        Optional.ofNullable(query.getFirst("kind")).map(VerifyResource::kind),
        scopes);
  }

  /**
   * Which API is being called goes without saying only where there is just one. Looked up after the
   * decision, so that what is no key costs no look-up.
   */
  private void requireOnlyApiClient() {
    // Keycloak refuses to search by attributes that the operator has not listed.
    long apiClients =
        realm
            .getClientsStream()
            .filter(client -> Boolean.parseBoolean(client.getAttribute("access-keys.enabled")))
            .limit(2)
            .count();
    if (apiClients != 1) {
      throw Problem.of(
              Problem.Kind.INVALID_REQUEST,
              "The realm does not have exactly one API client: name the one that is called")
          .at("client")
          .exception();
    }
  }

  private static KeyKind kind(String name) {
    return KeyKind.of(name)
        .orElseThrow(
            () ->
                Problem.of(Problem.Kind.INVALID_REQUEST, "There is no such kind")
                    .at("kind")
                    .exception());
  }

  /**
   * Every identity header is always set: a gateway that copies them must overwrite what the caller
   * may have sent under these names.
   */
  private Response accept(Accepted accepted) {
    // A 200 without a media type is a 500 in Keycloak.
    return Response.ok("", MediaType.TEXT_PLAIN_TYPE)
        .header("X-Access-Key-Retires-At", retires(accepted))
        .header("X-Auth-Subject", HeaderText.encode(accepted.owner().getId()))
        .header("X-Auth-Username", HeaderText.encode(accepted.owner().getUsername()))
        .header("X-Auth-Client", HeaderText.encode(accepted.apiClient().getClientId()))
        .header(
            "X-Auth-Scope", HeaderText.encode(String.join(" ", new TreeSet<>(accepted.scopes()))))
        .header("X-Auth-Key-Id", accepted.key().id())
        .header("X-Auth-Key-Kind", accepted.key().kind().wireName())
        .header(HttpHeaders.CACHE_CONTROL, "max-age=" + maxAge(accepted))
        .build();
  }

  /** Null, which sets no header, for the current secret. */
  private static String retires(Accepted accepted) {
    return accepted.secret().retires().map(Instant::toString).orElse(null);
  }

  private long maxAge(Accepted accepted) {
    Instant now = Requests.now();
    return accepted
        .key()
        .endUnder(policy.limits(accepted.key().kind()))
        .map(expires -> Duration.between(now, expires))
        .filter(left -> left.compareTo(policy.revocationBudget()) < 0)
        .orElse(policy.revocationBudget())
        .toSeconds();
  }

  private Response refuse(Refused refused, Demand demand) {
    Uses.refused(session, EventType.INTROSPECT_TOKEN, refused.by(WAY));
    return switch (refused.reason()) {
      case IN_URL ->
          Problem.of(Problem.Kind.INVALID_REQUEST, "An access key must never be in a URL")
              .response()
              .build();
      case INSUFFICIENT_SCOPE -> {
        String scope = String.join(" ", new TreeSet<>(demand.scopes()));
        yield Problem.of(Problem.Kind.INSUFFICIENT_SCOPE, "The key needs the scope " + scope)
            .response()
            .header(
                HttpHeaders.WWW_AUTHENTICATE,
                challenge(
                    ", error=\"insufficient_scope\", scope=\"" + HeaderText.quoted(scope) + "\""))
            .build();
      }
      case SEVERAL_CREDENTIALS ->
          unauthenticated("Send one credential, not several", ", error=\"invalid_request\"");
      case INSECURE_TRANSPORT -> unauthenticated("HTTPS required", ", error=\"invalid_token\"");
      default -> unauthenticated("The key is not valid here", ", error=\"invalid_token\"");
    };
  }

  private Response unauthenticated(String detail, String error) {
    return Problem.of(Problem.Kind.UNAUTHENTICATED, detail)
        .response()
        .header(HttpHeaders.WWW_AUTHENTICATE, challenge(error))
        .build();
  }

  private String challenge(String parameters) {
    return "Bearer realm=\"" + HeaderText.quoted(realm.getName()) + "\"" + parameters;
  }
}
