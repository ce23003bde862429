package io.accesskeys.management.api;

import io.accesskeys.management.api.Change.AddGateway;
import io.accesskeys.management.api.Change.Assign;
import io.accesskeys.management.api.Change.MakeClient;
import io.accesskeys.management.api.Change.MakeRole;
import io.accesskeys.management.api.Change.MakeScope;
import io.accesskeys.management.api.Change.MapRole;
import io.accesskeys.management.api.Change.SetClient;
import io.accesskeys.management.api.Change.SetScope;
import io.accesskeys.management.api.Change.Unassign;
import io.accesskeys.store.OpenScopes;
import io.accesskeys.store.OptIn;
import io.accesskeys.store.ScopeList;
import io.accesskeys.verification.GrantableScopes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.ModelToRepresentation;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.managers.ClientManager;

/**
 * Makes the changes of a plan, in their order, in the transaction of a session. A change that
 * somebody else makes at the same moment ends it with a {@link
 * org.keycloak.models.ModelDuplicateException}.
 */
public final class ApiChanges implements Change.Visitor<Applied> {

  private static final String TRUE = "true";
  private static final String FALSE = "false";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final String clientId;
  private final ClientHooks hooks;

  /**
   * Changes for one API client.
   *
   * @param clientId its {@code client_id}
   */
  public ApiChanges(KeycloakSession session, RealmModel realm, String clientId, ClientHooks hooks) {
    this.session = session;
    this.realm = realm;
    this.clientId = clientId;
    this.hooks = hooks;
  }

  @Override
  public Applied visit(MakeClient change) {
    ClientRepresentation proposed = NewClient.representation(realm, change.name());
    hooks.beforeMaking(proposed);
    ClientModel made = ClientManager.createClient(session, realm, proposed);
    hooks.made(made);
    return new Applied(change, path(made), proposed);
  }

  @Override
  public Applied visit(SetClient change) {
    ClientModel client = client();
    ScopeList.OPEN.remove(client, change.closed());
    ClientRepresentation proposed = ModelToRepresentation.toRepresentation(client, session);
    Map<String, String> attributes = new HashMap<>(proposed.getAttributes());
    proposed.setAttributes(attributes);
    for (ClientSetting setting : change.settings()) {
      switch (setting) {
        case OPT_IN -> attributes.put(OptIn.ENABLED, TRUE);
        case OPT_OUT -> attributes.put(OptIn.ENABLED, FALSE);
        case NO_FULL_SCOPE -> proposed.setFullScopeAllowed(false);
        case NO_REFRESH_TOKENS -> attributes.put(OIDCConfigAttributes.USE_REFRESH_TOKEN, FALSE);
        case NOT_OPEN -> {
          // The names have been taken off already.
        }
      }
    }
    hooks.beforeChanging(proposed, client);
    // A client policy may have changed what was proposed.
    client.setFullScopeAllowed(proposed.isFullScopeAllowed());
    proposed.getAttributes().forEach(client::setAttribute);
    hooks.changed(proposed, client);
    tellOf(client);
    return new Applied(change, path(client), proposed);
  }

  @Override
  public Applied visit(MakeRole change) {
    RoleModel made = realm.addRole(change.name());
    return new Applied(
        change, "roles/" + change.name(), ModelToRepresentation.toRepresentation(made));
  }

  @Override
  public Applied visit(MakeScope change) {
    ClientScopeModel scope = realm.addClientScope(change.name());
    scope.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
    if (!change.description().isEmpty()) {
      scope.setDescription(change.description());
    }
    scope.setAttribute(GrantableScopes.GRANTABLE, TRUE);
    scope.setIncludeInTokenScope(true);
    if (change.open()) {
      scope.setAttribute(OpenScopes.ATTRIBUTE, TRUE);
    }
    return applied(change, scope);
  }

  @Override
  public Applied visit(SetScope change) {
    ClientScopeModel scope = scope(change.name());
    for (ScopeSetting setting : change.settings()) {
      switch (setting) {
        case GRANTABLE -> scope.setAttribute(GrantableScopes.GRANTABLE, TRUE);
        case IN_TOKEN -> scope.setIncludeInTokenScope(true);
        case OPEN -> scope.setAttribute(OpenScopes.ATTRIBUTE, TRUE);
        case NOT_OPEN -> scope.removeAttribute(OpenScopes.ATTRIBUTE);
        case DESCRIPTION -> scope.setDescription(change.description());
      }
    }
    return applied(change, scope);
  }

  @Override
  public Applied visit(MapRole change) {
    ClientScopeModel scope = scope(change.name());
    RoleModel role = realm.getRole(change.role());
    scope.addScopeMapping(role);
    return new Applied(
        change,
        path(scope) + "/scope-mappings/realm",
        List.of(ModelToRepresentation.toBriefRepresentation(role)));
  }

  @Override
  public Applied visit(Unassign change) {
    ClientScopeModel scope = scope(change.name());
    client().removeClientScope(scope);
    return new Applied(
        change, path(client()) + "/default-client-scopes/" + scope.getId(), name(scope));
  }

  @Override
  public Applied visit(Assign change) {
    ClientScopeModel scope = scope(change.name());
    client().addClientScope(scope, false);
    return new Applied(
        change, path(client()) + "/optional-client-scopes/" + scope.getId(), name(scope));
  }

  @Override
  public Applied visit(AddGateway change) {
    ProtocolMapperModel mapper =
        client().addProtocolMapper(Audience.mapper(client(), change.name()));
    return new Applied(
        change,
        path(client()) + "/protocol-mappers/models/" + mapper.getId(),
        ModelToRepresentation.toRepresentation(mapper));
  }

  /** As Keycloak does once a client is changed: some keep what they have found out about it. */
  private void tellOf(ClientModel client) {
    session
        .getKeycloakSessionFactory()
        .publish(
            new ClientModel.ClientUpdatedEvent() {
              @Override
              public ClientModel getUpdatedClient() {
                return client;
              }

              @Override
              public KeycloakSession getKeycloakSession() {
                return session;
              }
            });
  }

  private static Applied applied(Change change, ClientScopeModel scope) {
    return new Applied(change, path(scope), ModelToRepresentation.toRepresentation(scope));
  }

  private static Map<String, String> name(ClientScopeModel scope) {
    return Map.of("name", scope.getName());
  }

  private static String path(ClientModel client) {
    return "clients/" + client.getId();
  }

  private static String path(ClientScopeModel scope) {
    return "client-scopes/" + scope.getId();
  }

  private ClientModel client() {
    return realm.getClientByClientId(clientId);
  }

  private ClientScopeModel scope(String name) {
    return KeycloakModelUtils.getClientScopeByName(realm, name);
  }
}
