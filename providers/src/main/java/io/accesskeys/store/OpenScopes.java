package io.accesskeys.store;

import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Client scopes that say that they need no role. The word counts for nothing as long as the scope
 * maps a role, and is taken away with the last one: whoever deletes a role means to give less, and
 * must not open a scope to everybody by it.
 */
public final class OpenScopes {

  private static final String ATTRIBUTE = "access-keys.open";

  private OpenScopes() {}

  /** Whether a scope says that it is open, whether that counts or not. */
  public static boolean saysSo(ClientScopeModel scope) {
    return Boolean.parseBoolean(scope.getAttribute(ATTRIBUTE));
  }

  /** Closes the scopes of a realm that have lost their last role by what this session does. */
  static void closeBereft(KeycloakSession session, RealmModel realm) {
    close(session, realm, scope -> true);
  }

  /** The same, of the client scope of this id only. */
  static void closeBereft(KeycloakSession session, RealmModel realm, String scopeId) {
    close(session, realm, scope -> scope.getId().equals(scopeId));
  }

  private static void close(
      KeycloakSession session, RealmModel realm, Predicate<ClientScopeModel> which) {
    Set<ClientScopeModel> bare =
        realm
            .getClientScopesStream()
            .filter(which)
            .filter(OpenScopes::saysSo)
            .filter(scope -> scope.getScopeMappingsStream().findAny().isEmpty())
            .collect(Collectors.toSet());
    if (bare.isEmpty()) {
      return;
    }
    // Keycloak tells of a role that is removed when its mappings are gone: who had any is seen from
    // outside of this transaction.
    Set<String> hadRoles =
        KeycloakModelUtils.runJobInTransactionWithResult(
            session.getKeycloakSessionFactory(), other -> withRoles(other, realm.getId(), bare));
    bare.stream()
        .filter(scope -> hadRoles.contains(scope.getId()))
        .forEach(scope -> scope.removeAttribute(ATTRIBUTE));
  }

  private static Set<String> withRoles(
      KeycloakSession session, String realmId, Set<ClientScopeModel> scopes) {
    RealmModel realm = session.realms().getRealm(realmId);
    return realm == null
        ? Set.of()
        : scopes.stream()
            .map(ClientScopeModel::getId)
            .filter(
                id -> {
                  ClientScopeModel before = realm.getClientScopeById(id);
                  return before != null && before.getScopeMappingsStream().findAny().isPresent();
                })
            .collect(Collectors.toSet());
  }
}
