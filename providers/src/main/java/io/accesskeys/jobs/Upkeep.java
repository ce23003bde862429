package io.accesskeys.jobs;

import io.accesskeys.history.KeyHistory;
import io.accesskeys.management.KeyManager;
import io.accesskeys.management.removal.Erasure;
import io.accesskeys.management.removal.Owners;
import io.accesskeys.notice.ExpiryNotices;
import io.accesskeys.notice.PolicyNotices;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyRemoval;
import io.accesskeys.store.KeyStore;
import io.accesskeys.usage.UsageLog;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Tells of keys that expire, and tidies up: revoked keys and changes of keys go after their
 * retention, and keys are deleted whose owners or API clients have gone without an event, as when a
 * user federation is removed. Nothing depends on it: such keys are refused anyway.
 */
final class Upkeep {

  private static final int PAGE = 500;

  private final KeycloakSessionFactory sessions;
  private final Runnable failed;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param failed told of whatever is left to the next run
   */
  Upkeep(KeycloakSessionFactory sessions, Runnable failed) {
    this.sessions = sessions;
    this.failed = failed;
  }

  void run() {
    new EachRealm(sessions, failed).run(this::run);
  }

  private void run(String realmId) {
    while (purge(realmId) == PAGE) {
      // The next page, in a transaction of its own.
    }
    while (forget(realmId) == PAGE) {
      // The next page of changes, in the same way.
    }
    while (forgetUses(realmId)) {
      // The next page of keys, in the same way.
    }
    new ExpiryNotices(sessions).run(realmId);
    new PolicyNotices(sessions).run(realmId);
    new RollJob(sessions, random, failed).run(realmId);
    String last = "";
    do {
      last = sweepOwners(realmId, last);
    } while (!last.isEmpty());
    do {
      last = sweepClients(realmId, last);
    } while (!last.isEmpty());
  }

  private int purge(String realmId) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        sessions,
        session -> {
          RealmModel realm = realm(session, realmId);
          if (realm == null) {
            return 0;
          }
          Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
          return new KeyManager(session, RealmPolicy.of(session, realm), random, now).purge(PAGE);
        });
  }

  private boolean forgetUses(String realmId) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        sessions,
        session -> {
          Instant end = Instant.ofEpochMilli(Time.currentTimeMillis()).minus(KeyHistory.RETENTION);
          return session.getProvider(UsageLog.class).forget(realmId, end, PAGE);
        });
  }

  private int forget(String realmId) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        sessions,
        session -> {
          RealmModel realm = realm(session, realmId);
          Instant end = Instant.ofEpochMilli(Time.currentTimeMillis()).minus(KeyHistory.RETENTION);
          return realm == null ? 0 : new KeyHistory(session).forget(realm, end, PAGE);
        });
  }

  /** Looks at a page of owners, and gives the last of them; empty text if there was none. */
  private String sweepOwners(String realmId, String after) {
    return sweep(
        realmId,
        (session, realm) -> {
          List<String> owners = removal(session).ownersAfter(realm, after, PAGE);
          Owners known = new Owners(session, realm);
          owners.stream()
              .filter(known::isGoneForGood)
              .forEach(owner -> new Erasure(session, realm).ofOwner(owner, owner, List.of()));
          return owners;
        });
  }

  /** The same for the clients that keys are issued for. */
  private String sweepClients(String realmId, String after) {
    return sweep(
        realmId,
        (session, realm) -> {
          List<String> clients = removal(session).clientsAfter(realm, after, PAGE);
          clients.stream()
              .filter(client -> realm.getClientById(client) == null)
              .forEach(client -> new Erasure(session, realm).forClient(client, client, List.of()));
          return clients;
        });
  }

  private String sweep(String realmId, BiFunction<KeycloakSession, RealmModel, List<String>> page) {
    return KeycloakModelUtils.runJobInTransactionWithResult(
        sessions,
        session -> {
          RealmModel realm = realm(session, realmId);
          List<String> seen = realm == null ? List.of() : page.apply(session, realm);
          return seen.isEmpty() ? "" : seen.get(seen.size() - 1);
        });
  }

  private static RealmModel realm(KeycloakSession session, String id) {
    RealmModel realm = session.realms().getRealm(id);
    session.getContext().setRealm(realm);
    return realm;
  }

  private static KeyRemoval removal(KeycloakSession session) {
    return session.getProvider(KeyStore.class).removal();
  }
}
