package io.accesskeys.management.removal;

import io.accesskeys.verification.KeyOwner;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStoragePrivateUtil;

/** Whether the owners of keys are still there. */
public final class Owners {

  private final KeycloakSession session;
  private final RealmModel realm;

  /** The owners of a realm's keys. */
  public Owners(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /**
   * Whether an owner who has just been removed is gone. A user federation that does not answer is
   * no reason to think so.
   */
  boolean isGone(String ownerId) {
    return StorageId.isLocalStorage(ownerId)
        ? isGoneHere(ownerId)
        : KeyOwner.ofUser(ownerId, session, realm).isEmpty();
  }

  /**
   * The same without a question to any federation, whose people would all be asked for: what only a
   * federation knows is gone when the federation is.
   */
  public boolean isGoneForGood(String ownerId) {
    StorageId id = new StorageId(ownerId);
    return id.isLocal() ? isGoneHere(ownerId) : realm.getComponent(id.getProviderId()) == null;
  }

  private boolean isGoneHere(String ownerId) {
    return UserStoragePrivateUtil.userLocalStorage(session).getUserById(realm, ownerId) == null
        && realm.getClientById(ownerId) == null;
  }
}
