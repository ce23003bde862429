package io.accesskeys.management;

import static io.accesskeys.management.RollingRealm.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.model.Partial;
import io.accesskeys.model.SampleRealm.Stored;
import io.accesskeys.notice.NoticeKind;
import io.accesskeys.notice.Notices;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;

final class ReuseAlarmTest {

  private static final Instant RETIRED = Instant.parse("2027-06-01T12:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2027-06-02T00:00:00Z");
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final RollingRealm realm = new RollingRealm();
  private final Stored stored =
      realm
          .sample()
          .key(
              KeyKind.PERSONAL_ACCESS_TOKEN,
              good ->
                  RollingRealm.rolled(
                      RollingRealm.made(good, RETIRED.minus(DAY.multipliedBy(9))),
                      DAY,
                      RETIRED.minus(DAY)));
  private final AccessKey key = realm.find(stored);

  @Nested
  class IsRaised {

    @Test
    void fromTheInstantOnAtWhichTheSecretHasRetired() {
      raise(stored.text(), RETIRED.minus(MOMENT));
      assertThat(realm.told(key)).isEmpty();
      raise(stored.text(), RETIRED);
      assertThat(realm.told(key)).containsExactly("reused");
      assertThat(realm.facts(key).get("at").asText()).isEqualTo(RETIRED.toString());
    }

    @Test
    void evenIfTheRequestAtHandIsRolledBack() {
      realm
          .sample()
          .change(
              (session, in) -> {
                ReuseAlarm.raise(session, stored.text(), key.id(), RETIRED);
                session.getTransactionManager().setRollbackOnly();
              });
      assertThat(realm.told(key)).containsExactly("reused");
    }

    /** The request is refused all the same, which must not become a server error. */
    @Test
    void byTheNextUseIfTheDatabaseFailsThisTime() {
      for (RuntimeException failure :
          List.of(new ModelException("for the test"), new PersistenceException("for the test"))) {
        Meanwhile broken =
            new Meanwhile(
                () -> true,
                () -> {
                  throw failure;
                });
        realm
            .sample()
            .change(
                (session, in) ->
                    ReuseAlarm.raise(with(session, broken), stored.text(), key.id(), RETIRED));
        assertThat(realm.told(key)).isEmpty();
      }
      raise(stored.text(), RETIRED);
      assertThat(realm.told(key)).containsExactly("reused");
    }

    private KeycloakSession with(KeycloakSession session, KeycloakSessionFactory sessions) {
      return Partial.over(
          KeycloakSession.class,
          session,
          (method, arguments) ->
              Optional.<Object>of(sessions)
                  .filter(any -> method.equals("getKeycloakSessionFactory")));
    }

    @Test
    void notForTheCurrentSecret() {
      Stored good = realm.sample().key(KeyKind.PERSONAL_ACCESS_TOKEN);
      raise(good.text(), RETIRED);
      assertThat(realm.told(realm.find(good))).isEmpty();
    }

    @Test
    void notForASecretThatTheKeyNeverHad() {
      raise(KeyText.generate(key.prefix(), key.id(), RollingRealm.RANDOM), RETIRED);
      assertThat(realm.told(key)).isEmpty();
    }

    @Test
    void notForAKeyThatThereIsNot() {
      KeyText other = KeyText.generate(key.prefix(), RollingRealm.RANDOM);
      raise(other, RETIRED);
      assertThat(realm.told(key)).isEmpty();
    }

    @Test
    void notForAKeyOfAnotherRealm() {
      new RollingRealm()
          .sample()
          .change((session, in) -> ReuseAlarm.raise(session, stored.text(), key.id(), RETIRED));
      assertThat(realm.told(key)).isEmpty();
    }
  }

  @Nested
  class TheOwnerIsTold {

    @Test
    void onceADay() {
      raise(stored.text(), RETIRED);
      raise(stored.text(), MIDNIGHT.minus(MOMENT));
      assertThat(realm.told(key)).hasSize(1);
      raise(stored.text(), MIDNIGHT);
      assertThat(realm.told(key)).containsExactly("reused", "reused");
    }

    @Test
    void ofEverySecret() throws Exception {
      KeyText second = roll();
      roll();
      raise(stored.text(), RETIRED);
      raise(second, RETIRED);
      assertThat(realm.told(key)).containsExactly("reused", "reused");
    }

    @Test
    void ofAKeyThatWasRevokedToo() {
      realm.lifecycle(
          (life, in) -> life.revoke(in, key.id(), new Revocation(RETIRED, Optional.empty())));
      raise(stored.text(), RETIRED);
      assertThat(realm.told(key)).containsExactly("reused");
    }

    private KeyText roll() throws Exception {
      return realm.roll(realm.find(stored), RollRequests.overlap(Duration.ZERO), RETIRED).text();
    }

    /** The insert of the second waits for the first to commit, and fails then. */
    @Test
    @Timeout(60)
    void onceIfTwoNodesNoticeAtTheSameMoment() throws Exception {
      CompletableFuture<Void> second =
          realm
              .sample()
              .ask(
                  (session, in) -> {
                    EntityManager entities =
                        session.getProvider(JpaConnectionProvider.class).getEntityManager();
                    new Notices(session, in).tell(NoticeKind.REUSED, "1/2027-06-01", key, RETIRED);
                    entities.flush();
                    CompletableFuture<Void> raising =
                        CompletableFuture.runAsync(() -> raise(stored.text(), RETIRED));
                    while (!raising.isDone() && !isAnybodyInserting(entities)) {
                      Thread.onSpinWait();
                    }
                    return raising;
                  });
      second.get(30, TimeUnit.SECONDS);
      assertThat(realm.told(key)).containsExactly("reused");
    }

    private boolean isAnybodyInserting(EntityManager entities) {
      return !entities
          .createNativeQuery(
              "select 1 from information_schema.sessions"
                  + " where executing_statement like 'insert into ACCESS_KEY_MAIL %'")
          .getResultList()
          .isEmpty();
    }
  }

  @Nested
  class TheKey {

    @Test
    void staysGoodUnlessThePolicySaysOtherwise() {
      raise(stored.text(), RETIRED);
      assertThat(realm.find(stored)).isEqualTo(key);
      assertThat(realm.events(key)).isEmpty();
    }

    @Test
    void isSuspendedAsByItsOwnerIfThePolicySaysSo() {
      suspendWhenRetiredIsUsed();
      raise(stored.text(), RETIRED);
      assertThat(realm.find(stored).validity().suspended())
          .contains(new Suspension(RETIRED, key.ownerId(), ActorKind.ALARM));
      assertThat(realm.events(key)).containsExactly("suspend-reused");
      assertThat(realm.told(key)).containsExactly("reused");
    }

    @Test
    void isSuspendedOnce() {
      suspendWhenRetiredIsUsed();
      Suspension earlier = new Suspension(RETIRED.minus(MOMENT), "somebody", ActorKind.OWNER);
      realm.lifecycle((life, in) -> life.suspend(in, key.id(), earlier));
      raise(stored.text(), RETIRED);
      assertThat(realm.find(stored).validity().suspended()).contains(earlier);
      assertThat(realm.events(key)).isEmpty();
    }
  }

  private void suspendWhenRetiredIsUsed() {
    realm.policy("when-retired-used", "suspend");
  }

  private void raise(KeyText presented, Instant now) {
    realm
        .sample()
        .change((session, in) -> ReuseAlarm.raise(session, presented, presented.id(), now));
  }
}
