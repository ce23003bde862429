package io.accesskeys.store;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.restriction.Restrictions;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.Provider;

// Longer than 250 lines: one line for each thing that can be asked of the store.

/**
 * The keys of all realms: the system of record. Reads for verification come from a cache; every
 * change takes effect on all nodes after the transaction commits.
 */
public final class KeyStore implements Provider {

  private final KeycloakSession session;
  private final KeyCache cache;
  private final ClientRoles clientRoles;
  private final ApiClients apiClients;
  private final KeyUsage usage;

  KeyStore(
      KeycloakSession session,
      KeyCache cache,
      ClientRoles clientRoles,
      ApiClients apiClients,
      KeyUsage usage) {
    this.session = session;
    this.cache = cache;
    this.clientRoles = clientRoles;
    this.apiClients = apiClients;
    this.usage = usage;
  }

  /**
   * The key of this id, at most {@link KeyCache#TIME_TO_LIVE} old. For verification.
   *
   * @param id a well-formed key id
   */
  public Optional<AccessKey> cached(RealmModel realm, String id) {
    return cache.get(new KeyId(realm.getId(), id));
  }

  /**
   * The key of this id, as the database has it now. For whoever is about to change it.
   *
   * @param id anything; what cannot be an id is not looked for, as some databases fail at it
   */
  public Optional<AccessKey> find(RealmModel realm, String id) {
    return KeyText.isId(id)
        ? KeyRows.find(entities(), new KeyId(realm.getId(), id)).map(this::toKey)
        : Optional.empty();
  }

  /** Whether a key of the realm with this id has this id. */
  public boolean isTaken(String realmId, String id) {
    return entities().find(AccessKeyEntity.class, new KeyId(realmId, id)) != null;
  }

  /** Those of the ids that are keys of this realm, as the database has them now. */
  public List<AccessKey> findAll(RealmModel realm, Collection<String> ids) {
    return entities()
        .createQuery(
            "select k from AccessKeyEntity k left join fetch k.usage"
                + " where k.realmId = :realm and k.id in :ids",
            AccessKeyEntity.class)
        .setParameter("realm", realm.getId())
        .setParameter("ids", ids)
        .getResultStream()
        .filter(KeyStore::isStillThere)
        .map(this::toKey)
        .toList();
  }

  /**
   * The keys that meet the criteria, a page of them.
   *
   * @throws InvalidCursorException if {@code after} is no end of a page of this search
   */
  public KeyPage search(RealmModel realm, KeySearch search) {
    List<AccessKeyEntity> rows = query(realm).page(search);
    Optional<String> next =
        rows.size() < search.max()
            ? Optional.empty()
            : Optional.of(SearchOrder.of(search.criteria()).cursor(rows.get(rows.size() - 1)));
    var found = rows.stream().filter(KeyStore::isStillThere).map(this::toKey).toList();
    return new KeyPage(found, next);
  }

  /** The same for somebody who may not see every key. */
  public VisibleKeys visible(RealmModel realm, Predicate<AccessKey> mayBeSeen) {
    return new VisibleKeys(
        query(realm),
        row -> Optional.of(row).filter(KeyStore::isStillThere).map(this::toKey).filter(mayBeSeen),
        CursorSeal.of(session, realm),
        VisibleKeys.MOST);
  }

  /** How many keys meet the criteria; paging is not looked at. */
  public long count(RealmModel realm, KeySearch search) {
    return query(realm).count(search);
  }

  /** The same, but no further than to the size of a page. */
  public int countUpTo(RealmModel realm, KeySearch search) {
    return query(realm).countPage(search);
  }

  /** How many keys of this owner are neither revoked nor expired by their own dates. */
  public long countAlive(RealmModel realm, String ownerId, Instant now) {
    return OwnerLock.countAlive(entities(), realm.getId(), ownerId, now);
  }

  /** Stores a new key. */
  public void add(AccessKey key) {
    AccessKeyEntity row = KeyRows.toRow(key);
    entities().persist(row);
    entities().flush();
    row.usage = KeyRows.toUsageRow(key);
    entities().persist(row.usage);
    entities().flush();
    entities().detach(row);
    cache.invalidateAfterCommit(session, key.realmId(), key.id());
  }

  /**
   * Replaces a key, if nobody has changed it since.
   *
   * @param changed the key as it shall be, with the version that was read
   * @return false if another change came first, or the key was revoked; nothing was changed then
   */
  public boolean replace(AccessKey changed) {
    int won =
        entities()
            .createQuery(
                "update AccessKeyEntity k set k.version = k.version + 1 where k.id = :id"
                    + " and k.realmId = :realm and k.version = :version and k.revokedAt is null")
            .setParameter("id", changed.id())
            .setParameter("realm", changed.realmId())
            .setParameter("version", changed.version())
            .executeUpdate();
    if (won == 0) {
      return false;
    }
    // As whoever writes uses: the usage first, then secrets. Two who have locked some secrets of a
    // key each and want the others' would wait in a circle.
    KeyId id = new KeyId(changed.realmId(), changed.id());
    RowLock.take(
        entities()
            .createQuery(
                "select u from AccessKeyUsageEntity u where u.realmId = :realm and u.id = :id",
                AccessKeyUsageEntity.class)
            .setParameter("realm", id.realmId)
            .setParameter("id", id.id));
    AccessKeyEntity row = entities().find(AccessKeyEntity.class, id);
    entities().refresh(row);
    KeyRows.write(changed, row);
    entities().flush();
    cache.invalidateAfterCommit(session, changed.realmId(), changed.id());
    return true;
  }

  /** What can be done to a key beside editing and rolling it, whatever version it has by now. */
  public KeyLifecycle lifecycle() {
    return lifecycle(Optional.empty());
  }

  /** The same, of a key that still has this version; empty for any. */
  public KeyLifecycle lifecycle(Optional<Integer> version) {
    return new KeyLifecycle(session, cache, version);
  }

  /**
   * Waits until nobody else stores keys for this owner, and keeps others waiting until the end of
   * the transaction: what is counted meanwhile stays true. Taken before any row of a key is locked.
   */
  public OwnerLock lock(RealmModel realm, String ownerId) {
    return OwnerLock.take(session, realm, ownerId);
  }

  /**
   * Counts an accepted use of a key. Writes nothing: that is done later, for many at once.
   *
   * @param from the address it came from, as text, if one is known
   */
  public void used(AccessKey key, KeySecret secret, Optional<String> from, Instant at) {
    usage.add(key, secret, from, at);
  }

  /**
   * Whether there is a client of this name in the realm, and it is disabled; asked of audiences,
   * which may name anything.
   */
  public boolean isDisabledClient(RealmModel realm, String clientId) {
    return apiClients.isDisabled(realm, clientId);
  }

  /**
   * Whether a client has roles of its own; up to {@link KeyCache#TIME_TO_LIVE} behind for roles
   * that were made otherwise than by the Admin REST API. For verification.
   */
  public boolean hasRoles(ClientModel client) {
    return clientRoles.any(client);
  }

  /**
   * The client of this realm that has opted in to access keys, if there is just one. Looked for
   * once, and again after a client has changed: anybody may ask.
   */
  public Optional<ClientModel> onlyApiClient(RealmModel realm) {
    List<String> ids = apiClients.of(realm);
    Optional<ClientModel> only =
        ids.size() == 1 ? Optional.ofNullable(realm.getClientById(ids.get(0))) : Optional.empty();
    return only.filter(ApiClients::hasOptedIn);
  }

  /** A client may have got a role by the running transaction. */
  void clientRolesChanged(String realmId, String clientId) {
    clientRoles.changedAfterCommit(session, realmId, clientId);
  }

  /** What makes keys and traces of them go. */
  public KeyRemoval removal() {
    return removal(AfterCommit.in(session));
  }

  /** The same from a step that runs when the commit has begun. */
  public KeyRemoval removal(AfterCommit commit) {
    return new KeyRemoval(session, cache, commit);
  }

  @Override
  public void close() {}

  private SearchQuery query(RealmModel realm) {
    return new SearchQuery(entities(), realm.getId());
  }

  /** Secrets of several keys are read by a later statement: a key may have been removed between. */
  private static boolean isStillThere(AccessKeyEntity row) {
    return !row.secrets.isEmpty();
  }

  private AccessKey toKey(AccessKeyEntity row) {
    return KeyRows.toKey(row, Restrictions.of(session));
  }

  private EntityManager entities() {
    return DurableEntities.of(session);
  }
}
