package io.accesskeys.store;

import java.util.function.Consumer;
import org.keycloak.cluster.ClusterEvent;
import org.keycloak.cluster.ClusterProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Copies of what the database has, on every node: forgotten everywhere once a change is committed.
 * Sooner, what was there before would be read again.
 *
 * @param name by which nodes tell each other
 * @param type of the message
 * @param forget drops the copies on this node that a change is about
 */
public record Copies<E extends ClusterEvent>(String name, Class<E> type, Consumer<E> forget) {

  /** Hears of the changes that other nodes make. */
  public void listen(KeycloakSession session) {
    session
        .getProvider(ClusterProvider.class)
        .registerListener(name, event -> forget.accept(type.cast(event)));
  }

  /** Has the running transaction tell of this change, if it is committed. */
  public void forgetAfterCommit(KeycloakSession session, E change) {
    forget(session, change, AfterCommit.in(session));
  }

  /** The same, with what a transaction does then. */
  void forget(KeycloakSession session, E change, AfterCommit commit) {
    commit.then(
        () -> {
          forget.accept(change);
          session.getProvider(ClusterProvider.class).notify(name, change, true);
        });
  }
}
