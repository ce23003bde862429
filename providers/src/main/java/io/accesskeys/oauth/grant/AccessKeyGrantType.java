package io.accesskeys.oauth.grant;

import io.accesskeys.audit.Audit;
import io.accesskeys.http.Requests;
import io.accesskeys.management.UseRecorder;
import io.accesskeys.request.ClientAddress;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.token.ExcessiveRightsException;
import io.accesskeys.token.MintedClaims;
import io.accesskeys.token.MintedRights;
import io.accesskeys.token.Minting;
import io.accesskeys.token.TransientSession;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Requirements;
import io.accesskeys.verification.Verifier;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.keycloak.OAuthErrorException;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.protocol.oidc.grants.OAuth2GrantTypeBase;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.ErrorResponseException;

/**
 * Extension grant (RFC 6749 section 4.5): an access key for a short-lived JWT.
 *
 * <p>{@code grant_type=urn:access-keys:grant-type:access-key&access_key=<key>[&scope=…]}; the
 * authenticated client is the API client, which may be public. The JWT has at most the key's
 * scopes, no refresh token and no {@code openid}, and ends with the key at the latest.
 */
final class AccessKeyGrantType extends OAuth2GrantTypeBase {

  static final String WAY = "grant";
  static final String ACCESS_KEY = "access_key";

  private MintedRights rights;

  @Override
  public Response process(Context grantContext) {
    setContext(grantContext);
    ClientAddress.put(event, session);
    if (Requests.keyInUrl(session)) {
      throw refuse(Refused.of(Reason.IN_URL));
    }
    MultivaluedMap<String, String> form = Requests.form(session);
    String presented = form.getFirst(ACCESS_KEY);
    if (presented == null || presented.isEmpty()) {
      throw error(OAuthErrorException.INVALID_REQUEST, "Missing form parameter: " + ACCESS_KEY);
    }
    Minting.obstacle(session.getKeycloakSessionFactory())
        .ifPresent(
            sentence -> {
              event.detail(Details.REASON, sentence).error(Errors.NOT_ALLOWED);
              throw error(
                  OAuthErrorException.UNSUPPORTED_GRANT_TYPE,
                  "This server makes no tokens from access keys. Its administrator finds the reason"
                      + " in the health of access keys");
            });
    if (client.isConsentRequired()) {
      event.error(Errors.CONSENT_DENIED);
      throw error(
          OAuthErrorException.UNAUTHORIZED_CLIENT,
          "A client that requires consent cannot use access keys");
    }
    RequestFacts facts = Requests.facts(session).by(Requests.authenticated(client));
    return new Verifier(session)
        .verify(presented, facts, Requirements.forClient(client.getClientId()))
        .fold(
            accepted -> mint(accepted, facts, form),
            refused -> {
              UseRecorder.watch(session, refused, presented);
              throw refuse(refused);
            });
  }

  @Override
  public EventType getEventType() {
    return EventType.OAUTH2_EXTENSION_GRANT;
  }

  @Override
  public Set<String> getTokenParameterNames() {
    return Set.of(ACCESS_KEY);
  }

  /**
   * Never: what was minted from a key is for the API it was issued for. Asked by Admin REST,
   * Account REST and Keycloak's other endpoints, after they have checked the signature.
   *
   * @throws ErrorResponseException 403 from Admin REST, which would otherwise answer as if nobody
   *     had authenticated
   */
  @Override
  public boolean isTokenAllowed(KeycloakSession asking, AccessToken token) {
    if (asking.getContext().getUri().getPath().startsWith("/admin")) {
      throw new ErrorResponseException(
          Errors.ACCESS_DENIED, MintedClaims.NOT_ACCEPTED_HERE, Response.Status.FORBIDDEN);
    }
    return false;
  }

  @Override
  protected boolean useRefreshToken() {
    return false;
  }

  /** Adds what RFC 9396 section 7 asks for. */
  @Override
  protected void addCustomTokenResponseClaims(
      AccessTokenResponse response, ClientSessionContext sessionContext) {
    if (!rights.authorizationDetails().isEmpty()) {
      response.setOtherClaims(MintedClaims.AUTHORIZATION_DETAILS, rights.authorizationDetails());
    }
  }

  private Response mint(
      Accepted accepted, RequestFacts facts, MultivaluedMap<String, String> form) {
    event.user(accepted.owner()).detail(Audit.KEY_ID, accepted.key().id());
    event.detail(Details.USERNAME, accepted.owner().getUsername());
    rights = requestedRights(accepted, form);
    ClientSessionContext sessionContext = TransientSession.of(session, accepted, rights.scopes());
    AccessTokenResponseBuilder response =
        createTokenResponseBuilder(
            accepted.owner(),
            sessionContext.getClientSession().getUserSession(),
            sessionContext,
            String.join(" ", rights.scopes()),
            null);
    new Minting(session).complete(response.getAccessToken(), accepted, rights, facts.caller());
    UseRecorder.accepted(session, WAY, accepted, MintedRights.named(form), facts);
    return createTokenResponse(response, sessionContext, true);
  }

  private MintedRights requestedRights(Accepted accepted, MultivaluedMap<String, String> form) {
    try {
      return MintedRights.requested(accepted, form);
    } catch (ExcessiveRightsException e) {
      UseRecorder.refused(
          session, event, Refused.of(Reason.INSUFFICIENT_SCOPE, accepted.key().id()).by(WAY));
      throw error(e.error(), e.getMessage());
    }
  }

  private CorsErrorResponseException refuse(Refused refused) {
    UseRecorder.refused(session, event, refused.by(WAY));
    return switch (refused.reason()) {
      case INSECURE_TRANSPORT ->
          new CorsErrorResponseException(
              cors,
              OAuthErrorException.INVALID_REQUEST,
              "HTTPS required",
              Response.Status.FORBIDDEN);
      case IN_URL ->
          error(OAuthErrorException.INVALID_REQUEST, "An access key must never be in a URL");
      default -> error(OAuthErrorException.INVALID_GRANT, "The access key is not valid here");
    };
  }

  private CorsErrorResponseException error(String code, String description) {
    return new CorsErrorResponseException(cors, code, description, Response.Status.BAD_REQUEST);
  }
}
