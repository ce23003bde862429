package io.accesskeys.rest.admin;

import io.accesskeys.http.Problem;
import io.accesskeys.http.ProblemException;
import io.accesskeys.management.api.Change;
import io.accesskeys.management.api.Change.AddGateway;
import io.accesskeys.management.api.Change.Assign;
import io.accesskeys.management.api.Change.MakeClient;
import io.accesskeys.management.api.Change.MakeRole;
import io.accesskeys.management.api.Change.MakeScope;
import io.accesskeys.management.api.Change.MapRole;
import io.accesskeys.management.api.Change.SetClient;
import io.accesskeys.management.api.Change.SetScope;
import io.accesskeys.management.api.Change.Unassign;
import io.accesskeys.management.api.ClientSetting;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * What each part of preparing an API client takes: what Keycloak's own endpoint takes for it, with
 * either version of fine-grained permissions.
 */
final class ApiRights implements Change.Visitor<Boolean> {

  private static final String CLIENTS =
      "the role manage-clients, or the fine-grained permission to manage ";

  private final RealmModel realm;
  private final AdminPermissionEvaluator auth;
  private final String clientId;

  ApiRights(RealmModel realm, AdminPermissionEvaluator auth, String clientId) {
    this.realm = realm;
    this.auth = auth;
    this.clientId = clientId;
  }

  /**
   * Ends the request of an administrator who may not touch this client at all, before they learn
   * anything of it.
   *
   * @throws ProblemException 403
   */
  void requireClient() {
    ClientModel client = client();
    if (client == null ? !auth.clients().canManage() : !auth.clients().canConfigure(client)) {
      throw forbidden(
          "You may not prepare the client `%s`: that needs %sthis client"
              .formatted(clientId, CLIENTS));
    }
  }

  /**
   * Ends the request of an administrator who may not make this change.
   *
   * @throws ProblemException 403, naming the right that is missing
   */
  void require(Change change) {
    if (!change.accept(this)) {
      throw forbidden(
          "Nothing was changed, because you may not %s (`%s`): that needs %s"
              .formatted(change.detail(), change.name(), change.accept(NEEDED)));
    }
  }

  @Override
  public Boolean visit(MakeClient change) {
    return auth.clients().canManage();
  }

  @Override
  public Boolean visit(SetClient change) {
    return change.settings().contains(ClientSetting.NO_FULL_SCOPE)
        ? mayManageClient()
        : auth.clients().canConfigure(client());
  }

  @Override
  public Boolean visit(MakeRole change) {
    return auth.roles().canManage(realm);
  }

  @Override
  public Boolean visit(MakeScope change) {
    return auth.clients().canManageClientScopes();
  }

  @Override
  public Boolean visit(SetScope change) {
    return auth.clients().canManageClientScopes();
  }

  /** Of a role that is yet to be made, Keycloak can be asked when it is there. */
  @Override
  public Boolean visit(MapRole change) {
    RoleModel role = realm.getRole(change.role());
    return mayManageScope(change.name()) && (role == null || auth.roles().canMapClientScope(role));
  }

  @Override
  public Boolean visit(Unassign change) {
    return mayManageClient() && mayManageScope(change.name());
  }

  @Override
  public Boolean visit(Assign change) {
    return mayManageClient() && mayManageScope(change.name());
  }

  @Override
  public Boolean visit(AddGateway change) {
    return mayManageClient();
  }

  /** What the right is called. */
  private static final Change.Visitor<String> NEEDED =
      new Change.Visitor<>() {
        @Override
        public String visit(MakeClient change) {
          return CLIENTS + "all clients";
        }

        @Override
        public String visit(SetClient change) {
          return CLIENTS + "this client";
        }

        @Override
        public String visit(MakeRole change) {
          return "the role manage-realm";
        }

        @Override
        public String visit(MakeScope change) {
          return "the right to manage client scopes, which the role manage-clients gives";
        }

        @Override
        public String visit(SetScope change) {
          return "the right to manage client scopes, which the role manage-clients gives";
        }

        @Override
        public String visit(MapRole change) {
          return "the right to manage client scopes, which the role manage-clients gives, and the"
              + " right to map this role to client scopes, which the role manage-realm gives";
        }

        @Override
        public String visit(Unassign change) {
          return CLIENTS + "this client, and the right to manage client scopes";
        }

        @Override
        public String visit(Assign change) {
          return CLIENTS + "this client, and the right to manage client scopes";
        }

        @Override
        public String visit(AddGateway change) {
          return CLIENTS + "this client";
        }
      };

  private boolean mayManageClient() {
    ClientModel client = client();
    return client == null ? auth.clients().canManage() : auth.clients().canManage(client);
  }

  private boolean mayManageScope(String name) {
    ClientScopeModel scope = KeycloakModelUtils.getClientScopeByName(realm, name);
    return scope == null ? auth.clients().canManageClientScopes() : auth.clients().canManage(scope);
  }

  private ClientModel client() {
    return realm.getClientByClientId(clientId);
  }

  private static ProblemException forbidden(String detail) {
    return Problem.of(Problem.Kind.FORBIDDEN, detail).exception();
  }
}
