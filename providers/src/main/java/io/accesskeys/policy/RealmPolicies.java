package io.accesskeys.policy;

import io.accesskeys.restriction.RestrictionType;
import io.accesskeys.restriction.Restrictions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.provider.Provider;

/**
 * The policies of all realms. What administrators and tools see and edit is the config of the
 * required action; what it says is kept in a row of ours, by the transaction that changes it, and
 * holds where the config says nothing any more.
 */
public final class RealmPolicies implements Provider {

  private final KeycloakSession session;
  private final PolicyCache cache;

  /** What this session goes by, by realm: one request does not change its mind half-way. */
  private final Map<String, RealmPolicy> read = new HashMap<>();

  RealmPolicies(KeycloakSession session, PolicyCache cache) {
    this.session = session;
    this.cache = cache;
  }

  /**
   * The policy of a realm, read once in a session unless the session changes it. Asks no database,
   * but for the first time in a while.
   */
  public RealmPolicy of(RealmModel realm) {
    return read.computeIfAbsent(
        realm.getId(), id -> cache.policy(id, new PolicyAction(realm).config()));
  }

  /** The same with where each setting comes from, as the database has it now. */
  public PolicyState state(RealmModel realm) {
    PolicyAction action = PolicyAction.stored(session, realm);
    StoredPolicy kept = new PolicyRows(session).find(realm.getId());
    PolicySources sources = new PolicySources(action.config(), kept.settings());
    return new PolicyState(sources, action, uninstalled(session, RealmPolicy.of(sources)));
  }

  /** Keeps what the config of the required action says in this transaction. */
  public void remember(RealmModel realm) {
    keep(realm, PolicyAction.stored(session, realm).config(), true);
  }

  /**
   * The same, and gives the realm the required action if it has never had it: realms that are older
   * than this extension, or whose file does not name it. Whoever removes it has it removed.
   */
  public void adopt(RealmModel realm) {
    PolicyAction action = PolicyAction.stored(session, realm);
    boolean known = action.isRegistered();
    if (!known && !new PolicyRows(session).find(realm.getId()).actionKnown()) {
      known = new PolicyAction(realm).register(session);
    }
    keep(realm, action.config(), known);
  }

  /** Forgets the policy of a realm that is being removed, unless an import puts it back at once. */
  void forgetUnlessPutBack(RealmModel realm) {
    String id = realm.getId();
    read.remove(id);
    cache.changedAfterCommit(session, id);
    // Made now: a transaction that is being committed lets nothing else join.
    PolicyRows rows = new PolicyRows(session);
    session
        .getTransactionManager()
        .enlistPrepare(
            new AbstractKeycloakTransaction() {
              @Override
              protected void commitImpl() {
                if (session.getProvider(RealmProvider.class).getRealm(id) == null) {
                  rows.remove(id);
                }
              }

              @Override
              protected void rollbackImpl() {}
            });
  }

  /** Stores what is kept of a policy; the other nodes hear of it once that is committed. */
  void write(RealmModel realm, StoredPolicy policy) {
    read.remove(realm.getId());
    new PolicyRows(session).write(realm.getId(), policy);
    cache.changedAfterCommit(session, realm.getId());
  }

  /** Settings that require a type of restriction which is not installed: no key could be made. */
  public static Map<String, String> uninstalled(KeycloakSession session, RealmPolicy policy) {
    Set<String> installed =
        Restrictions.of(session).types().stream()
            .map(RestrictionType::getId)
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, String> uninstalled = new TreeMap<>();
    policy
        .kinds()
        .forEach(
            (kind, rules) -> {
              if (!installed.containsAll(rules.requiredRestrictions())) {
                uninstalled.put(
                    PolicySetting.of(kind).requiredRestrictions.name(),
                    "must be types of restrictions that are installed: " + installed);
              }
            });
    return uninstalled;
  }

  @Override
  public void close() {}

  private void keep(RealmModel realm, Map<String, String> config, boolean actionKnown) {
    read.remove(realm.getId());
    PolicyRows rows = new PolicyRows(session);
    StoredPolicy kept = rows.find(realm.getId());
    if (!next(kept, config, actionKnown).equals(kept)) {
      write(realm, next(rows.lock(realm.getId()), config, actionKnown));
    }
  }

  private static StoredPolicy next(
      StoredPolicy kept, Map<String, String> config, boolean actionKnown) {
    StoredPolicy next = kept.after(config);
    return actionKnown ? next.withActionKnown() : next;
  }
}
