package io.accesskeys.management.api;

import io.accesskeys.store.OptIn;
import io.accesskeys.verification.ApiClientRule;
import io.accesskeys.verification.GrantableScopes;
import io.accesskeys.verification.KeycloakRoles;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.ScopeContainerModel;

/** What breaks a rule for API clients, and the way out, in words. */
final class RuleBreach {

  private RuleBreach() {}

  /** The state of one rule. */
  static ApiCheck.Rule check(ApiClientRule rule, ClientModel client) {
    return rule.isKeptBy(client)
        ? new ApiCheck.Rule(rule.wireName(), true, rule.sentence(), null)
        : new ApiCheck.Rule(rule.wireName(), false, detail(rule, client), fix(rule, client));
  }

  private static String detail(ApiClientRule rule, ClientModel client) {
    return switch (rule) {
      case OPTED_IN -> "the client attribute " + OptIn.ENABLED + " is not true";
      case OPENID_CONNECT -> "the client uses the protocol " + client.getProtocol();
      case NO_FULL_SCOPE -> "full scope allowed is on, so keys would carry every role of the owner";
      case NO_CLIENT_ROLES -> "the client has roles of its own: " + roles(client.getRolesStream());
      case NO_DEDICATED_SCOPE_MAPPINGS ->
          "the client's dedicated scope maps " + roles(client.getScopeMappingsStream());
      case NO_ROLES_IN_DEFAULT_SCOPES ->
          "default client scopes map roles, which every key would carry: "
              + named(
                  client.getClientScopes(true).values().stream()
                      .filter(scope -> scope.getScopeMappingsStream().findAny().isPresent()));
      case NO_REFRESH_TOKENS -> "the client attribute use.refresh.tokens is not false";
      case GRANTABLE_SCOPES_IN_TOKEN ->
          "grantable scopes are not included in the token scope: " + named(notInToken(client));
      case NO_KEYCLOAK_ROLES_IN_SCOPES ->
          "grantable scopes map roles of Keycloak's own: " + named(withKeycloakRoles(client));
      case NOT_SELF_REGISTERED ->
          "the client has a registration access token, so whoever holds it can change the client";
    };
  }

  private static String fix(ApiClientRule rule, ClientModel client) {
    String id = client.getClientId();
    return switch (rule) {
      case OPTED_IN -> orPrepare(id, "Set the client attribute " + OptIn.ENABLED + " to true");
      case NO_FULL_SCOPE ->
          orPrepare(id, "Switch off full scope allowed in the client's dedicated scope");
      case NO_REFRESH_TOKENS ->
          orPrepare(id, "Set the client attribute use.refresh.tokens to false");
      case GRANTABLE_SCOPES_IN_TOKEN ->
          orPrepare(id, "Switch on include in token scope of these client scopes");
      case OPENID_CONNECT -> "Use another client for the API: one whose protocol is openid-connect";
      case NO_CLIENT_ROLES ->
          "Delete the roles of the client, or move them to another client or the realm";
      case NO_DEDICATED_SCOPE_MAPPINGS ->
          "Remove the role mappings under Client scopes, " + id + "-dedicated, Scope";
      case NO_ROLES_IN_DEFAULT_SCOPES ->
          "Assign these client scopes to the client as optional, or remove their role mappings";
      case NO_KEYCLOAK_ROLES_IN_SCOPES ->
          "Remove the mappings of these roles, or map roles that are not composed of them";
      case NOT_SELF_REGISTERED ->
          "Make another client for the API in the Admin Console, or with PUT …/access-keys/apis";
    };
  }

  private static String orPrepare(String clientId, String byHand) {
    return byHand + ", or prepare the client with PUT …/access-keys/apis/" + clientId;
  }

  private static Stream<ClientScopeModel> notInToken(ClientModel client) {
    return GrantableScopes.menu(client).filter(scope -> !scope.isIncludeInTokenScope());
  }

  private static Stream<ClientScopeModel> withKeycloakRoles(ClientModel client) {
    return GrantableScopes.menu(client)
        .filter(
            scope -> KeycloakRoles.among(mapped(scope), client.getRealm()).findAny().isPresent());
  }

  private static Set<RoleModel> mapped(ScopeContainerModel scope) {
    return scope.getScopeMappingsStream().filter(Objects::nonNull).collect(Collectors.toSet());
  }

  private static String named(Stream<ClientScopeModel> scopes) {
    return quoted(scopes.map(ClientScopeModel::getName).sorted().toList());
  }

  private static String roles(Stream<RoleModel> roles) {
    return quoted(roles.filter(Objects::nonNull).map(RoleModel::getName).sorted().toList());
  }

  private static String quoted(Collection<String> names) {
    return "`" + String.join("`, `", names) + "`";
  }
}
