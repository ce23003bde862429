package io.accesskeys.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.Query;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hibernate.Session;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Keys of one owner are counted and stored by one transaction at a time, on all nodes: it holds the
 * owner's row of {@code ACCESS_KEY_OWNER} until its end. The row says nothing; whoever finds none
 * makes one, and it may be deleted whenever nobody holds it.
 */
public final class OwnerLock {

  private static final Logger LOG = Logger.getLogger(OwnerLock.class);

  private static final int MOST_TRIES = 5;

  private final KeycloakSession session;
  private final String realmId;
  private final String ownerId;
  private final boolean seesTheNewest;

  private OwnerLock(
      KeycloakSession session, String realmId, String ownerId, boolean seesTheNewest) {
    this.session = session;
    this.realmId = realmId;
    this.ownerId = ownerId;
    this.seesTheNewest = seesTheNewest;
  }

  static OwnerLock take(KeycloakSession session, RealmModel realm, String ownerId) {
    EntityManager entities = DurableEntities.of(session);
    Optional<Long> before = turns(entities, realm.getId(), ownerId);
    // A row that was just made may be swept before it is locked, as its owner has no key yet.
    for (int tries = 0; !turn(entities, realm.getId(), ownerId); tries++) {
      if (tries == MOST_TRIES) {
        throw new ModelException("The keys of an owner cannot be locked");
      }
      makeRow(session, realm.getId(), ownerId);
    }
    long mine = turns(entities, realm.getId(), ownerId).orElseThrow();
    boolean undisturbed = before.filter(turns -> turns + 1 == mine).isPresent();
    return new OwnerLock(
        session, realm.getId(), ownerId, undisturbed || readsWhatIsCommitted(entities));
  }

  /** How many keys of the owner are neither revoked nor expired by their own dates. */
  public long alive(Instant now) {
    return counted(entities -> countAlive(entities, realmId, ownerId, now));
  }

  /**
   * When the owner's keys were made that this user has made since then, revoked ones included.
   *
   * @param creatorId the id of the user
   * @param max the most to look at
   * @return the newest first
   */
  public List<Instant> createdSince(String creatorId, Instant since, int max) {
    return counted(
        entities ->
            entities
                .createQuery(
                    "select k.createdAt from AccessKeyEntity k where k.realmId = :realm"
                        + " and k.ownerId = :owner and k.createdAt > :since"
                        + " and k.createdBy = :creator order by k.createdAt desc",
                    Long.class)
                .setParameter("realm", realmId)
                .setParameter("owner", ownerId)
                .setParameter("since", since.toEpochMilli())
                .setParameter("creator", creatorId)
                .setMaxResults(max)
                .getResultStream()
                .map(Instant::ofEpochMilli)
                .toList());
  }

  static long countAlive(EntityManager entities, String realmId, String ownerId, Instant now) {
    return entities
        .createQuery(
            "select count(k) from AccessKeyEntity k where k.realmId = :realm"
                + " and k.ownerId = :owner and k.revokedAt is null"
                + " and (k.expiresAt is null or k.expiresAt > :now)",
            Long.class)
        .setParameter("realm", realmId)
        .setParameter("owner", ownerId)
        .setParameter("now", now.toEpochMilli())
        .getSingleResult();
  }

  /**
   * MariaDB shows a transaction the tables as they were at its first query, so also what those left
   * unseen whom we have waited for. Another transaction sees it, and nobody can add to it now.
   */
  private <T> T counted(Function<EntityManager, T> count) {
    return seesTheNewest
        ? count.apply(DurableEntities.of(session))
        : KeycloakModelUtils.runJobInTransactionWithResult(
            session.getKeycloakSessionFactory(),
            another -> count.apply(DurableEntities.of(another)));
  }

  private static boolean readsWhatIsCommitted(EntityManager entities) {
    return entities
        .unwrap(Session.class)
        .doReturningWork(
            connection ->
                connection.getTransactionIsolation() <= Connection.TRANSACTION_READ_COMMITTED);
  }

  /** In a transaction of its own: where somebody else makes it first, only that one fails. */
  private static void makeRow(KeycloakSession session, String realmId, String ownerId) {
    try {
      KeycloakModelUtils.runJobInTransaction(
          session.getKeycloakSessionFactory(),
          another -> {
            AccessKeyOwnerEntity row = new AccessKeyOwnerEntity();
            row.realmId = realmId;
            row.ownerId = ownerId;
            EntityManager entities = DurableEntities.of(another);
            entities.persist(row);
            entities.flush();
          });
    } catch (ModelException | PersistenceException e) {
      LOG.debugf(e, "The row of owner %s was made elsewhere", ownerId);
    }
  }

  private static boolean turn(EntityManager entities, String realmId, String ownerId) {
    Query turn =
        entities
            .createQuery(
                "update AccessKeyOwnerEntity o set o.turns = o.turns + 1"
                    + " where o.realmId = :realm and o.ownerId = :owner")
            .setParameter("realm", realmId)
            .setParameter("owner", ownerId);
    return RowLock.waiting(turn::executeUpdate) == 1;
  }

  private static Optional<Long> turns(EntityManager entities, String realmId, String ownerId) {
    return entities
        .createQuery(
            "select o.turns from AccessKeyOwnerEntity o"
                + " where o.realmId = :realm and o.ownerId = :owner",
            Long.class)
        .setParameter("realm", realmId)
        .setParameter("owner", ownerId)
        .getResultStream()
        .findFirst();
  }
}
