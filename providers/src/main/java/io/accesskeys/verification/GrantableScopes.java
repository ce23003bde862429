package io.accesskeys.verification;

import io.accesskeys.store.OpenScopes;
import io.accesskeys.store.ScopeList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/**
 * The menu of an API client: its optional client scopes that have the attribute {@code
 * access-keys.grantable=true} or are named in the client's attribute {@code access-keys.scopes},
 * and who may have which of them.
 *
 * <p>A scope that maps roles is for those who have one of them. A scope that maps none is for
 * nobody, unless it says that it is open: Keycloak itself gives such a scope to everybody, so that
 * whoever deletes its role would open it.
 */
public final class GrantableScopes {

  /** The attribute of a client scope by which it is grantable. */
  public static final String GRANTABLE = "access-keys.grantable";

  /**
   * What is stored of a key's scopes: their ids, one space between them. Keycloak's own ids are
   * UUIDs, but a file that is imported may name any.
   */
  private static final Pattern STORABLE_ID = Pattern.compile("[\\x21-\\x7e]{1,36}");

  private GrantableScopes() {}

  /** The scopes that keys for this client may carry. */
  public static Stream<ClientScopeModel> menu(ClientModel apiClient) {
    return marked(apiClient)
        .filter(GrantableScopes::hasStorableId)
        // It asks for an ID token and for userinfo, which are not for keys.
        .filter(scope -> !scope.getName().equals(OAuth2Constants.SCOPE_OPENID));
  }

  /** The same, and those whose ids cannot be stored. */
  public static Stream<ClientScopeModel> marked(ClientModel apiClient) {
    Set<String> listed = ScopeList.GRANTABLE.of(apiClient);
    return apiClient.getClientScopes(false).values().stream()
        .filter(scope -> saysSo(scope) || listed.contains(scope.getName()));
  }

  /** Whether the scope itself says that it is grantable. */
  public static boolean saysSo(ClientScopeModel scope) {
    return Boolean.parseBoolean(scope.getAttribute(GRANTABLE));
  }

  /** Whether a key can remember the scope; no other is on any menu. */
  public static boolean hasStorableId(ClientScopeModel scope) {
    return STORABLE_ID.matcher(scope.getId()).matches();
  }

  /** The scopes on the menu that this user may have now. */
  public static Set<ClientScopeModel> permitted(ClientModel apiClient, UserModel user) {
    return permitted(apiClient, menu(apiClient).toList(), user);
  }

  /** Those of them with these ids. */
  public static Set<ClientScopeModel> permitted(
      ClientModel apiClient, UserModel user, Set<String> ids) {
    return ids.isEmpty()
        ? Set.of()
        : permitted(
            apiClient, menu(apiClient).filter(scope -> ids.contains(scope.getId())).toList(), user);
  }

  /** What people and tokens call these scopes now. */
  public static Set<String> names(Set<ClientScopeModel> scopes) {
    return scopes.stream().map(ClientScopeModel::getName).collect(Collectors.toUnmodifiableSet());
  }

  /** What a key remembers of these scopes. */
  public static Set<String> ids(Set<ClientScopeModel> scopes) {
    return scopes.stream().map(ClientScopeModel::getId).collect(Collectors.toUnmodifiableSet());
  }

  /**
   * What the scopes that a key remembers are called now, on the menu or not, sorted; those that are
   * gone are left out.
   */
  public static List<String> names(RealmModel realm, Set<String> ids) {
    return ids.stream()
        .map(realm::getClientScopeById)
        .filter(Objects::nonNull)
        .map(ClientScopeModel::getName)
        .sorted()
        .toList();
  }

  private static Set<ClientScopeModel> permitted(
      ClientModel apiClient, List<ClientScopeModel> asked, UserModel user) {
    if (asked.isEmpty()) {
      return Set.of();
    }
    // Roles that the user has directly mostly settle it, without a walk through groups and
    // composites.
    Set<RoleModel> own = user.getRoleMappingsStream().collect(Collectors.toSet());
    Predicate<ClientScopeModel> byOwn = scope -> permits(apiClient, scope, own);
    if (asked.stream().allMatch(byOwn)) {
      return Set.copyOf(asked);
    }
    Set<RoleModel> all = RoleUtils.getDeepUserRoleMappings(user);
    return asked.stream()
        .filter(scope -> permits(apiClient, scope, all))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** As Keycloak has it, but for a scope without roles (DefaultClientSessionContext). */
  private static boolean permits(
      ClientModel apiClient, ClientScopeModel scope, Set<RoleModel> roles) {
    Set<RoleModel> mapped =
        scope.getScopeMappingsStream().collect(Collectors.toCollection(HashSet::new));
    if (mapped.isEmpty()) {
      return OpenScopes.saysSo(apiClient, scope);
    }
    // A cached scope may still map a role that has just been deleted: nobody has that one.
    mapped.removeIf(Objects::isNull);
    // Composites are looked into only if the mapped roles themselves do not settle it.
    return mapped.stream().anyMatch(roles::contains)
        || RoleUtils.expandCompositeRoles(mapped).stream().anyMatch(roles::contains);
  }
}
