package io.accesskeys.jobs;

import io.accesskeys.policy.RealmPolicies;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Keeps what the required actions of all realms say of the policy, where nobody told us of a
 * change, and gives the action once to realms that are older than this extension.
 */
final class PolicyKeeping {

  private final KeycloakSessionFactory sessions;
  private final EachRealm each;

  /**
   * @param failed told of whatever is left to the next run
   */
  PolicyKeeping(KeycloakSessionFactory sessions, Runnable failed) {
    this.sessions = sessions;
    this.each = new EachRealm(sessions, failed);
  }

  void run() {
    each.run(
        realmId ->
            KeycloakModelUtils.runJobInTransaction(sessions, session -> keep(session, realmId)));
  }

  private static void keep(KeycloakSession session, String realmId) {
    RealmModel realm = session.realms().getRealm(realmId);
    if (realm != null) {
      session.getContext().setRealm(realm);
      session.getProvider(RealmPolicies.class).adopt(realm);
    }
  }
}
