package io.accesskeys.oauth.exchange;

import io.accesskeys.audit.Audit;
import io.accesskeys.http.Requests;
import io.accesskeys.management.UseRecorder;
import io.accesskeys.oauth.ReportedFacts;
import io.accesskeys.request.ClientAddress;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.token.ExcessiveRightsException;
import io.accesskeys.token.KeyClaims;
import io.accesskeys.token.MintedClaims;
import io.accesskeys.token.MintedRights;
import io.accesskeys.token.Minting;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Requirements;
import io.accesskeys.verification.Verifier;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.actiontoken.TokenUtils;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.CorsErrorResponseException;

/**
 * RFC 8693 token exchange of an access key for a short-lived JWT, by a gateway or resource server
 * that the key was sent to: {@code subject_token=<key>} with {@code
 * subject_token_type=urn:access-keys:token-type:access-key}.
 *
 * <p>The caller is confidential, may use Keycloak's standard token exchange, and is the key's API
 * client or in the audience that its mappers give. The JWT is the API client's, as with our own
 * grant. {@code scope}, {@code authorization_details} and {@code audience} narrow it. Restrictions
 * look at what the caller tells of the request it got, as at introspection.
 */
final class AccessKeyExchange implements TokenExchangeProvider {

  static final String SUBJECT_TOKEN_TYPE = "urn:access-keys:token-type:access-key";

  private static final String WAY = "exchange";

  private final KeycloakSession session;
  private TokenExchangeContext exchange;
  private MultivaluedMap<String, String> form;

  AccessKeyExchange(KeycloakSession session) {
    this.session = session;
  }

  @Override
  public boolean supports(TokenExchangeContext context) {
    return SUBJECT_TOKEN_TYPE.equals(context.getParams().getSubjectTokenType());
  }

  @Override
  public Response exchange(TokenExchangeContext context) {
    exchange = context;
    form = Requests.form(session);
    ClientAddress.put(context.getEvent(), session);
    if (Requests.keyInUrl(session)) {
      throw refuse(Refused.of(Reason.IN_URL));
    }
    requireKnownParameters();
    requirePermittedCaller();
    String presented = form.getFirst(OAuth2Constants.SUBJECT_TOKEN);
    if (presented == null) {
      throw invalid(OAuthErrorException.INVALID_REQUEST, "Missing form parameter: subject_token");
    }
    RequestFacts facts = ReportedFacts.in(form, Requests.authenticated(context.getClient()));
    return new Verifier(session)
        .verify(presented, facts, Requirements.NONE)
        .fold(
            accepted -> exchangeFor(accepted, facts),
            refused -> {
              UseRecorder.watch(session, refused, presented);
              throw refuse(refused);
            });
  }

  private Response exchangeFor(Accepted accepted, RequestFacts facts) {
    if (!KeyClaims.concern(
        exchange.getClient(),
        accepted.apiClient().getClientId(),
        KeyClaims.of(session, accepted))) {
      throw refuse(Refused.of(Reason.WRONG_AUDIENCE, accepted.key().id()));
    }
    return mint(accepted, facts);
  }

  @Override
  public void close() {}

  /** What we cannot do is refused, not passed over. */
  private void requireKnownParameters() {
    String wanted = form.getFirst(OAuth2Constants.REQUESTED_TOKEN_TYPE);
    if (wanted != null && !wanted.equals(OAuth2Constants.ACCESS_TOKEN_TYPE)) {
      throw invalid(
          OAuthErrorException.INVALID_REQUEST, "requested_token_type must be an access token");
    }
    if (form.containsKey(OAuth2Constants.RESOURCE)) {
      throw invalid(OAuthErrorException.INVALID_TARGET, "resource is not supported, use audience");
    }
    Stream.of(
            OAuth2Constants.ACTOR_TOKEN,
            OAuth2Constants.REQUESTED_SUBJECT,
            OAuth2Constants.REQUESTED_ISSUER,
            OAuth2Constants.SUBJECT_ISSUER)
        .filter(form::containsKey)
        .findFirst()
        .ifPresent(
            name -> {
              throw invalid(
                  OAuthErrorException.INVALID_REQUEST, name + " is not supported for access keys");
            });
  }

  private void requirePermittedCaller() {
    ClientModel caller = exchange.getClient();
    if (caller.isPublicClient()) {
      throw unauthorized("A public client cannot exchange access keys");
    }
    if (!OIDCAdvancedConfigWrapper.fromClientModel(caller).isStandardTokenExchangeEnabled()) {
      throw unauthorized("Standard token exchange is not enabled for this client");
    }
  }

  private Response mint(Accepted accepted, RequestFacts facts) {
    exchange.getEvent().user(accepted.owner()).detail(Audit.KEY_ID, accepted.key().id());
    exchange.getEvent().detail(Details.USERNAME, accepted.owner().getUsername());
    new Minting(session)
        .obstacle(accepted.apiClient())
        .ifPresent(
            sentence -> {
              throw unauthorized(sentence);
            });
    MintedRights rights = rights(accepted);
    AccessTokenResponse answer = token(accepted, rights, facts);
    UseRecorder.accepted(session, WAY, accepted, MintedRights.named(form), facts);
    exchange.getEvent().success();
    return exchange.getCors().add(Response.ok(answer, MediaType.APPLICATION_JSON_TYPE));
  }

  private AccessTokenResponse token(Accepted accepted, MintedRights rights, RequestFacts facts) {
    ClientModel caller = exchange.getClient();
    try {
      session.getContext().setClient(accepted.apiClient());
      AccessTokenResponseBuilder response =
          new Minting(session)
              .mint(accepted, rights, facts.caller(), audience(), exchange.getEvent());
      requireAudience(response);
      AccessTokenResponse answer = response.build();
      answer.setOtherClaims(OAuth2Constants.ISSUED_TOKEN_TYPE, OAuth2Constants.ACCESS_TOKEN_TYPE);
      if (!rights.authorizationDetails().isEmpty()) {
        answer.setOtherClaims(MintedClaims.AUTHORIZATION_DETAILS, rights.authorizationDetails());
      }
      return answer;
    } finally {
      session.getContext().setClient(caller);
    }
  }

  private MintedRights rights(Accepted accepted) {
    try {
      return MintedRights.requested(accepted, form);
    } catch (ExcessiveRightsException e) {
      UseRecorder.refused(
          session,
          exchange.getEvent(),
          Refused.of(Reason.INSUFFICIENT_SCOPE, accepted.key().id()).by(WAY));
      throw answer(e.error(), e.getMessage());
    }
  }

  /**
   * The clients that the request names; a name that is nobody's, or that of a disabled client,
   * cannot be in any token.
   */
  private List<ClientModel> audience() {
    return Stream.ofNullable(form.get(OAuth2Constants.AUDIENCE))
        .flatMap(List::stream)
        .map(name -> Optional.ofNullable(exchange.getRealm().getClientByClientId(name)))
        .map(client -> client.filter(ClientModel::isEnabled).orElseThrow(this::invalidTarget))
        .toList();
  }

  private void requireAudience(AccessTokenResponseBuilder response) {
    Set<String> missing =
        TokenUtils.checkRequestedAudiences(
            response.getAccessToken(), form.get(OAuth2Constants.AUDIENCE));
    if (!missing.isEmpty()) {
      throw invalidTarget();
    }
  }

  private CorsErrorResponseException refuse(Refused refused) {
    UseRecorder.refused(session, exchange.getEvent(), refused.by(WAY));
    return switch (refused.reason()) {
      case INSECURE_TRANSPORT ->
          new CorsErrorResponseException(
              exchange.getCors(),
              OAuthErrorException.INVALID_REQUEST,
              "HTTPS required",
              Response.Status.FORBIDDEN);
      case IN_URL ->
          answer(OAuthErrorException.INVALID_REQUEST, "An access key must never be in a URL");
      // RFC 8693 section 2.2.2: so is a subject token that is not valid, for whatever reason.
      default -> answer(OAuthErrorException.INVALID_REQUEST, "The access key is not valid here");
    };
  }

  private CorsErrorResponseException invalidTarget() {
    return invalid(
        OAuthErrorException.INVALID_TARGET, "The access key does not have this audience");
  }

  private CorsErrorResponseException unauthorized(String description) {
    exchange.getEvent().detail(Details.REASON, description).error(Errors.NOT_ALLOWED);
    return answer(OAuthErrorException.UNAUTHORIZED_CLIENT, description);
  }

  private CorsErrorResponseException invalid(String code, String description) {
    exchange.getEvent().error(Errors.INVALID_REQUEST);
    return answer(code, description);
  }

  private CorsErrorResponseException answer(String code, String description) {
    return new CorsErrorResponseException(
        exchange.getCors(), code, description, Response.Status.BAD_REQUEST);
  }
}
