package io.accesskeys.token;

import io.accesskeys.request.ClientAddress;
import io.accesskeys.request.Transport;
import io.accesskeys.verification.Decision.Accepted;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.common.util.KeycloakUriBuilder;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.models.delegate.ClientModelLazyDelegate;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.services.Urls;
import org.keycloak.services.managers.UserSessionManager;
import org.keycloak.services.util.DefaultClientSessionContext;

/**
 * The session in which Keycloak's token code works for a key: transient, so nothing is stored, and
 * made without an authentication session, which would be.
 */
public final class TransientSession {

  private static final String AUTH_METHOD = "access-key";
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  /**
   * The API client as Keycloak's token code shall see it. That asks every client for its own roles,
   * which enter the client's tokens whatever their scope, and for a client that has none it is a
   * statement to the database each time. An API client has none; and should it get one this very
   * moment, the key gains nothing by it.
   */
  private static final class WithoutRoles extends ClientModelLazyDelegate {

    WithoutRoles(ClientModel client) {
      super(() -> client);
    }

    @Override
    public Stream<RoleModel> getRolesStream() {
      return Stream.empty();
    }
  }

  private TransientSession() {}

  /**
   * A session of the key's owner with the API client. The session's context client must be the API
   * client.
   *
   * @param scopes names of grantable scopes, at most those of the decision
   */
  public static ClientSessionContext of(
      KeycloakSession session, Accepted accepted, Set<String> scopes) {
    RealmModel realm = session.getContext().getRealm();
    ClientModel client = accepted.apiClient();
    UserSessionModel userSession =
        new UserSessionManager(session)
            .createUserSession(
                KeycloakModelUtils.generateId(),
                realm,
                accepted.owner(),
                accepted.owner().getUsername(),
                ClientAddress.of(session).orElse(null),
                AUTH_METHOD,
                false,
                null,
                null,
                SessionPersistenceState.TRANSIENT);
    AuthenticatedClientSessionModel clientSession =
        session.sessions().createClientSession(realm, new WithoutRoles(client), userSession);
    clientSession.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
    clientSession.setNote(
        OIDCLoginProtocol.ISSUER,
        Urls.realmIssuer(server(session.getContext().getUri().getBaseUri()), realm.getName()));
    String scopeParam = String.join(" ", scopes);
    clientSession.setNote(OIDCLoginProtocol.SCOPE_PARAM, scopeParam);
    Set<ClientScopeModel> requested =
        new HashSet<>(
            TokenManager.getRequestedClientScopes(session, scopeParam, client, accepted.owner())
                .toList());
    return DefaultClientSessionContext.fromClientSessionAndClientScopes(
        clientSession, requested, scopesInEffect(client, scopes), session);
  }

  /**
   * The server as its tokens name it, also for a request whose proxy has spelled its scheme
   * otherwise, or called it that of a WebSocket.
   */
  private static URI server(URI requested) {
    String scheme = requested.getScheme();
    if (scheme.equals("https") || scheme.equals("http")) {
      return requested;
    }
    boolean tls = Transport.isOverTls(requested);
    KeycloakUriBuilder server =
        KeycloakUriBuilder.fromUri(requested).scheme(tls ? "https" : "http");
    return requested.getPort() == (tls ? HTTPS_PORT : HTTP_PORT)
        ? server.port(-1).build()
        : server.build();
  }

  /**
   * Names of the client scopes whose mappers run: the key's, and those default scopes that do not
   * name themselves in the token; one that did would be a scope the key was never granted. Keycloak
   * counts the client itself among its scopes, by its display name, which may be null.
   */
  private static Set<String> scopesInEffect(ClientModel client, Set<String> scopes) {
    Set<String> names = new HashSet<>(scopes);
    names.add(client.getName());
    client.getClientScopes(true).values().stream()
        .filter(scope -> !scope.isIncludeInTokenScope())
        .map(ClientScopeModel::getName)
        .forEach(names::add);
    return names;
  }
}
