package io.accesskeys.store;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant;
import io.accesskeys.restriction.Restrictions;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Makes keys go, with their secrets and uses: the database's foreign keys cascade. */
public final class KeyRemoval {

  private static final int PAGE = 500;

  private final KeycloakSession session;
  private final KeyCache cache;

  KeyRemoval(KeycloakSession session, KeyCache cache) {
    this.session = session;
    this.cache = cache;
  }

  /** Forgets the keys of a user who is being removed, or is gone. */
  public void removeOwnedBy(RealmModel realm, String ownerId) {
    remove("ownerId", realm, ownerId);
  }

  /** Forgets the keys for an API client that is being removed, and its own client secrets. */
  void removeIssuedFor(RealmModel realm, String clientId) {
    remove("clientId", realm, clientId);
  }

  /**
   * Forgets the keys of a realm that is being removed, maybe a million. Copies in caches may stay:
   * they are nothing outside their realm.
   */
  void removeAll(RealmModel realm) {
    entities()
        .createQuery("delete from AccessKeyEntity k where k.realmId = :realm")
        .setParameter("realm", realm.getId())
        .executeUpdate();
  }

  /**
   * Takes a client scope that is being removed off all keys: another that is imported later under
   * its id must not be theirs.
   */
  void removeScope(RealmModel realm, String id) {
    String escaped = id.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    List<AccessKeyEntity> rows =
        entities()
            .createQuery(
                "select k from AccessKeyEntity k where k.realmId = :realm and"
                    + " (k.scopes = :id or k.scopes like :first escape '!'"
                    + " or k.scopes like :last escape '!' or k.scopes like :inner escape '!')",
                AccessKeyEntity.class)
            .setParameter("realm", realm.getId())
            .setParameter("id", id)
            .setParameter("first", escaped + " %")
            .setParameter("last", "% " + escaped)
            .setParameter("inner", "% " + escaped + " %")
            .getResultList();
    for (AccessKeyEntity row : rows) {
      AccessKey key = KeyRows.toKey(row, Restrictions.of(session));
      KeyRows.write(key.with(key.label(), without(key.grant(), id)), row);
      cache.invalidateAfterCommit(session, key.id());
    }
    entities().flush();
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
    delete(ids);
    return ids.size();
  }

  /** Ids of owners of keys, in order: those behind this one. */
  public List<String> ownersAfter(RealmModel realm, String ownerId, int max) {
    return entities()
        .createQuery(
            "select distinct k.ownerId from AccessKeyEntity k where k.realmId = :realm"
                + " and k.ownerId > :after order by k.ownerId",
            String.class)
        .setParameter("realm", realm.getId())
        .setParameter("after", ownerId)
        .setMaxResults(max)
        .getResultList();
  }

  private void remove(String attribute, RealmModel realm, String value) {
    delete(
        entities()
            .createQuery(
                "select k.id from AccessKeyEntity k where k.realmId = :realm and k."
                    + attribute
                    + " = :value",
                String.class)
            .setParameter("realm", realm.getId())
            .setParameter("value", value)
            .getResultList());
  }

  private void delete(List<String> ids) {
    for (int from = 0; from < ids.size(); from += PAGE) {
      entities()
          .createQuery("delete from AccessKeyEntity k where k.id in :ids")
          .setParameter("ids", ids.subList(from, Math.min(ids.size(), from + PAGE)))
          .executeUpdate();
    }
    ids.forEach(id -> cache.invalidateAfterCommit(session, id));
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
