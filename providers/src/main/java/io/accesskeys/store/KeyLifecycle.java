package io.accesskeys.store;

import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * What can be done to a key without a look at the rest of it: each is one conditional update, so
 * that of two who do the same one wins. Whoever has seen a version has it compared in the same
 * statement.
 */
public final class KeyLifecycle {

  private final KeycloakSession session;
  private final KeyCache cache;
  private final Optional<Integer> version;

  /**
   * @param version the version that a key must have to be changed; empty for any
   */
  KeyLifecycle(KeycloakSession session, KeyCache cache, Optional<Integer> version) {
    this.session = session;
    this.cache = cache;
    this.version = version;
  }

  /**
   * Revokes a key for good.
   *
   * @return false if it was revoked already, has another version, or is none of this realm's
   */
  public boolean revoke(RealmModel realm, String id, Revocation revocation) {
    return change(
        "k.revokedAt = :at, k.revokedReason = :reason, k.version = k.version + 1",
        "k.revokedAt is null",
        query ->
            query
                .setParameter("at", revocation.at().toEpochMilli())
                .setParameter("reason", revocation.reason().orElse(null)),
        realm,
        id);
  }

  /**
   * Revokes several keys for good, with one statement.
   *
   * @return how many of them were not revoked before
   */
  public int revokeAll(RealmModel realm, Collection<String> ids, Revocation revocation) {
    int revoked =
        entities()
            .createQuery(
                "update AccessKeyEntity k set k.revokedAt = :at, k.revokedReason = :reason,"
                    + " k.version = k.version + 1 where k.realmId = :realm and k.id in :ids"
                    + " and k.revokedAt is null")
            .setParameter("at", revocation.at().toEpochMilli())
            .setParameter("reason", revocation.reason().orElse(null))
            .setParameter("realm", realm.getId())
            .setParameter("ids", ids)
            .executeUpdate();
    ids.forEach(id -> cache.invalidateAfterCommit(session, realm.getId(), id));
    return revoked;
  }

  /**
   * Switches a key off.
   *
   * @return false if it was off or revoked before, has another version, or is none of this realm's
   */
  public boolean suspend(RealmModel realm, String id, Suspension suspension) {
    return change(
        "k.suspendedAt = :at, k.suspendedBy = :by, k.suspendedByKind = :kind,"
            + " k.version = k.version + 1",
        "k.suspendedAt is null and k.revokedAt is null",
        query ->
            query
                .setParameter("at", suspension.at().toEpochMilli())
                .setParameter("by", suspension.by())
                .setParameter("kind", suspension.kind().wireName()),
        realm,
        id);
  }

  /**
   * Switches a key on again.
   *
   * @return false if it was not off, was revoked, has another version, or is none of this realm's
   */
  public boolean resume(RealmModel realm, String id) {
    return change(
        "k.suspendedAt = null, k.suspendedBy = null, k.suspendedByKind = null,"
            + " k.version = k.version + 1",
        "k.suspendedAt is not null and k.revokedAt is null",
        query -> query,
        realm,
        id);
  }

  /**
   * Marks a key as found in public.
   *
   * @return false if it was marked or revoked before, has another version, or is none of this
   *     realm's
   */
  public boolean expose(RealmModel realm, String id, Instant at) {
    return change(
        "k.exposedAt = :at, k.version = k.version + 1",
        "k.exposedAt is null and k.revokedAt is null",
        query -> query.setParameter("at", at.toEpochMilli()),
        realm,
        id);
  }

  /**
   * Takes a key off its owner's list. It is kept, so that its use is recognised.
   *
   * @return false if it was off the list before, has another version, or is none of this realm's
   */
  public boolean remove(RealmModel realm, String id, Instant at) {
    return change(
        "k.removedAt = :at, k.version = k.version + 1",
        "k.removedAt is null",
        query -> query.setParameter("at", at.toEpochMilli()),
        realm,
        id);
  }

  /**
   * Notes that a roll which became due then was handed to its delivery.
   *
   * @return false if that was noted before, or the key is none of this realm's. Another time than
   *     before may lie before it: a schedule can be changed to an earlier one
   */
  public boolean rollTold(RealmModel realm, String id, Instant due) {
    return change(
        "k.rollToldFor = :due",
        "(k.rollToldFor is null or k.rollToldFor <> :due) and k.revokedAt is null",
        query -> query.setParameter("due", due.toEpochMilli()),
        realm,
        id);
  }

  private boolean change(
      String set, String condition, UnaryOperator<Query> parameters, RealmModel realm, String id) {
    Query query =
        entities()
            .createQuery(
                "update AccessKeyEntity k set "
                    + set
                    + " where k.id = :id and k.realmId = :realm and "
                    + condition
                    + (version.isPresent() ? " and k.version = :seen" : ""))
            .setParameter("id", id)
            .setParameter("realm", realm.getId());
    version.ifPresent(seen -> query.setParameter("seen", seen));
    int changed = parameters.apply(query).executeUpdate();
    // Whoever reads the key again in this session must not get the row from before.
    AccessKeyEntity row = entities().find(AccessKeyEntity.class, new KeyId(realm.getId(), id));
    if (row != null) {
      entities().refresh(row);
    }
    cache.invalidateAfterCommit(session, realm.getId(), id);
    return changed > 0;
  }

  private EntityManager entities() {
    return DurableEntities.of(session);
  }
}
