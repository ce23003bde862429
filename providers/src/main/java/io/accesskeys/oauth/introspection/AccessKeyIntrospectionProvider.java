package io.accesskeys.oauth.introspection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.audit.Audit;
import io.accesskeys.http.Requests;
import io.accesskeys.key.AuthorizationDetails;
import io.accesskeys.key.Grant;
import io.accesskeys.management.UseRecorder;
import io.accesskeys.oauth.ReportedFacts;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.request.ClientAddress;
import io.accesskeys.restriction.CallingClient;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.token.KeyClaims;
import io.accesskeys.token.MintedClaims;
import io.accesskeys.token.Minting;
import io.accesskeys.token.TokenRoles;
import io.accesskeys.verification.AnswerTimes;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.PresentedKeys;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Requirements;
import io.accesskeys.verification.Verifier;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.ErrorResponseException;
import org.keycloak.util.JsonSerialization;
import org.keycloak.utils.MediaType;

/**
 * RFC 7662 introspection of access keys, in place of Keycloak's provider for access tokens. What is
 * not ours goes to that provider as it came: a JWT that was not minted from a key introspects as if
 * we were not there. It must extend Keycloak's class, which the Account API casts to.
 *
 * <p>What restrictions look at is what the authenticated caller tells of the request with the key:
 * see {@link ReportedFacts}. The request itself comes from the caller.
 */
final class AccessKeyIntrospectionProvider extends AccessTokenIntrospectionProvider<AccessToken> {

  private static final String WAY = "introspection";
  private static final String WAY_OF_JWT = "introspection_jwt";

  AccessKeyIntrospectionProvider(KeycloakSession session) {
    super(session);
  }

  @Override
  public Response introspect(String presented, EventBuilder event) {
    // Every JWT has dots, and no key of ours has.
    if (presented.indexOf('.') >= 0 && new PresentedKeys(session).read(presented).isEmpty()) {
      return super.introspect(presented, event);
    }
    if (Requests.keyInUrl(session)) {
      UseRecorder.refused(session, event, Refused.of(Reason.IN_URL).by(WAY));
      throw new ErrorResponseException(
          OAuthErrorException.INVALID_REQUEST,
          "An access key must never be in a URL",
          Response.Status.BAD_REQUEST);
    }
    RequestFacts facts = facts(Requests.authenticated(session.getContext().getClient()));
    return new Verifier(session)
        .verify(presented, facts, Requirements.NONE)
        .fold(
            accepted -> introspect(accepted, facts, event),
            refused -> {
              UseRecorder.watch(session, refused, presented);
              UseRecorder.refused(session, event, refused.by(WAY));
              return inactive();
            });
  }

  /** Adds to Keycloak's checks that the key behind a JWT, if there is one, still stands. */
  @Override
  protected boolean introspectionChecks(String tokenText) {
    if (!super.introspectionChecks(tokenText)) {
      return false;
    }
    Optional<MintedClaims> claims = MintedClaims.of(token);
    if (claims.isEmpty()) {
      return true;
    }
    RequestFacts facts = facts(claims.get().caller().flatMap(this::client));
    return new Verifier(session)
        .verifyMinted(
            claims.get().keyId(),
            claims.get().secretNumber(),
            facts,
            Requirements.forClient(token.getIssuedFor()))
        .fold(accepted -> stands(claims.get(), accepted, facts), this::refuseJwt);
  }

  private boolean stands(MintedClaims claims, Accepted accepted, RequestFacts facts) {
    if (exceeds(claims, accepted)) {
      return refuseJwt(Refused.of(Reason.INSUFFICIENT_SCOPE, accepted.key().id()));
    }
    MintedClaims.put(transformedToken, accepted, claims.authorizationDetails(), claims.caller());
    TokenRoles.narrow(transformedToken, session);
    transformedToken.exp(
        Math.min(
            token.getExp(),
            AnswerTimes.of(accepted, facts.at(), policy()).forget().getEpochSecond()));
    UseRecorder.accepted(session, WAY_OF_JWT, accepted, facts);
    return true;
  }

  /** Whether a JWT says more than its key does now: it was narrowed, or its owner lost a role. */
  private boolean exceeds(MintedClaims claims, Accepted accepted) {
    Grant grant = accepted.key().grant();
    return !AuthorizationDetails.cover(grant.authorizationDetails(), claims.authorizationDetails())
        || Stream.ofNullable(token.getScope())
            .flatMap(scopes -> Stream.of(scopes.split(" ")))
            .anyMatch(scope -> !scope.isEmpty() && !accepted.scopes().contains(scope));
  }

  /**
   * Keycloak looks for the user of a JWT next, and answers 500 where that user's federation fails.
   */
  @Override
  protected boolean verifyClient() {
    if (!super.verifyClient()) {
      return false;
    }
    return MintedClaims.of(token)
        .filter(claims -> new Verifier(session).cannotReachOwnerOf(claims.keyId()))
        .map(claims -> refuseJwt(Refused.of(Reason.OWNER_UNREACHABLE, claims.keyId())))
        .orElse(true);
  }

  /** For what comes from a key, one rule: the caller is the API client, or in the audience. */
  @Override
  protected boolean verifyAudience() {
    if (!MintedClaims.in(token)) {
      return super.verifyAudience();
    }
    if (KeyClaims.concern(session.getContext().getClient(), token.getIssuedFor(), token)) {
      return true;
    }
    return refuseJwt(Refused.of(Reason.WRONG_AUDIENCE));
  }

  private boolean refuseJwt(Refused refused) {
    UseRecorder.refused(session, eventBuilder, refused.by(WAY_OF_JWT));
    // Keycloak signs what it finds here when the caller asks for application/jwt, inactive or not.
    transformedToken = null;
    return false;
  }

  private Response introspect(Accepted accepted, RequestFacts facts, EventBuilder event) {
    ClientModel caller = session.getContext().getClient();
    AccessToken claims = KeyClaims.of(session, accepted);
    if (!KeyClaims.concern(caller, accepted.apiClient().getClientId(), claims)) {
      UseRecorder.refused(
          session, event, Refused.of(Reason.WRONG_AUDIENCE, accepted.key().id()).by(WAY));
      return inactive();
    }
    UseRecorder.accepted(session, WAY, accepted, facts);
    AnswerTimes times = AnswerTimes.of(accepted, facts.at(), policy());
    ObjectNode answer = KeyIntrospection.of(accepted, claims, times, policy());
    if (wantsJwt(caller) && new Minting(session).obstacle(accepted.apiClient()).isEmpty()) {
      answer.put("jwt", new Minting(session).jwt(accepted, facts.caller(), times, event));
    }
    ClientAddress.put(event, session)
        .user(accepted.owner())
        .detail(Audit.KEY_ID, accepted.key().id())
        .success();
    return json(answer);
  }

  /** As Keycloak's own provider decides it. */
  private boolean wantsJwt(ClientModel caller) {
    return MediaType.APPLICATION_JWT.equals(
            session
                .getContext()
                .getHttpRequest()
                .getHttpHeaders()
                .getHeaderString(HttpHeaders.ACCEPT))
        && Boolean.parseBoolean(
            caller.getAttribute(Constants.SUPPORT_JWT_CLAIM_IN_INTROSPECTION_RESPONSE_ENABLED));
  }

  private RealmPolicy policy() {
    return RealmPolicy.of(session, session.getContext().getRealm());
  }

  /** The client that presented the key; empty if nobody is called so any more. */
  private Optional<CallingClient> client(String clientId) {
    return Optional.ofNullable(session.getContext().getRealm().getClientByClientId(clientId))
        .filter(ClientModel::isEnabled)
        .map(Requests::calling);
  }

  private RequestFacts facts(Optional<CallingClient> caller) {
    return ReportedFacts.in(Requests.form(session), caller);
  }

  private static Response inactive() {
    return json(JsonSerialization.createObjectNode().put("active", false));
  }

  private static Response json(ObjectNode body) {
    return Response.ok(body.toString(), MediaType.APPLICATION_JSON_TYPE).build();
  }
}
