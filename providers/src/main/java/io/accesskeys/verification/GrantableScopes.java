package io.accesskeys.verification;

import io.accesskeys.store.OpenScopes;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/**
 * The menu of an API client: its optional client scopes with the attribute {@code
 * access-keys.grantable=true}, and who may have which of them.
 *
 * <p>A scope that maps roles is for those who have one of them. A scope that maps none is for
 * nobody, unless it says that it is open: Keycloak itself gives such a scope to everybody, so that
 * whoever deletes its role would open it.
 */
public final class GrantableScopes {

  private static final String GRANTABLE = "access-keys.grantable";

  /**
   * What is stored of a key's scopes: their ids, one space between them. Keycloak's own ids are
   * UUIDs, but a file that is imported may name any.
   */
  private static final Pattern STORABLE_ID = Pattern.compile("[\\x21-\\x7e]{1,36}");

  private GrantableScopes() {}

  /** The scopes that keys for this client may carry. */
  public static Stream<ClientScopeModel> menu(ClientModel apiClient) {
    return marked(apiClient).filter(GrantableScopes::hasStorableId);
  }

  /** The same, and those whose ids cannot be stored. */
  static Stream<ClientScopeModel> marked(ClientModel apiClient) {
    return apiClient.getClientScopes(false).values().stream()
        .filter(scope -> Boolean.parseBoolean(scope.getAttribute(GRANTABLE)));
  }

  /** Whether a key can remember the scope; no other is on any menu. */
  public static boolean hasStorableId(ClientScopeModel scope) {
    return STORABLE_ID.matcher(scope.getId()).matches();
  }

  /** The scopes on the menu that this user may have now. */
  public static Set<ClientScopeModel> permitted(ClientModel apiClient, UserModel user) {
    return permitted(menu(apiClient).toList(), user);
  }

  /** Those of them with these ids. */
  public static Set<ClientScopeModel> permitted(
      ClientModel apiClient, UserModel user, Set<String> ids) {
    return ids.isEmpty()
        ? Set.of()
        : permitted(menu(apiClient).filter(scope -> ids.contains(scope.getId())).toList(), user);
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

  private static Set<ClientScopeModel> permitted(List<ClientScopeModel> asked, UserModel user) {
    if (asked.isEmpty()) {
      return Set.of();
    }
    // Roles that the user has directly mostly settle it, without a walk through groups and
    // composites.
    Set<RoleModel> own = user.getRoleMappingsStream().collect(Collectors.toSet());
    Predicate<ClientScopeModel> byOwn = scope -> permits(scope, own);
    if (asked.stream().allMatch(byOwn)) {
      return Set.copyOf(asked);
    }
    Set<RoleModel> all = RoleUtils.getDeepUserRoleMappings(user);
    return asked.stream()
        .filter(scope -> permits(scope, all))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** As Keycloak has it, but for a scope without roles (DefaultClientSessionContext). */
  private static boolean permits(ClientScopeModel scope, Set<RoleModel> roles) {
    Set<RoleModel> mapped =
        scope.getScopeMappingsStream().collect(Collectors.toCollection(HashSet::new));
    if (mapped.isEmpty()) {
      return OpenScopes.saysSo(scope);
    }
    // A cached scope may still map a role that has just been deleted: nobody has that one.
    mapped.removeIf(Objects::isNull);
    // Composites are looked into only if the mapped roles themselves do not settle it.
    return mapped.stream().anyMatch(roles::contains)
        || RoleUtils.expandCompositeRoles(mapped).stream().anyMatch(roles::contains);
  }
}
