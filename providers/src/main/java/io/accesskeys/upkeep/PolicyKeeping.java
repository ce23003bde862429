package io.accesskeys.upkeep;

import io.accesskeys.policy.RealmPolicies;
import jakarta.persistence.PersistenceException;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Keeps what the required actions of all realms say of the policy, where nobody told us of a
 * change, and gives the action once to realms that are older than this extension.
 */
final class PolicyKeeping {

  private static final Logger LOG = Logger.getLogger(PolicyKeeping.class);

  private final KeycloakSessionFactory sessions;
  private final Runnable failed;

  /**
   * @param failed told of whatever is left to the next run
   */
  PolicyKeeping(KeycloakSessionFactory sessions, Runnable failed) {
    this.sessions = sessions;
    this.failed = failed;
  }

  void run() {
    List<String> realms =
        KeycloakModelUtils.runJobInTransactionWithResult(
            sessions,
            session -> session.realms().getRealmsStream().map(RealmModel::getId).toList());
    realms.forEach(this::run);
  }

  private void run(String realmId) {
    try {
      KeycloakModelUtils.runJobInTransaction(sessions, session -> keep(session, realmId));
    } catch (ModelException | PersistenceException e) {
      failed.run();
      LOG.debugf(e, "The policy of realm %s is looked at by the next run", realmId);
    }
  }

  private static void keep(KeycloakSession session, String realmId) {
    RealmModel realm = session.realms().getRealm(realmId);
    if (realm != null) {
      session.getContext().setRealm(realm);
      session.getProvider(RealmPolicies.class).adopt(realm);
    }
  }
}
