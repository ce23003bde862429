package io.accesskeys.policy;

import jakarta.persistence.PersistenceException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Lets administrators change what keys rely on in a realm one after the other. */
public final class RealmLock {

  private RealmLock() {}

  /** Waits for all others who have taken it, and has others wait until this transaction ends. */
  public static void take(KeycloakSession session, RealmModel realm) {
    makeRow(session, realm.getId());
    new PolicyRows(session).lock(realm.getId());
  }

  /** Two who find none would both make one: what is not there cannot be locked. */
  static void makeRow(KeycloakSession session, String realmId) {
    if (new PolicyRows(session).has(realmId)) {
      return;
    }
    try {
      KeycloakModelUtils.runJobInTransaction(
          session.getKeycloakSessionFactory(),
          own -> new PolicyRows(own).write(realmId, StoredPolicy.NONE));
    } catch (PersistenceException | ModelException e) {
      // Somebody else has made it.
    }
  }
}
