package io.accesskeys.rest.gateway;

import io.accesskeys.audit.Audit;
import io.accesskeys.http.Problem;
import io.accesskeys.http.Requests;
import io.accesskeys.management.UseRecorder;
import io.accesskeys.password.AccountPasswords;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Requirements;
import io.accesskeys.verification.Verifier;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.EventType;
import org.keycloak.headers.SecurityHeadersProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Forward authentication: a gateway passes a request's headers on and goes by the status. 200 with
 * who is calling in headers, 401 or 403 as RFC 6750 says. The method is the gateway's choice and
 * changes nothing; a body is not read.
 */
public final class VerifyResource {

  private static final String WAY = "verify";

  /** No media type is longer. */
  private static final int MAX_CONTENT_TYPE = 256;

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RequestFacts facts;
  private final RealmPolicy policy;
  private final AllowedResponse permission;
  private final Map<String, List<String>> query;
  private final Optional<String> path;

  private VerifyResource(
      KeycloakSession session, Map<String, List<String>> query, Optional<String> path) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.facts = Requests.facts(session);
    this.policy = RealmPolicy.of(session, realm);
    this.permission = new AllowedResponse(session, policy, facts.at());
    this.query = query;
    this.path = path;
  }

  /** Asked by a gateway with a query of its own. */
  public static VerifyResource asked(KeycloakSession session) {
    return new VerifyResource(
        session,
        session.getContext().getHttpRequest().getUri().getQueryParameters(),
        Optional.empty());
  }

  /**
   * Asked by a gateway that appends the path and the query of the request to ours: they are not its
   * own words, so it has only headers to ask with.
   *
   * @param path the path of the request
   */
  public static VerifyResource ofRequest(KeycloakSession session, String path) {
    return new VerifyResource(session, Map.of(), Optional.of(path));
  }

  /** The decision on the key that was sent. */
  @GET
  public Response get() {
    return answer();
  }

  /** The same. {@link UnreadBodyFilter} makes a GET of it, as of the next two. */
  @POST
  public Response post() {
    return answer();
  }

  /** The same. */
  @PUT
  public Response put() {
    return answer();
  }

  /** The same. */
  @PATCH
  public Response patch() {
    return answer();
  }

  /** The same. */
  @DELETE
  public Response delete() {
    return answer();
  }

  /**
   * The same, but for a browser that asks what it may send to us. Without this method JAX-RS would
   * answer by itself, with a 200 for everybody.
   */
  @OPTIONS
  public Response options() {
    return path.isEmpty() && GatewayCors.isPreflight(facts.headers())
        ? GatewayCors.preflight()
        : answer();
  }

  private Response answer() {
    tolerateAnyContentType();
    boolean always403 = List.of("403").equals(query.get(GatewayQuery.DENY));
    boolean basic = Presented.basicIn(facts.headers());
    if (Requests.keyInUrl(session) || path.filter(Requests::keyInPath).isPresent()) {
      DeniedResponse denials = new DeniedResponse(realm, always403, basic);
      return refuse(Refused.of(Reason.IN_URL), denials, Requirements.NONE);
    }
    GatewayQuery question = GatewayQuery.of(query, facts.headers());
    DeniedResponse denials = new DeniedResponse(realm, always403, basic || question.basic());
    CalledApi api = new CalledApi(session, question.demand());
    new GatewayCors(session, facts.headers()).allow(api::client);
    Presented presented = Presented.in(facts.headers(), policy.keyTexts());
    return presented.fold(
        key -> answer(key, question, denials),
        password ->
            question.jwt()
                ? refuse(Refused.of(Reason.ACCOUNT_PASSWORD), denials, question.demand())
                : answer(password, question.demand(), denials),
        denials::ofNothing,
        unusable -> refuse(Refused.of(unusable.reason()), denials, question.demand()));
  }

  /**
   * A gateway hands on what its client has written, and Keycloak's security headers depend on the
   * type of the body: of one that cannot be read they make a 500.
   */
  private void tolerateAnyContentType() {
    if (!facts.headers().all(HttpHeaders.CONTENT_TYPE).stream().allMatch(this::isMediaType)) {
      session.getProvider(SecurityHeadersProvider.class).options().skipHeaders();
    }
  }

  private boolean isMediaType(String text) {
    try {
      return text.length() <= MAX_CONTENT_TYPE && MediaType.valueOf(text) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Response answer(Presented.Key key, GatewayQuery question, DeniedResponse denials) {
    Requirements demand =
        key.user()
            .map(Requirements::forOwner)
            .map(question.demand()::and)
            .orElse(question.demand());
    return new Verifier(session)
        .verify(key.text(), facts, demand)
        .fold(
            accepted -> allow(accepted, question, demand),
            refused -> {
              UseRecorder.watch(session, refused, key.text());
              return refuse(refused, denials, demand);
            });
  }

  private Response allow(Accepted accepted, GatewayQuery question, Requirements demand) {
    requireKnownApi(demand, accepted);
    Response allowed = question.jwt() ? permission.withJwt(accepted) : permission.plain(accepted);
    UseRecorder.accepted(session, WAY, accepted, demand.named(), facts);
    UseRecorder.sample(session, EventType.INTROSPECT_TOKEN, WAY, accepted);
    return allowed;
  }

  private Response answer(Presented.Password sent, Requirements demand, DeniedResponse denials) {
    return new AccountPasswords(session)
        .verify(new CalledApi(session, demand).client(), sent.user(), sent.password(), demand)
        .fold(
            person -> {
              session.getProvider(Audit.class).accepted(WAY);
              return permission.of(person);
            },
            denied -> refuse(denied.refused(), denials, demand));
  }

  /** Which API is being called goes without saying only where there is just one. */
  private void requireKnownApi(Requirements demand, Accepted accepted) {
    if (!new CalledApi(session, demand).is(accepted.apiClient())) {
      throw Problem.of(
              Problem.Kind.INVALID_REQUEST,
              "The realm does not have exactly one API client: name the one that is called")
          .at("client")
          .exception();
    }
  }

  private Response refuse(Refused refused, DeniedResponse denials, Requirements demand) {
    UseRecorder.refused(session, EventType.INTROSPECT_TOKEN, refused.by(WAY));
    return denials.of(refused.reason(), demand);
  }
}
