package io.accesskeys.verification;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.WRITER;

import io.accesskeys.model.SampleRealm;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/** For every rule, what breaks it and no other. */
public final class ApiClientBreach {

  private ApiClientBreach() {}

  /** Breaks this rule at the realm's API client. */
  public static void of(ApiClientRule rule, SampleRealm realm) {
    realm.change((session, model) -> commit(rule, model.getClientByClientId(API), model));
  }

  private static void commit(ApiClientRule rule, ClientModel client, RealmModel model) {
    switch (rule) {
      case OPTED_IN -> client.removeAttribute("access-keys.enabled");
      case OPENID_CONNECT -> client.setProtocol("saml");
      case NO_FULL_SCOPE -> client.setFullScopeAllowed(true);
      case NO_CLIENT_ROLES -> client.addRole("reader");
      case NO_DEDICATED_SCOPE_MAPPINGS -> client.addScopeMapping(model.getRole(WRITER));
      case NO_ROLES_IN_DEFAULT_SCOPES -> {
        ClientScopeModel scope = scope(model, "roles");
        scope.addScopeMapping(model.getRole(WRITER));
        client.addClientScope(scope, true);
      }
      case NO_REFRESH_TOKENS -> client.removeAttribute("use.refresh.tokens");
      case GRANTABLE_SCOPES_IN_TOKEN ->
          client.getClientScopes(false).get(READ).setIncludeInTokenScope(false);
      case NO_KEYCLOAK_ROLES_IN_SCOPES ->
          client.getClientScopes(false).get(READ).addScopeMapping(administrator(model));
      case NOT_SELF_REGISTERED -> client.setRegistrationToken("a1b2c3");
    }
  }

  /** A role that sounds harmless and has one of Keycloak's own inside. */
  private static RoleModel administrator(RealmModel model) {
    RoleModel role = model.addRole("support");
    role.addCompositeRole(model.addClient("realm-management").addRole("manage-clients"));
    return role;
  }

  static ClientScopeModel scope(RealmModel model, String name) {
    ClientScopeModel scope = model.addClientScope(name);
    scope.setProtocol("openid-connect");
    return scope;
  }
}
