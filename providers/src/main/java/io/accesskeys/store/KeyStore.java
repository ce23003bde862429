package io.accesskeys.store;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

/**
 * The keys of all realms: the system of record. Reads for verification come from a cache; every
 * change takes effect on all nodes after the transaction commits.
 */
public final class KeyStore implements Provider {

  private final KeycloakSession session;
  private final KeyCache cache;

  KeyStore(KeycloakSession session, KeyCache cache) {
    this.session = session;
    this.cache = cache;
  }

  /**
   * The key of this id, at most {@link KeyCache#TIME_TO_LIVE} old. For verification.
   *
   * @param id a well-formed key id
   */
  public Optional<AccessKey> cached(RealmModel realm, String id) {
    return cache.get(id).filter(key -> key.realmId().equals(realm.getId()));
  }

  /** The key of this id, as the database has it now. For whoever is about to change it. */
  public Optional<AccessKey> find(RealmModel realm, String id) {
    return Optional.ofNullable(entities().find(AccessKeyEntity.class, id))
        .filter(row -> row.realmId.equals(realm.getId()))
        .map(KeyRows::toKey);
  }

  /** The keys that pass the filter, newest first. */
  public List<AccessKey> list(RealmModel realm, KeyFilter filter) {
    CriteriaBuilder builder = entities().getCriteriaBuilder();
    CriteriaQuery<AccessKeyEntity> query = builder.createQuery(AccessKeyEntity.class);
    Root<AccessKeyEntity> key = query.from(AccessKeyEntity.class);
    List<Predicate> conditions = new ArrayList<>();
    conditions.add(builder.equal(key.get("realmId"), realm.getId()));
    filter.owner().ifPresent(id -> conditions.add(builder.equal(key.get("ownerId"), id)));
    filter
        .kind()
        .ifPresent(kind -> conditions.add(builder.equal(key.get("kind"), kind.wireName())));
    filter.client().ifPresent(id -> conditions.add(builder.equal(key.get("clientId"), id)));
    query
        .where(conditions.toArray(Predicate[]::new))
        .orderBy(builder.desc(key.get("createdAt")), builder.desc(key.get("id")));
    TypedQuery<AccessKeyEntity> page =
        entities().createQuery(query).setFirstResult(filter.first()).setMaxResults(filter.max());
    return page.getResultStream().map(KeyRows::toKey).toList();
  }

  /** Stores a new key. */
  public void add(AccessKey key) {
    entities().persist(KeyRows.toRow(key));
    entities().flush();
    cache.invalidateAfterCommit(session, key.id());
  }

  /**
   * Replaces a key's secrets, if nobody has changed the key since.
   *
   * @param rolled the key with its new secrets and the version that was read
   * @return false if another change came first; nothing was changed then
   */
  public boolean replaceSecrets(AccessKey rolled) {
    int won =
        entities()
            .createQuery(
                "update AccessKeyEntity k set k.version = k.version + 1"
                    + " where k.id = :id and k.realmId = :realm and k.version = :version"
                    + " and k.revokedAt is null")
            .setParameter("id", rolled.id())
            .setParameter("realm", rolled.realmId())
            .setParameter("version", rolled.version())
            .executeUpdate();
    if (won == 0) {
      return false;
    }
    entities().clear();
    AccessKeyEntity row = entities().find(AccessKeyEntity.class, rolled.id());
    row.secrets.removeIf(old -> rolled.secret(old.number).isEmpty());
    for (KeySecret secret : rolled.secrets()) {
      row.secrets.stream()
          .filter(old -> old.number == secret.number())
          .findFirst()
          .ifPresentOrElse(
              old -> old.retiresAt = KeyRows.millis(secret.retires()),
              () -> row.secrets.add(KeyRows.toRow(row, secret)));
    }
    entities().flush();
    cache.invalidateAfterCommit(session, rolled.id());
    return true;
  }

  /**
   * Revokes a key for good.
   *
   * @return false if it was revoked already, or is none of this realm's
   */
  public boolean revoke(RealmModel realm, String id, Instant at) {
    int revoked =
        entities()
            .createQuery(
                "update AccessKeyEntity k set k.revokedAt = :at, k.version = k.version + 1"
                    + " where k.id = :id and k.realmId = :realm and k.revokedAt is null")
            .setParameter("at", at.toEpochMilli())
            .setParameter("id", id)
            .setParameter("realm", realm.getId())
            .executeUpdate();
    cache.invalidateAfterCommit(session, id);
    return revoked > 0;
  }

  /** Forgets the keys of a user who is being removed. */
  void removeOwnedBy(RealmModel realm, String userId) {
    remove("ownerId", realm, userId);
  }

  /** Forgets the keys for an API client that is being removed. */
  void removeIssuedFor(RealmModel realm, String clientId) {
    remove("clientId", realm, clientId);
  }

  /** Forgets the keys of a realm that is being removed. */
  void removeAll(RealmModel realm) {
    remove("realmId", realm, realm.getId());
  }

  @Override
  public void close() {}

  private void remove(String attribute, RealmModel realm, String value) {
    String condition = " k where k.realmId = :realm and k." + attribute + " = :value";
    List<String> ids =
        entities()
            .createQuery("select k.id from AccessKeyEntity" + condition, String.class)
            .setParameter("realm", realm.getId())
            .setParameter("value", value)
            .getResultList();
    // The foreign key of ACCESS_KEY_SECRET cascades.
    entities()
        .createQuery("delete from AccessKeyEntity" + condition)
        .setParameter("realm", realm.getId())
        .setParameter("value", value)
        .executeUpdate();
    ids.forEach(id -> cache.invalidateAfterCommit(session, id));
  }

  private EntityManager entities() {
    return session.getProvider(JpaConnectionProvider.class).getEntityManager();
  }
}
