package io.accesskeys.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.store.DurableEntities;
import io.accesskeys.verification.KeyOwner;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.adapter.InMemoryUserAdapter;

/**
 * Sends the stored notices. Whoever claims a notice first sends it; if that node dies before it has
 * said so, another sends it again: at least once, and seldom twice.
 */
public final class Outbox {

  private static final Logger LOG = Logger.getLogger(Outbox.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE = 50;
  private static final DateTimeFormatter READABLE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** How long a claim lasts; longer than sending one mail can take. */
  private static final Duration LEASE = Duration.ofMinutes(5);

  /** How long a run begins to send further pages of mails. */
  private static final Duration TURN = Duration.ofSeconds(15);

  private static final Duration GIVE_UP = Duration.ofDays(7);
  private static final Duration KEPT = Duration.ofDays(60);

  /** What may stay true of a key for longer than that: forgotten, it would be told again. */
  private static final List<String> LASTING =
      Stream.of(NoticeKind.ROLL_OVERDUE, NoticeKind.ROLL_EXTENDED, NoticeKind.POLICY)
          .map(NoticeKind::wireName)
          .toList();

  private final KeycloakSessionFactory sessions;
  private final Duration firstRetry;

  /**
   * @param firstRetry how long to wait after a mail could not be sent; doubles every time
   */
  public Outbox(KeycloakSessionFactory sessions, Duration firstRetry) {
    this.sessions = sessions;
    this.firstRetry = firstRetry;
  }

  /**
   * Sends what is due, one mail per transaction, and forgets what is old. Stops after a while, for
   * the next run to go on: a node's jobs share one thread, and many mails must not hold up rolls.
   */
  public void run() {
    long start = System.nanoTime();
    List<String> due;
    do {
      due = inTransaction(Outbox::due);
      for (String id : due) {
        if (inTransaction(session -> claim(session, id))) {
          deliver(id);
        }
      }
    } while (due.size() == PAGE && System.nanoTime() - start < TURN.toNanos());
    inTransaction(Outbox::forget);
  }

  private static int forget(KeycloakSession session) {
    return entities(session)
        .createQuery(
            "delete from AccessKeyMailEntity m where m.createdAt < :before"
                + " and (m.kind not in :lasting"
                + " or not exists (select 1 from AccessKeyEntity k where k.realmId = m.realmId and k.id = m.keyId))")
        .setParameter("before", now().minus(KEPT).toEpochMilli())
        .setParameter("lasting", LASTING)
        .executeUpdate();
  }

  private static List<String> due(KeycloakSession session) {
    return entities(session)
        .createQuery(
            "select m.id from AccessKeyMailEntity m where m.nextAt <= :now order by m.nextAt",
            String.class)
        .setParameter("now", now().toEpochMilli())
        .setMaxResults(PAGE)
        .getResultList();
  }

  private static boolean claim(KeycloakSession session, String id) {
    return entities(session)
            .createQuery(
                "update AccessKeyMailEntity m set m.nextAt = :lease, m.attempts = m.attempts + 1"
                    + " where m.id = :id and m.nextAt <= :now")
            .setParameter("lease", now().plus(LEASE).toEpochMilli())
            .setParameter("id", id)
            .setParameter("now", now().toEpochMilli())
            .executeUpdate()
        == 1;
  }

  private void deliver(String id) {
    boolean done =
        inTransaction(
            session -> {
              AccessKeyMailEntity row = entities(session).find(AccessKeyMailEntity.class, id);
              try {
                send(session, row);
                return true;
              } catch (EmailException e) {
                LOG.warnf("Mail about access key %s could not be sent", row.keyId);
                LOG.debug("Mail could not be sent", e);
                return false;
              }
            });
    inTransaction(session -> settle(entities(session).find(AccessKeyMailEntity.class, id), done));
  }

  private boolean settle(AccessKeyMailEntity row, boolean done) {
    if (done) {
      row.sentAt = now().toEpochMilli();
      row.nextAt = null;
    } else if (now().isAfter(Instant.ofEpochMilli(row.createdAt).plus(GIVE_UP))) {
      LOG.warnf("Mail about access key %s is given up", row.keyId);
      row.nextAt = null;
    } else {
      row.nextAt = now().plus(retryAfter(row.attempts)).toEpochMilli();
    }
    return done;
  }

  /** Doubles with every attempt, up to an hour. */
  Duration retryAfter(int attempts) {
    Duration wait = firstRetry.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), 20));
    return wait.compareTo(Duration.ofHours(1)) > 0 ? Duration.ofHours(1) : wait;
  }

  private static void send(KeycloakSession session, AccessKeyMailEntity row) throws EmailException {
    RealmModel realm = session.realms().getRealm(row.realmId);
    if (realm == null || realm.getSmtpConfig().isEmpty()) {
      return; // Nobody to tell, or no way to: later mails would pile up for nothing.
    }
    session.getContext().setRealm(realm);
    Optional<UserModel> user = recipient(session, realm, row.recipient);
    if (user.isEmpty()) {
      return;
    }
    Map<String, Object> attributes = new HashMap<>(facts(row));
    attributes.replace("at", readable(facts(row).get("at")));
    attributes.replace("expires", readable(facts(row).get("expires")));
    attributes.put("deadline", readable(facts(row).getOrDefault("deadline", "")));
    attributes.putIfAbsent("count", "");
    attributes.put("retires", readable(facts(row).getOrDefault("retires", "")));
    attributes.put("notice", row.kind);
    attributes.put("reference", row.id);
    attributes.put("realmName", name(realm));
    attributes.put(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, true);
    MailSubject subject =
        MailSubject.of(
            session,
            user.get(),
            "accessKeyMail-" + row.kind + "-subject",
            List.of(facts(row).get("name"), name(realm)));
    session
        .getProvider(EmailTemplateProvider.class)
        .setRealm(realm)
        .setUser(user.get())
        .send(subject.format(), subject.arguments(), "access-key-notice.ftl", attributes);
  }

  /**
   * A person with an address, or somebody made up for a bare address; empty if they are gone.
   *
   * @throws EmailException if their user federation does not answer: it may later
   */
  private static Optional<UserModel> recipient(
      KeycloakSession session, RealmModel realm, String recipient) throws EmailException {
    String whom = recipient.substring(recipient.indexOf(':') + 1);
    if (recipient.startsWith(Recipients.USER)) {
      Optional<KeyOwner> owner = KeyOwner.ofUser(whom, session, realm);
      if (owner.filter(KeyOwner::isUnreachable).isPresent()) {
        throw new EmailException("The user federation of " + whom + " does not answer");
      }
      return owner
          .flatMap(KeyOwner::person)
          .map(KeyOwner.Person::user)
          .filter(user -> user.getEmail() != null);
    }
    UserModel madeUp = new InMemoryUserAdapter(session, realm, whom);
    madeUp.setEmail(whom);
    return Optional.of(madeUp);
  }

  private static String readable(String instant) {
    return instant.isEmpty() ? "" : READABLE.format(Instant.parse(instant));
  }

  private static Map<String, String> facts(AccessKeyMailEntity row) {
    try {
      return JSON.readValue(row.facts, new TypeReference<Map<String, String>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored notice cannot be read", e);
    }
  }

  private static String name(RealmModel realm) {
    return Optional.ofNullable(realm.getDisplayName())
        .filter(name -> !name.isBlank())
        .orElse(realm.getName());
  }

  private <T> T inTransaction(Function<KeycloakSession, T> work) {
    return KeycloakModelUtils.runJobInTransactionWithResult(sessions, work::apply);
  }

  private static EntityManager entities(KeycloakSession session) {
    return DurableEntities.of(session);
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }
}
