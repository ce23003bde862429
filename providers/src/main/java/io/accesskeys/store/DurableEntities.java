package io.accesskeys.store;

import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The one way to our tables. A transaction that comes by here is on the disk when it is answered.
 *
 * <p>Keycloak lets the database answer a commit before that where it has seen only events, sessions
 * and the like change. It looks at entities, and does not see statements that change rows directly,
 * as a revocation does (keycloak#52645, mended in 26.8).
 */
public final class DurableEntities {

  /** The property by which Keycloak's {@code AsyncCommitIntegrator} knows a change that matters. */
  private static final String SYNCHRONOUS = "kc.sync_commit_required";

  private DurableEntities() {}

  /**
   * The entity manager of this session, whose transaction is committed synchronously.
   *
   * @throws jakarta.ws.rs.ServiceUnavailableException if the tables must not be touched
   */
  public static EntityManager of(KeycloakSession session) {
    session.getProvider(KeyStore.class);
    EntityManager entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    entities.setProperty(SYNCHRONOUS, true);
    return entities;
  }
}
