package io.accesskeys.token;

import io.accesskeys.verification.Decision.Accepted;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.representations.AccessToken;

/** What the mappers of the API client and of a key's scopes say of an accepted key. */
public final class KeyClaims {

  private KeyClaims() {}

  /** The claims, as introspection shows them. */
  public static AccessToken of(KeycloakSession session, Accepted accepted) {
    ClientModel caller = session.getContext().getClient();
    try {
      // Keycloak's token code takes the context's client for the one the token is for.
      session.getContext().setClient(accepted.apiClient());
      ClientSessionContext context = TransientSession.of(session, accepted, accepted.scopes());
      UserSessionModel userSession = context.getClientSession().getUserSession();
      AccessToken bare = new AccessToken();
      bare.subject(accepted.owner().getId());
      bare.issuer(context.getClientSession().getNote(OAuth2Constants.ISSUER));
      bare.setScope(context.getScopeString());
      AccessToken claims =
          new TokenManager()
              .transformIntrospectionAccessToken(session, bare, bare, userSession, context);
      TokenRoles.narrow(claims, session);
      return claims;
    } finally {
      session.getContext().setClient(caller);
    }
  }

  /**
   * Whether what comes from a key is this client's business: it is the API client, or in the
   * audience.
   *
   * @param apiClientId the {@code client_id} of the API client
   */
  public static boolean concern(ClientModel caller, String apiClientId, AccessToken claims) {
    return caller.getClientId().equals(apiClientId) || claims.hasAudience(caller.getClientId());
  }
}
