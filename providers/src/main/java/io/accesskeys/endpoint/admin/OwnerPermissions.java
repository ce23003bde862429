package io.accesskeys.endpoint.admin;

import io.accesskeys.endpoint.JsonBody;
import io.accesskeys.issue.InvalidRequestException;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import jakarta.ws.rs.ForbiddenException;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * What an administrator may do with a key follows from what they may do with its owner: the person
 * of a personal access token, the client of an API key. Whoever may do nothing gets 403 before
 * anything is looked up.
 */
final class OwnerPermissions {

  /** The ways to name an owner: a user's id, a client's {@code client_id}. */
  static final Set<String> FORMS = Set.of("user", "client");

  private final KeycloakSession session;
  private final RealmModel realm;
  private final AdminPermissionEvaluator auth;

  OwnerPermissions(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
    this.session = session;
    this.realm = realm;
    this.auth = auth;
  }

  void requireAnyView() {
    if (!auth.users().canQuery() && !auth.clients().canList()) {
      throw new ForbiddenException();
    }
  }

  void requireAnyManage() {
    // With fine-grained permissions, who may list may be allowed to manage some.
    requireAnyView();
  }

  boolean canView(AccessKey key) {
    UserModel owner = owner(key);
    if (owner == null) {
      return auth.realm().canManageRealm();
    }
    ClientModel client = client(owner);
    return key.kind() == KeyKind.PERSONAL_ACCESS_TOKEN
        ? auth.users().canView(owner)
        : client != null && auth.clients().canView(client);
  }

  /**
   * @throws ForbiddenException if the administrator may not manage the key's owner
   */
  void requireManage(AccessKey key) {
    UserModel owner = owner(key);
    if (owner == null) {
      auth.realm().requireManageRealm();
    } else {
      requireManage(owner);
    }
  }

  /**
   * The owner of a key that is to be created.
   *
   * @throws ForbiddenException if the administrator may not manage that owner; for a person, who
   *     manages them must also be allowed to impersonate them, since a key does just that
   * @throws InvalidRequestException if there is no such owner
   */
  UserModel requireManagedOwner(JsonBody.Choice choice) throws InvalidRequestException {
    String field = "owner." + choice.name();
    if (choice.name().equals("user")) {
      UserModel user = session.users().getUserById(realm, choice.value());
      if (user == null || user.getServiceAccountClientLink() != null) {
        auth.users().requireManage();
        throw new InvalidRequestException(field, "is no person of this realm");
      }
      requireManage(user);
      auth.users().requireImpersonate(user);
      return user;
    }
    ClientModel client = realm.getClientByClientId(choice.value());
    if (client == null) {
      auth.clients().requireManage();
      throw new InvalidRequestException(field, "is no client of this realm");
    }
    auth.clients().requireConfigure(client);
    UserModel account =
        client.isServiceAccountsEnabled() ? session.users().getServiceAccount(client) : null;
    if (account == null) {
      throw new InvalidRequestException(field, "has no service account");
    }
    return account;
  }

  private void requireManage(UserModel owner) {
    ClientModel client = client(owner);
    if (client == null) {
      auth.users().requireManage(owner);
    } else {
      auth.clients().requireConfigure(client);
    }
  }

  private UserModel owner(AccessKey key) {
    return session.users().getUserById(realm, key.ownerId());
  }

  private ClientModel client(UserModel owner) {
    String link = owner.getServiceAccountClientLink();
    return link == null ? null : realm.getClientById(link);
  }
}
