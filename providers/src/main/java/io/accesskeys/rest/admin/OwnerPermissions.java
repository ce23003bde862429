package io.accesskeys.rest.admin;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.management.AdminPermissions;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.verification.KeyOwner;
import jakarta.ws.rs.ForbiddenException;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * What an administrator may do with a key follows from what they may do with its owner: the person
 * of a personal access token, the client of an API key or client secret. Whoever may do nothing
 * gets 403 before anything is looked up, and a key that somebody may not see is not found: whether
 * it is there is nothing that they may learn.
 */
final class OwnerPermissions implements AdminPermissions {

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

  /** Whether no key of this realm is hidden from the administrator. */
  boolean seesAll() {
    return auth.users().canView() && auth.clients().canView() && auth.realm().canViewRealm();
  }

  /**
   * Whether the administrator may know that the key is there: who may manage it need not see it.
   */
  boolean mayKnow(AccessKey key) {
    return canView(key) || canManage(key);
  }

  boolean canView(AccessKey key) {
    return owner(key).map(this::canView).orElseGet(() -> auth.realm().canManageRealm());
  }

  @Override
  public boolean canManage(AccessKey key) {
    return owner(key).map(this::canManage).orElseGet(() -> auth.realm().canManageRealm());
  }

  /**
   * @throws ForbiddenException if the administrator may not see the key's owner
   */
  void requireView(AccessKey key) {
    if (!canView(key)) {
      throw new ForbiddenException();
    }
  }

  /**
   * @throws ForbiddenException if the administrator may not manage the key's owner
   */
  @Override
  public void requireManage(AccessKey key) {
    if (!canManage(key)) {
      throw new ForbiddenException();
    }
  }

  /**
   * Ends the request of an administrator who may not act as the key's owner. To widen a person's
   * key, or to get its new secret, is to act as that person.
   *
   * @throws ForbiddenException if they may not
   */
  @Override
  public void requireActingAs(AccessKey key) {
    requireManage(key);
    if (!owner(key).map(this::canActAs).orElse(true)) {
      throw new ForbiddenException();
    }
  }

  /**
   * Ends the request of an administrator who may not make keys for this owner: for a person, who
   * manages them must also be allowed to impersonate them, since a key does just that.
   *
   * @throws ForbiddenException if they may not
   */
  @Override
  public void requireActingAs(KeyOwner owner) {
    if (owner instanceof KeyOwner.Person person) {
      auth.users().requireManage(person.user());
      auth.users().requireImpersonate(person.user());
    } else {
      owner
          .owningClient()
          .ifPresentOrElse(
              auth.clients()::requireConfigure,
              () -> {
                throw new ForbiddenException();
              });
    }
  }

  /**
   * Ends the request of an administrator who lacks anything that one can have: a hash that is
   * planted is a key to its owner's rights.
   *
   * @throws ForbiddenException if they do
   */
  @Override
  public void requireEverything() {
    auth.realm().requireManageRealm();
    auth.users().requireManage();
    auth.clients().requireManage();
    if (!auth.users().canImpersonate()) {
      throw new ForbiddenException();
    }
  }

  /**
   * The owner of a key that is to be created.
   *
   * @throws ForbiddenException if there is none, and the administrator may not learn that
   * @throws InvalidRequestException if there is no such owner
   */
  KeyOwner namedOwner(NewOwner.Named owner, KeyKind kind) {
    return owner.user().isPresent()
        ? person(owner.user().get(), "owner.user")
        : client(owner.client().orElseThrow(), kind, "owner.client");
  }

  /** Of a person whom nobody can ask for now, who may see or manage every person may do so. */
  private boolean canView(KeyOwner owner) {
    return owner.fold(
        person -> auth.users().canView(person.user()),
        account -> auth.clients().canView(account.client()),
        client -> auth.clients().canView(client.client()),
        unreachable -> auth.users().canView());
  }

  private boolean canManage(KeyOwner owner) {
    return owner.fold(
        person -> auth.users().canManage(person.user()),
        account -> auth.clients().canConfigure(account.client()),
        client -> auth.clients().canConfigure(client.client()),
        unreachable -> auth.users().canManage());
  }

  private boolean canActAs(KeyOwner owner) {
    return owner.fold(
        person -> {
          auth.users().requireImpersonate(person.user());
          return true;
        },
        account -> true,
        client -> true,
        unreachable -> auth.users().canImpersonate());
  }

  private KeyOwner person(String id, String field) throws InvalidRequestException {
    Optional<KeyOwner> owner = KeyOwner.ofUser(id, session, realm);
    Optional<KeyOwner.Person> person = owner.flatMap(KeyOwner::person);
    if (person.isEmpty()) {
      auth.users().requireManage();
      throw new InvalidRequestException(
          field,
          owner.filter(KeyOwner::isUnreachable).isPresent()
              ? "is in a user federation that does not answer"
              : "is not a person of this realm");
    }
    return person.get();
  }

  private KeyOwner client(String clientId, KeyKind kind, String field)
      throws InvalidRequestException {
    ClientModel client = realm.getClientByClientId(clientId);
    if (client == null) {
      auth.clients().requireManage();
      throw new InvalidRequestException(field, "is not a client of this realm");
    }
    auth.clients().requireConfigure(client);
    if (kind == KeyKind.CLIENT_SECRET) {
      return new KeyOwner.Client(client);
    }
    UserModel account =
        client.isServiceAccountsEnabled() ? session.users().getServiceAccount(client) : null;
    if (account == null) {
      throw new InvalidRequestException(field, "has no service account");
    }
    return new KeyOwner.ServiceAccount(client, account);
  }

  private Optional<KeyOwner> owner(AccessKey key) {
    return KeyOwner.of(key, session, realm);
  }
}
