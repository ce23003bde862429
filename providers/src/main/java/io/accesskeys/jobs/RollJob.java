package io.accesskeys.jobs;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.Limits;
import io.accesskeys.key.Limits.Overdue;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.management.KeyManager;
import io.accesskeys.notice.NoticeKind;
import io.accesskeys.notice.Notices;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.policy.RealmPolicy.WhenSuccessorUnused;
import io.accesskeys.schedule.RollDelivery;
import io.accesskeys.store.Criterion;
import io.accesskeys.store.KeyPage;
import io.accesskeys.store.KeySearch;
import io.accesskeys.store.KeyStore;
import jakarta.persistence.PersistenceException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * What schedules ask for: hands rolls that are due to their deliveries, tells owners of deadlines,
 * and puts off the end of old secrets whose successors were never used. Each key is dealt with in a
 * transaction of its own and by one node; whatever is interrupted is done by the next run.
 *
 * <p>No deadline needs it: when a secret retires and when a key is overdue follows from the key.
 */
public final class RollJob {

  private static final Logger LOG = Logger.getLogger(RollJob.class);
  private static final int PAGE = 200;
  private static final Duration WARNING = Duration.ofDays(1);

  /** Of a key that is refused anyway, no secret is worth a new one. */
  private static final Set<KeyState> ALIVE = Set.of(KeyState.ACTIVE, KeyState.ROLLING);

  private final KeycloakSessionFactory sessions;
  private final SecureRandom random;
  private final Runnable failed;

  /**
   * @param failed told of every key that is left to the next run
   */
  public RollJob(KeycloakSessionFactory sessions, SecureRandom random, Runnable failed) {
    this.sessions = sessions;
    this.random = random;
    this.failed = failed;
  }

  /** Does what is due in a realm. */
  public void run(String realmId) {
    Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
    for (KeyKind kind : KeyKind.values()) {
      each(
          realmId,
          new Criterion.Unscheduled(kind, now),
          now,
          (session, key, at) -> manager(session, at).impose(key));
    }
    each(realmId, new Criterion.RollDueBefore(now.plusMillis(1)), now, this::due);
    each(realmId, new Criterion.RetiringBetween(now, now.plus(WARNING)), now, this::watchSuccessor);
  }

  /** What is done to one key. */
  @FunctionalInterface
  private interface Work {
    void with(KeycloakSession session, AccessKey key, Instant now);
  }

  private void each(String realmId, Criterion which, Instant now, Work work) {
    Optional<String> after = Optional.empty();
    do {
      Optional<String> from = after;
      KeyPage page =
          KeycloakModelUtils.runJobInTransactionWithResult(
              sessions, session -> page(session, realmId, which, from));
      page.keys().forEach(key -> one(realmId, key.id(), now, work));
      after = page.next();
    } while (after.isPresent());
  }

  private static KeyPage page(
      KeycloakSession session, String realmId, Criterion which, Optional<String> after) {
    RealmModel realm = session.realms().getRealm(realmId);
    if (realm == null || isIdle(session, realm, which)) {
      return new KeyPage(List.of(), Optional.empty());
    }
    session.getContext().setRealm(realm);
    return session
        .getProvider(KeyStore.class)
        .search(realm, new KeySearch(List.of(which), 0, PAGE, after));
  }

  /** Only where the policy imposes schedules on existing keys need all of them be looked at. */
  private static boolean isIdle(KeycloakSession session, RealmModel realm, Criterion which) {
    return which instanceof Criterion.Unscheduled without
        && !RealmPolicy.of(session, realm).of(without.kind()).imposesRollsAt(without.at());
  }

  private void one(String realmId, String keyId, Instant now, Work work) {
    try {
      KeycloakModelUtils.runJobInTransaction(
          sessions,
          session -> {
            RealmModel realm = session.realms().getRealm(realmId);
            if (realm != null) {
              session.getContext().setRealm(realm);
              session
                  .getProvider(KeyStore.class)
                  .find(realm, keyId)
                  .filter(key -> key.validity().expires().filter(now::isAfter).isEmpty())
                  .ifPresent(key -> work.with(session, key, now));
            }
          });
    } catch (ModelException | PersistenceException | IllegalStateException e) {
      failed.run();
      LOG.warnf("The roll of access key %s is tried again by the next run", keyId);
      LOG.debug("A roll could not be dealt with", e);
    }
  }

  private void due(KeycloakSession session, AccessKey key, Instant now) {
    Limits limits = limits(session, key);
    Optional<Instant> due = key.rollDue(limits).filter(at -> !at.isAfter(now));
    if (due.isEmpty() || !ALIVE.contains(key.stateAt(now, limits.withoutOverdue()))) {
      return;
    }
    DueKey roll = new DueKey(session, random, key, now);
    if (manager(session, now).markDue(key, due.get())) {
      deliver(session, roll);
    }
    Duration window = Duration.between(roll.due(), roll.deadline());
    if (!now.isBefore(roll.deadline())) {
      long late = Duration.between(roll.due(), now).dividedBy(window);
      NoticeKind kind =
          limits.rolling().overdue() == Overdue.EXPIRE
              ? NoticeKind.ROLL_OVERDUE
              : NoticeKind.ROLL_EXTENDED;
      roll.tell(kind, kind == NoticeKind.ROLL_OVERDUE ? 0 : late);
    } else if (!now.isBefore(roll.deadline().minus(least(WARNING, window.dividedBy(2))))) {
      roll.tell(NoticeKind.ROLL_DEADLINE, 0);
    }
  }

  private static void deliver(KeycloakSession session, DueKey roll) {
    String id = roll.key().roll().map(RollSchedule::delivery).orElse("");
    RollDelivery delivery = session.getProvider(RollDelivery.class, id);
    if (delivery == null) {
      LOG.warnf("Access key %s has the delivery %s, which is not installed", roll.key().id(), id);
      roll.tellOwner();
    } else {
      delivery.due(roll);
    }
  }

  /** If nobody uses the old secret either, its end hurts nobody. */
  private void watchSuccessor(KeycloakSession session, AccessKey key, Instant now) {
    Optional<KeySecret> old = key.retiringAt(now);
    if (old.isEmpty()
        || old.get().lastUsed().isEmpty()
        || key.current().lastUsed().isPresent()
        || !ALIVE.contains(key.stateAt(now, limits(session, key)))) {
      return;
    }
    Instant end = old.get().retires().orElseThrow();
    Duration overlap = Duration.between(key.current().createdAt(), end);
    if (now.isBefore(end.minus(least(WARNING, overlap.dividedBy(2))))) {
      return;
    }
    RealmModel realm = session.getContext().getRealm();
    Optional<AccessKey> extended =
        mayExtend(session, realm) ? manager(session, now).extend(key) : Optional.empty();
    new Notices(session, realm)
        .tell(
            extended.isPresent() ? NoticeKind.EXTENDED : NoticeKind.UNUSED,
            key.current().number() + "/" + end,
            extended.orElse(key),
            now);
  }

  private static boolean mayExtend(KeycloakSession session, RealmModel realm) {
    return RealmPolicy.of(session, realm).whenSuccessorUnused() == WhenSuccessorUnused.EXTEND;
  }

  private KeyManager manager(KeycloakSession session, Instant now) {
    RealmPolicy policy = RealmPolicy.of(session, session.getContext().getRealm());
    return new KeyManager(session, policy, random, now);
  }

  private static Limits limits(KeycloakSession session, AccessKey key) {
    return RealmPolicy.of(session, session.getContext().getRealm()).limits(key.kind());
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
