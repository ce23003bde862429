package io.accesskeys.store;

import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Client scopes that are said to need no role: by an attribute of their own, or by one of the API
 * client ({@link ScopeList#OPEN}). The word counts for nothing as long as the scope maps a role,
 * and is taken away with the last one: whoever deletes a role means to give less, and must not open
 * a scope to everybody by it.
 */
public final class OpenScopes {

  /** The attribute of a client scope that says so. */
  public static final String ATTRIBUTE = "access-keys.open";

  private OpenScopes() {}

  /**
   * Whether a scope is said to be open to keys for this client, whether that counts or not.
   *
   * @param apiClient the client that offers the scope
   */
  public static boolean saysSo(ClientModel apiClient, ClientScopeModel scope) {
    return saysSo(scope) || ScopeList.OPEN.of(apiClient).contains(scope.getName());
  }

  private static boolean saysSo(ClientScopeModel scope) {
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
    OpenLists lists = OpenLists.in(session, realm);
    Set<ClientScopeModel> open =
        realm
            .getClientScopesStream()
            .filter(which)
            .filter(scope -> saysSo(scope) || lists.name(scope))
            .collect(Collectors.toSet());
    if (open.isEmpty()) {
      return;
    }
    Set<ClientScopeModel> mapped =
        open.stream().filter(scope -> !isBare(scope)).collect(Collectors.toSet());
    if (!mapped.isEmpty()) {
      lookAgain(
          session,
          realm.getId(),
          mapped.stream().map(ClientScopeModel::getId).collect(Collectors.toSet()));
    }
    open.removeAll(mapped);
    if (open.isEmpty()) {
      return;
    }
    // Keycloak tells of a role that is removed when its mappings are gone: who had any is seen from
    // outside of this transaction.
    Set<String> hadRoles =
        KeycloakModelUtils.runJobInTransactionWithResult(
            session.getKeycloakSessionFactory(), other -> withRoles(other, realm.getId(), open));
    open.removeIf(scope -> !hadRoles.contains(scope.getId()));
    open.forEach(scope -> scope.removeAttribute(ATTRIBUTE));
    lists.strike(open);
  }

  private static boolean isBare(ClientScopeModel scope) {
    return scope.getScopeMappingsStream().findAny().isEmpty();
  }

  /**
   * Two who take one of two roles away at the same time do not see each other's: whoever commits
   * last finds the scope without any.
   */
  private static void lookAgain(KeycloakSession session, String realmId, Set<String> scopeIds) {
    AfterCommit.in(session)
        .then(
            () ->
                KeycloakModelUtils.runJobInTransaction(
                    session.getKeycloakSessionFactory(), other -> shut(other, realmId, scopeIds)));
  }

  private static void shut(KeycloakSession session, String realmId, Set<String> scopeIds) {
    RealmModel realm = session.realms().getRealm(realmId);
    if (realm == null) {
      return;
    }
    session.getContext().setRealm(realm);
    Set<ClientScopeModel> bare =
        scopeIds.stream()
            .map(realm::getClientScopeById)
            .filter(Objects::nonNull)
            .filter(OpenScopes::isBare)
            .collect(Collectors.toSet());
    // Both may get here: to remove the attribute twice fails, to change it twice does not.
    bare.stream()
        .filter(OpenScopes::saysSo)
        .forEach(scope -> scope.setAttribute(ATTRIBUTE, "false"));
    if (!bare.isEmpty()) {
      OpenLists.in(session, realm).blank(bare);
    }
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
                  return before != null && !isBare(before);
                })
            .collect(Collectors.toSet());
  }
}
