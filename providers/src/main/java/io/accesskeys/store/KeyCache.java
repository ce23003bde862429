package io.accesskeys.store;

import io.accesskeys.key.AccessKey;
import io.accesskeys.restriction.Restrictions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * This node's copies of keys.
 *
 * <p>A copy is read in a transaction of its own, by the cache's loader: the cache makes an
 * invalidation wait for a running load of the same key, so a read that began before a commit cannot
 * outlive it. Should the message of another node get lost, the time to live bounds what is stale.
 * Nothing stale is ever served while it is being refreshed.
 */
final class KeyCache {

  /** How long a copy may be used. */
  static final Duration TIME_TO_LIVE = Duration.ofSeconds(10);

  private static final int MAX_KEYS = 100_000;
  private static final int MAX_UNKNOWN = 10_000;

  private final LocalCache<KeyId, AccessKey> keys;

  private final Copies<KeyChanged> copies =
      new Copies<>("access-keys", KeyChanged.class, changed -> invalidate(changed.id()));

  private final Copies<KeysRemoved> removed =
      new Copies<>(
          "access-keys-removed", KeysRemoved.class, gone -> gone.ids().forEach(this::invalidate));

  /** Ids that no key has; apart, so that guesses cannot push keys out. */
  private final LocalCache<KeyId, Boolean> unknown;

  KeyCache(KeycloakSessionFactory sessions) {
    try (KeycloakSession session = sessions.create()) {
      LocalCacheProvider caches = session.getProvider(LocalCacheProvider.class);
      // The overload with a Duration expires by access in 26.7: a busy key would never leave.
      keys =
          caches.create(
              LocalCacheConfiguration.<KeyId, AccessKey>builder()
                  .name("accessKeys")
                  .maxSize(MAX_KEYS)
                  .expirationAfterCreate((id, key) -> TIME_TO_LIVE)
                  .loader(id -> load(sessions, id))
                  .build());
      unknown =
          caches.create(
              LocalCacheConfiguration.<KeyId, Boolean>builder()
                  .name("accessKeysUnknown")
                  .maxSize(MAX_UNKNOWN)
                  .expirationAfterCreate((id, mark) -> TIME_TO_LIVE)
                  .build());
    }
  }

  /** Hears of the changes that other nodes make. */
  void listen(KeycloakSession session) {
    copies.listen(session);
    removed.listen(session);
  }

  Optional<AccessKey> get(KeyId id) {
    if (unknown.get(id) != null) {
      return Optional.empty();
    }
    AccessKey key = keys.get(id);
    if (key == null) {
      unknown.put(id, Boolean.TRUE);
    }
    return Optional.ofNullable(key);
  }

  /** Drops the key everywhere once the change is committed: sooner, the old row would come back. */
  void invalidateAfterCommit(KeycloakSession session, String realmId, String id) {
    copies.forgetAfterCommit(session, new KeyChanged(realmId, id));
  }

  /** The same for keys that are deleted together: one message tells of all of them. */
  void invalidate(KeycloakSession session, String realmId, List<String> ids, AfterCommit commit) {
    removed.forget(session, KeysRemoved.of(realmId, ids), commit);
  }

  void close() {
    keys.close();
    unknown.close();
  }

  private void invalidate(KeyId id) {
    keys.invalidate(id);
    unknown.invalidate(id);
  }

  private static AccessKey load(KeycloakSessionFactory sessions, KeyId id) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        sessions,
        session ->
            KeyRows.find(DurableEntities.of(session), id)
                .map(row -> KeyRows.toKey(row, Restrictions.of(session)))
                .orElse(null));
  }
}
