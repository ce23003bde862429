package io.accesskeys.store;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * What a session does once its transaction is committed, and not if it is rolled back. Taken on
 * before, since Keycloak takes nothing on any more as soon as a commit has begun; steps may still
 * be added then.
 */
public final class AfterCommit extends AbstractKeycloakTransaction {

  private final List<Runnable> steps = new ArrayList<>();

  private AfterCommit() {}

  /** For the running transaction of this session. */
  public static AfterCommit in(KeycloakSession session) {
    AfterCommit taken = new AfterCommit();
    session.getTransactionManager().enlistAfterCompletion(taken);
    return taken;
  }

  /** Adds a step; they are done in this order. */
  public void then(Runnable step) {
    steps.add(step);
  }

  @Override
  protected void commitImpl() {
    steps.forEach(Runnable::run);
  }

  @Override
  protected void rollbackImpl() {}
}
