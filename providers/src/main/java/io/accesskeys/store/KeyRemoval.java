package io.accesskeys.store;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant;
import io.accesskeys.restriction.Restrictions;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Makes keys go, with their secrets and uses: the database's foreign keys cascade. */
public final class KeyRemoval {

  private static final int PAGE = 500;

  private final KeycloakSession session;
  private final KeyCache cache;
  private final AfterCommit commit;

  KeyRemoval(KeycloakSession session, KeyCache cache, AfterCommit commit) {
    this.session = session;
    this.cache = cache;
    this.commit = commit;
  }

  /** Deletes the keys of an owner who is gone. */
  public void removeOwnedBy(RealmModel realm, String ownerId) {
    remove(realm, "ownerId", ownerId);
  }

  /** Deletes the keys for an API client that is gone, and its own client secrets. */
  public void removeIssuedFor(RealmModel realm, String clientId) {
    remove(realm, "clientId", clientId);
  }

  /**
   * Deletes the keys of a realm that is gone, maybe a million. Copies in caches may stay: they are
   * nothing outside their realm.
   *
   * @param realmId the id of the realm
   * @return how many
   */
  public int removeAll(String realmId) {
    entities()
        .createQuery("delete from AccessKeyOwnerEntity o where o.realmId = :realm")
        .setParameter("realm", realmId)
        .executeUpdate();
    // First, as above: then the keys have no uses that somebody may be writing.
    entities()
        .createQuery("delete from AccessKeyUsageEntity u where u.realmId = :realm")
        .setParameter("realm", realmId)
        .executeUpdate();
    return entities()
        .createQuery("delete from AccessKeyEntity k where k.realmId = :realm")
        .setParameter("realm", realmId)
        .executeUpdate();
  }

  /** The keys of an owner that are not revoked, counted by API client. */
  public List<KeyCount> ownedBy(RealmModel realm, String ownerId) {
    return count(realm, "ownerId", ownerId, Integer.MAX_VALUE);
  }

  /**
   * The keys for an API client that are not revoked, counted by owner; its own client secrets are
   * among them.
   *
   * @param max the most owners to name
   */
  public List<KeyCount> issuedFor(RealmModel realm, String clientId, int max) {
    return count(realm, "clientId", clientId, max);
  }

  /** How many keys for an API client are not revoked, its own client secrets among them. */
  public long countIssuedFor(RealmModel realm, String clientId) {
    return entities()
        .createQuery(
            "select count(k) from AccessKeyEntity k where k.realmId = :realm"
                + " and k.clientId = :client and k.revokedAt is null",
            Long.class)
        .setParameter("realm", realm.getId())
        .setParameter("client", clientId)
        .getSingleResult();
  }

  /**
   * Takes a client scope that is gone off all keys: another that is imported later under its id
   * must not be theirs.
   *
   * @param id the id of the scope
   * @param told of each key as it was, and as it is stored now
   */
  public void removeScope(RealmModel realm, String id, BiConsumer<AccessKey, AccessKey> told) {
    List<AccessKeyEntity> rows = havingScope(realm, id, "");
    while (!rows.isEmpty()) {
      List<AccessKey> before = rows.stream().map(this::toKey).toList();
      for (int i = 0; i < rows.size(); i++) {
        AccessKey key = before.get(i);
        KeyRows.write(key.with(key.label(), without(key.grant(), id)), rows.get(i));
      }
      entities().flush();
      List<AccessKey> after = rows.stream().map(this::toKey).toList();
      rows.forEach(entities()::detach);
      for (int i = 0; i < before.size(); i++) {
        told.accept(before.get(i), after.get(i));
      }
      cache.invalidate(session, realm.getId(), rows.stream().map(row -> row.id).toList(), commit);
      rows = havingScope(realm, id, rows.get(rows.size() - 1).id);
    }
  }

  private List<AccessKeyEntity> havingScope(RealmModel realm, String id, String after) {
    String escaped = id.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    return entities()
        .createQuery(
            "select k from AccessKeyEntity k where k.realmId = :realm and k.id > :after and"
                + " (k.scopes = :id or k.scopes like :first escape '!'"
                + " or k.scopes like :last escape '!' or k.scopes like :inner escape '!')"
                + " order by k.id",
            AccessKeyEntity.class)
        .setParameter("realm", realm.getId())
        .setParameter("after", after)
        .setParameter("id", id)
        .setParameter("first", escaped + " %")
        .setParameter("last", "% " + escaped)
        .setParameter("inner", "% " + escaped + " %")
        .setMaxResults(PAGE)
        .getResultList();
  }

  /**
   * Forgets keys that were revoked before this instant, some of them.
   *
   * @return how many; fewer than {@code max} if there are no more
   */
  public int purgeRevokedBefore(RealmModel realm, Instant instant, int max) {
    List<String> ids =
        entities()
            .createQuery(
                "select k.id from AccessKeyEntity k where k.realmId = :realm"
                    + " and k.revokedAt < :instant order by k.revokedAt, k.id",
                String.class)
            .setParameter("realm", realm.getId())
            .setParameter("instant", instant.toEpochMilli())
            .setMaxResults(max)
            .getResultList();
    delete(realm, ids);
    return ids.size();
  }

  /** Deletes what was locked for owners who have no keys. */
  public void removeIdleLocks(RealmModel realm) {
    entities()
        .createQuery(
            "delete from AccessKeyOwnerEntity o where o.realmId = :realm and not exists"
                + " (select 1 from AccessKeyEntity k where k.realmId = o.realmId"
                + " and k.ownerId = o.ownerId)")
        .setParameter("realm", realm.getId())
        .executeUpdate();
  }

  /** Ids of owners of keys, in order: those behind this one. */
  public List<String> ownersAfter(RealmModel realm, String ownerId, int max) {
    return namedAfter(realm, "ownerId", ownerId, max);
  }

  /** Ids of the clients that keys are issued for, in order: those behind this one. */
  public List<String> clientsAfter(RealmModel realm, String clientId, int max) {
    return namedAfter(realm, "clientId", clientId, max);
  }

  private List<String> namedAfter(RealmModel realm, String column, String after, int max) {
    return entities()
        .createQuery(
            "select distinct k.%1$s from AccessKeyEntity k where k.realmId = :realm and k.%1$s > :after order by k.%1$s"
                .formatted(column),
            String.class)
        .setParameter("realm", realm.getId())
        .setParameter("after", after)
        .setMaxResults(max)
        .getResultList();
  }

  private List<KeyCount> count(RealmModel realm, String column, String id, int max) {
    return entities()
        .createQuery(
            "select k.ownerId, k.clientId, k.kind, count(k), min(k.id) from AccessKeyEntity k where k.realmId = :realm and k.%s = :id and k.revokedAt is null group by k.ownerId, k.clientId, k.kind order by k.ownerId, k.clientId"
                .formatted(column),
            Object[].class)
        .setParameter("realm", realm.getId())
        .setParameter("id", id)
        .setMaxResults(max)
        .getResultStream()
        .map(KeyCount::of)
        .toList();
  }

  /** Page by page, so that no owner has too many keys to be removed. */
  private void remove(RealmModel realm, String column, String value) {
    List<String> ids;
    do {
      ids =
          entities()
              .createQuery(
                  "select k.id from AccessKeyEntity k where k.realmId = :realm and k.%s = :value"
                      .formatted(column),
                  String.class)
              .setParameter("realm", realm.getId())
              .setParameter("value", value)
              .setMaxResults(PAGE)
              .getResultList();
      delete(realm, ids);
    } while (ids.size() == PAGE);
  }

  private void delete(RealmModel realm, List<String> ids) {
    if (ids.isEmpty()) {
      return;
    }
    // As whoever writes uses: a row of theirs points to the key, and must not be made while it
    // goes.
    UsageLock.take(session, realm.getId(), ids);
    entities()
        .createQuery("delete from AccessKeyEntity k where k.realmId = :realm and k.id in :ids")
        .setParameter("realm", realm.getId())
        .setParameter("ids", ids)
        .executeUpdate();
    cache.invalidate(session, realm.getId(), ids, commit);
  }

  private AccessKey toKey(AccessKeyEntity row) {
    return KeyRows.toKey(row, Restrictions.of(session));
  }

  private static Grant without(Grant grant, String scope) {
    Set<String> scopes = new HashSet<>(grant.scopes());
    scopes.remove(scope);
    return new Grant(
        grant.clientId(), grant.form(), scopes, grant.authorizationDetails(), grant.restrictions());
  }

  private EntityManager entities() {
    return DurableEntities.of(session);
  }
}
