package io.accesskeys.verification;

import io.accesskeys.store.OpenScopes;
import java.util.List;
import java.util.Objects;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RoleModel;

/**
 * What somebody must have to be given a grantable scope, for people.
 *
 * @param scope its name
 * @param roles one of which it takes, sorted; a client's role as {@code role (client)}
 * @param open whether it takes no role
 */
public record ScopeRequirement(String scope, List<String> roles, boolean open) {

  /** What it takes now to have this scope in a key for this API client. */
  public static ScopeRequirement of(ClientModel apiClient, ClientScopeModel scope) {
    List<String> roles = roles(scope);
    return new ScopeRequirement(
        scope.getName(), roles, roles.isEmpty() && OpenScopes.saysSo(apiClient, scope));
  }

  /** The roles that the scope maps, sorted; a client's role as {@code role (client)}. */
  public static List<String> roles(ClientScopeModel scope) {
    return scope
        .getScopeMappingsStream()
        .filter(Objects::nonNull)
        .map(ScopeRequirement::name)
        .sorted()
        .toList();
  }

  /** Why somebody who lacks it cannot have the scope, and what to do; a sentence. */
  public String unmet() {
    if (roles.isEmpty()) {
      return "`" + scope + "` " + ScopeProblem.NO_ROLE.sentence();
    }
    String quoted = "`" + String.join("`, `", roles) + "`";
    return roles.size() == 1
        ? "`"
            + scope
            + "` needs the role "
            + quoted
            + ", which the owner does not have."
            + " Assign the role to the owner, or leave the scope out"
        : "`"
            + scope
            + "` needs one of the roles "
            + quoted
            + ", none of which the owner has."
            + " Assign one to the owner, or leave the scope out";
  }

  private static String name(RoleModel role) {
    return role.getContainer() instanceof ClientModel client
        ? role.getName() + " (" + client.getClientId() + ")"
        : role.getName();
  }
}
