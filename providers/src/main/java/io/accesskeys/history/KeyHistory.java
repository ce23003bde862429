package io.accesskeys.history;

import io.accesskeys.key.AccessKey;
import io.accesskeys.store.DurableEntities;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What was done to keys: the rows of {@code ACCESS_KEY_HISTORY}. They are written in the running
 * transaction, and deleted with their key.
 */
public final class KeyHistory {

  /** How long a change is kept. */
  public static final Duration RETENTION = Duration.ofDays(90);

  private final EntityManager entities;

  /** The history of the keys of all realms. */
  public KeyHistory(KeycloakSession session) {
    this.entities = DurableEntities.of(session);
  }

  /**
   * Adds a change of a key that is stored.
   *
   * @throws jakarta.persistence.PersistenceException if there is one of the same version
   */
  public void add(AccessKey key, HistoryEntry entry) {
    AccessKeyHistoryEntity row = HistoryRows.toRow(key, entry);
    entities.persist(row);
    entities.flush();
    // An import has a row for each of its keys, and each flush looks at all that are attached.
    entities.detach(row);
  }

  /**
   * The versions of those of the keys that were revoked at this instant, as the running transaction
   * sees them.
   *
   * @return by the id of the key
   */
  public Map<String, Integer> revokedAt(RealmModel realm, Collection<String> ids, Instant at) {
    Map<String, Integer> versions = new LinkedHashMap<>();
    entities
        .createQuery(
            "select k.id, k.version from AccessKeyEntity k where k.realmId = :realm"
                + " and k.id in :ids and k.revokedAt = :at",
            Object[].class)
        .setParameter("realm", realm.getId())
        .setParameter("ids", ids)
        .setParameter("at", at.toEpochMilli())
        .getResultList()
        .forEach(row -> versions.put((String) row[0], (Integer) row[1]));
    return versions;
  }

  /**
   * Adds a change of a key, and the same of others that were revoked with it, by one more
   * statement: each with its own version.
   *
   * @param others ids of other keys that were revoked at the same instant
   */
  public void addRevoked(AccessKey key, HistoryEntry entry, Collection<String> others) {
    add(key, entry);
    if (others.isEmpty()) {
      return;
    }
    entities
        .createQuery(
            "insert into AccessKeyHistoryEntity (realmId, keyId, version, changedAt, act, actorKind,"
                + " actorId, actorName, actorRealm, changes, reason)"
                + " select k.realmId, k.id, k.version, h.changedAt, h.act, h.actorKind,"
                + " h.actorId, h.actorName, h.actorRealm, h.changes, h.reason"
                + " from AccessKeyEntity k, AccessKeyHistoryEntity h"
                + " where k.realmId = :realm and k.id in :others and k.revokedAt = h.changedAt"
                + " and h.realmId = :realm and h.keyId = :key and h.version = :version")
        .setParameter("realm", key.realmId())
        .setParameter("others", others)
        .setParameter("key", key.id())
        .setParameter("version", entry.version())
        .executeUpdate();
  }

  /**
   * The newest changes of a key.
   *
   * @param before only those of versions below this one; empty for all
   * @param max the most to give
   */
  public HistoryPage page(AccessKey key, Optional<Integer> before, int max) {
    List<AccessKeyHistoryEntity> rows =
        entities
            .createQuery(
                "select h from AccessKeyHistoryEntity h where h.realmId = :realm and h.keyId = :key"
                    + " and h.version < :before order by h.version desc",
                AccessKeyHistoryEntity.class)
            .setParameter("realm", key.realmId())
            .setParameter("key", key.id())
            .setParameter("before", before.orElse(Integer.MAX_VALUE))
            .setMaxResults(max + 1)
            .getResultList();
    List<AccessKeyHistoryEntity> shown = rows.subList(0, Math.min(rows.size(), max));
    return new HistoryPage(
        shown.stream().map(HistoryRows::toEntry).toList(),
        rows.size() > max ? Optional.of(shown.get(max - 1).version) : Optional.empty());
  }

  /**
   * Deletes changes that were made before an instant, of some keys.
   *
   * @param max of how many rows at least, if there are as many
   * @return how many rows were looked at; fewer than {@code max} if there are no more
   */
  public int forget(RealmModel realm, Instant before, int max) {
    List<String> oldest =
        entities
            .createQuery(
                "select h.keyId from AccessKeyHistoryEntity h where h.realmId = :realm"
                    + " and h.changedAt < :before order by h.changedAt",
                String.class)
            .setParameter("realm", realm.getId())
            .setParameter("before", before.toEpochMilli())
            .setMaxResults(max)
            .getResultList();
    if (!oldest.isEmpty()) {
      entities
          .createQuery(
              "delete from AccessKeyHistoryEntity h where h.realmId = :realm"
                  + " and h.changedAt < :before and h.keyId in :keys")
          .setParameter("realm", realm.getId())
          .setParameter("before", before.toEpochMilli())
          .setParameter("keys", Set.copyOf(oldest))
          .executeUpdate();
    }
    return oldest.size();
  }
}
