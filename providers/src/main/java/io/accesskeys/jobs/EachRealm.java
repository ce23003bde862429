package io.accesskeys.jobs;

import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The realms, one after the other. What goes wrong in one, such as another node doing the same, or
 * a row that nobody of ours wrote, spares the others.
 *
 * @param failed told of whatever is left to the next run
 */
record EachRealm(KeycloakSessionFactory sessions, Runnable failed) {

  private static final Logger LOG = Logger.getLogger(EachRealm.class);

  /**
   * Does the work of a job in every realm.
   *
   * @param work given the id of a realm; makes its own transactions
   */
  void run(Consumer<String> work) {
    List<String> realms =
        KeycloakModelUtils.runJobInTransactionWithResult(
            sessions,
            session -> session.realms().getRealmsStream().map(RealmModel::getId).toList());
    for (String realmId : realms) {
      try {
        work.accept(realmId);
      } catch (ModelException | PersistenceException e) {
        failed.run();
        LOG.debugf(e, "Realm %s is left to the next run", realmId);
      } catch (IllegalStateException e) {
        failed.run();
        // Such as a row that cannot be read: no other run does better until somebody mends it.
        LOG.warnf("A job of access keys has failed in realm %s", realmId);
        LOG.debug("A job has failed in a realm", e);
      }
    }
  }
}
