package io.accesskeys.verification;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/**
 * The menu of an API client: its optional client scopes with the attribute {@code
 * access-keys.grantable=true}.
 */
public final class GrantableScopes {

  private GrantableScopes() {}

  /** The scopes that keys for this client may carry. */
  public static Stream<ClientScopeModel> menu(ClientModel apiClient) {
    return apiClient.getClientScopes(false).values().stream()
        .filter(scope -> Boolean.parseBoolean(scope.getAttribute("access-keys.grantable")));
  }

  /**
   * Those of the named scopes that are on the menu and that this user may have now: as Keycloak has
   * it, a scope that maps roles needs one of them (DefaultClientSessionContext).
   */
  public static Set<String> permitted(ClientModel apiClient, UserModel user, Set<String> names) {
    if (names.isEmpty()) {
      return Set.of();
    }
    List<ClientScopeModel> asked =
        menu(apiClient).filter(scope -> names.contains(scope.getName())).toList();
    // Roles that the user has directly mostly settle it, without a walk through groups and
    // composites.
    Set<RoleModel> own = user.getRoleMappingsStream().collect(Collectors.toSet());
    Set<RoleModel> roles =
        asked.stream().allMatch(scope -> permits(scope, own))
            ? own
            : RoleUtils.getDeepUserRoleMappings(user);
    return asked.stream()
        .filter(scope -> permits(scope, roles))
        .map(ClientScopeModel::getName)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static boolean permits(ClientScopeModel scope, Set<RoleModel> roles) {
    Set<RoleModel> mapped = scope.getScopeMappingsStream().collect(Collectors.toSet());
    return mapped.isEmpty()
        // Composites are looked into only if the mapped roles themselves do not settle it.
        || mapped.stream().anyMatch(roles::contains)
        || RoleUtils.expandCompositeRoles(mapped).stream().anyMatch(roles::contains);
  }
}
