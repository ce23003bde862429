package io.accesskeys.token;

import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.CallingClient;
import io.accesskeys.verification.AnswerTimes;
import io.accesskeys.verification.Decision.Accepted;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.representations.AccessToken;

/**
 * Makes short-lived JWTs of accepted keys: by Keycloak's own token code, in a transient session,
 * within policy and never past the key or the secret that was used.
 */
public final class Minting {

  /**
   * The grant that every such JWT counts as, whichever way it was asked for, so that Keycloak's own
   * endpoints ask that grant whether they may accept it.
   */
  public static final String GRANT_TYPE = "urn:access-keys:grant-type:access-key";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;

  /** For the realm of this session. */
  public Minting(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.policy = RealmPolicy.of(session, realm);
  }

  /**
   * Why this server makes no JWT from keys, as a sentence for its operator; empty if it does. It is
   * off where our grant is, without which Keycloak can make none, and where Keycloak's own
   * endpoints would take what was minted.
   */
  public static Optional<String> obstacle(KeycloakSessionFactory factories) {
    if (factories.getProviderFactory(OAuth2GrantType.class, GRANT_TYPE) == null) {
      return Optional.of("The grant for access keys is disabled");
    }
    return KeycloakFence.stands(factories)
        ? Optional.empty()
        : Optional.of(
            "This server would accept tokens minted from access keys at Keycloak's own endpoints."
                + " Switch the provider access-keys of the SPI oauth2-token-verifier on again, or"
                + " install a version of Keycloak Access Keys that supports this Keycloak release");
  }

  /**
   * What stands in the way of a JWT for this API client that somebody else than the API client asks
   * for, as a sentence; empty if nothing does.
   */
  public Optional<String> obstacle(ClientModel apiClient) {
    Optional<String> here = obstacle(session.getKeycloakSessionFactory());
    if (here.isPresent()) {
      return here;
    }
    OIDCAdvancedConfigWrapper config = OIDCAdvancedConfigWrapper.fromClientModel(apiClient);
    if (apiClient.isConsentRequired()) {
      return Optional.of("A client that requires consent cannot use access keys");
    }
    return config.isUseMtlsHokToken() || config.isUseDPoP()
        ? Optional.of("The API client takes only tokens that are bound to their sender")
        : Optional.empty();
  }

  /**
   * A JWT that is not signed yet.
   *
   * @param caller the authenticated client that presented the key; empty if there was none
   * @param audience the clients to which its audience is cut down; none for all it would have
   * @param event learns the id of the token and its scope, once the response is built
   * @return builds the token response of RFC 6749 section 5.1
   */
  public AccessTokenResponseBuilder mint(
      Accepted accepted,
      MintedRights rights,
      Optional<CallingClient> caller,
      List<ClientModel> audience,
      EventBuilder event) {
    ClientSessionContext context = TransientSession.of(session, accepted, rights.scopes());
    context.setAttribute(Constants.GRANT_TYPE, GRANT_TYPE);
    if (!audience.isEmpty()) {
      context.setAttribute(
          Constants.REQUESTED_AUDIENCE_CLIENTS, audience.toArray(ClientModel[]::new));
    }
    AccessTokenResponseBuilder response =
        new TokenManager()
            .responseBuilder(
                realm,
                accepted.apiClient(),
                event,
                session,
                context.getClientSession().getUserSession(),
                context)
            .generateAccessToken();
    response.getAccessToken().setSessionId(null);
    complete(response.getAccessToken(), accepted, rights, caller);
    return response;
  }

  /**
   * A JWT for whoever asks about a key instead of trading it.
   *
   * @param caller the authenticated client that presented the key; empty if there was none
   * @param times since when it holds, and until when at the latest
   * @param event is left alone
   */
  public String jwt(
      Accepted accepted, Optional<CallingClient> caller, AnswerTimes times, EventBuilder event) {
    ClientModel client = session.getContext().getClient();
    try {
      // Keycloak's token code takes the context's client for the one the token is for.
      session.getContext().setClient(accepted.apiClient());
      AccessTokenResponseBuilder response =
          mint(accepted, MintedRights.of(accepted), caller, List.of(), event.clone());
      AccessToken token = response.getAccessToken();
      token.iat(times.issued().getEpochSecond());
      token.exp(Math.min(token.getExp(), times.forget().getEpochSecond()));
      return response.build().getToken();
    } finally {
      session.getContext().setClient(client);
    }
  }

  /** Marks a JWT as minted from this key, and ends it in time. */
  public void complete(
      AccessToken token, Accepted accepted, MintedRights rights, Optional<CallingClient> caller) {
    MintedClaims.put(
        token, accepted, rights.authorizationDetails(), caller.map(CallingClient::clientId));
    TokenRoles.narrow(token, session);
    token.exp(expiry(accepted, token).getEpochSecond());
  }

  /** As realm and client have it, but within policy and never past the key or the secret used. */
  private Instant expiry(Accepted accepted, AccessToken token) {
    Instant issued = Instant.ofEpochSecond(token.getIat());
    return Stream.of(
            Optional.ofNullable(token.getExp()).map(Instant::ofEpochSecond),
            Optional.of(issued.plus(policy.maxTokenLifespan())),
            accepted.ends(policy.limits(accepted.key().kind())))
        .flatMap(Optional::stream)
        .min(Instant::compareTo)
        .orElseThrow();
  }
}
