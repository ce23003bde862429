package io.accesskeys.policy;

import io.accesskeys.store.Copies;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.cache.LocalCache;
import org.keycloak.cache.LocalCacheConfiguration;
import org.keycloak.cache.LocalCacheProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * This node's copies of what is kept of policies, and the policies that were read of them: every
 * request asks for the policy, and reading it takes longer than all that is decided by it.
 */
final class PolicyCache {

  /** Bounds how long a message of another node that is lost goes unnoticed. */
  private static final Duration TIME_TO_LIVE = Duration.ofMinutes(1);

  private static final int MAX_REALMS = 10_000;

  private final LocalCache<String, StoredPolicy> kept;
  private final Map<String, Read> read = new ConcurrentHashMap<>();

  private final Copies<PolicyChanged> copies =
      new Copies<>("access-keys-policies", PolicyChanged.class, this::forget);

  /**
   * A policy that was read of a realm's config and of what is kept of it.
   *
   * @param config a copy: Keycloak's own map may be changed under us
   */
  private record Read(Map<String, String> config, StoredPolicy kept, RealmPolicy policy) {

    Read {
      config = new HashMap<>(config);
    }

    boolean isOf(Map<String, String> nowConfig, StoredPolicy nowKept) {
      return kept.equals(nowKept) && config.equals(nowConfig);
    }
  }

  PolicyCache(KeycloakSessionFactory sessions) {
    try (KeycloakSession session = sessions.create()) {
      kept =
          session
              .getProvider(LocalCacheProvider.class)
              .create(
                  LocalCacheConfiguration.<String, StoredPolicy>builder()
                      .name("accessKeysPolicies")
                      .maxSize(MAX_REALMS)
                      .expirationAfterCreate((realmId, policy) -> TIME_TO_LIVE)
                      .loader(realmId -> load(sessions, realmId))
                      .build());
    }
  }

  /** Hears of the changes that other nodes make. */
  void listen(KeycloakSession session) {
    copies.listen(session);
  }

  /** The policy of a realm whose required action has this config. */
  RealmPolicy policy(String realmId, Map<String, String> config) {
    StoredPolicy stored = kept.get(realmId);
    Read last = read.get(realmId);
    if (last != null && last.isOf(config, stored)) {
      return last.policy();
    }
    RealmPolicy policy = RealmPolicy.of(new PolicySources(config, stored.settings()));
    if (read.size() >= MAX_REALMS) {
      read.clear();
    }
    read.put(realmId, new Read(config, stored, policy));
    return policy;
  }

  /** Asks anew everywhere once the running transaction is committed: sooner, it is not seen. */
  void changedAfterCommit(KeycloakSession session, String realmId) {
    copies.forgetAfterCommit(session, new PolicyChanged(realmId));
  }

  void close() {
    kept.close();
  }

  private void forget(PolicyChanged changed) {
    kept.invalidate(changed.realmId());
  }

  private static StoredPolicy load(KeycloakSessionFactory sessions, String realmId) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        sessions, session -> new PolicyRows(session).find(realmId));
  }
}
