package io.accesskeys.store;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The clients of a realm that list open scopes ({@link ScopeList#OPEN}). Keycloak finds clients by
 * an attribute only where the operator has allowed it, so it takes a walk through all of them: once
 * a session, because a client or a realm that is removed takes many roles along, one by one.
 */
final class OpenLists {

  private static final String MEMO = OpenLists.class.getName() + ".";

  private final List<ClientModel> clients;

  private OpenLists(List<ClientModel> clients) {
    this.clients = clients;
  }

  static OpenLists in(KeycloakSession session, RealmModel realm) {
    OpenLists known = session.getAttribute(MEMO + realm.getId(), OpenLists.class);
    if (known == null) {
      known =
          new OpenLists(
              realm
                  .getClientsStream()
                  .filter(client -> !ScopeList.OPEN.of(client).isEmpty())
                  .toList());
      session.setAttribute(MEMO + realm.getId(), known);
    }
    return known;
  }

  /** Has the next one look anew: a client has changed in this session. */
  static void forget(KeycloakSession session, RealmModel realm) {
    session.removeAttribute(MEMO + realm.getId());
  }

  /** Whether some client lists this scope. */
  boolean name(ClientScopeModel scope) {
    return clients.stream().anyMatch(client -> ScopeList.OPEN.of(client).contains(scope.getName()));
  }

  /** Takes these scopes off every list. */
  void strike(Set<ClientScopeModel> scopes) {
    Set<String> names = names(scopes);
    clients.forEach(client -> ScopeList.OPEN.remove(client, names));
  }

  /** The same where somebody else may do it at this moment. */
  void blank(Set<ClientScopeModel> scopes) {
    Set<String> names = names(scopes);
    clients.forEach(client -> ScopeList.OPEN.blank(client, names));
  }

  private static Set<String> names(Set<ClientScopeModel> scopes) {
    return scopes.stream().map(ClientScopeModel::getName).collect(Collectors.toSet());
  }
}
