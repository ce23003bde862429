package io.accesskeys.jobs;

import static io.accesskeys.management.RollingRealm.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyConflictException;
import io.accesskeys.management.Meanwhile;
import io.accesskeys.management.RollRequests;
import io.accesskeys.management.RollingRealm;
import io.accesskeys.model.LocalKeycloak;
import io.accesskeys.schedule.PickupDelivery;
import io.accesskeys.schedule.SelfDelivery;
import jakarta.persistence.PersistenceException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelException;

/** By the clock, which runs on: what is due and what is not is a minute away, not a moment. */
final class RollJobTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration WEEK = DAY.multipliedBy(7);

  private final RollingRealm realm = new RollingRealm();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private final AtomicInteger failed = new AtomicInteger();

  @AfterEach
  void putTheClockRight() {
    Time.setOffset(0);
  }

  @Nested
  class ARollThatIsDue {

    @Test
    void isHandedToItsDeliveryOnce() {
      AccessKey key = due(MINUTE);
      run();
      assertThat(realm.told(key)).containsExactly("roll_due");
      realm.forgetNotices();
      run();
      assertThat(realm.told(key)).isEmpty();
      assertThat(realm.find(key.id())).isEqualTo(key);
    }

    @Test
    void isToldToTheOwnerIfItsDeliveryIsNotInstalled() {
      AccessKey key = key(good -> RollingRealm.due(good, now.minus(MINUTE), WEEK, "vault"));
      run();
      assertThat(realm.told(key)).containsExactly("roll_due");
    }

    @Test
    void isToldToNobodyIfTheKeyRollsItself() {
      assertThat(toldOfSelfRoll(MINUTE, WEEK)).isEmpty();
    }

    @Test
    void isNotDueAMinuteBefore() {
      AccessKey key = due(MINUTE.negated());
      run();
      assertThat(realm.told(key)).isEmpty();
    }

    @Test
    void ofAKeyThatHasExpiredIsNoneAnyMore() {
      AccessKey dead = due(HOUR, key -> RollingRealm.expiring(key, now.minus(MINUTE)));
      AccessKey alive = due(HOUR, key -> RollingRealm.expiring(key, now.plus(HOUR)));
      run();
      assertThat(realm.told(dead)).isEmpty();
      assertThat(realm.told(alive)).containsExactly("roll_due");
    }

    @Test
    void ofAnExposedKeyWaitsForItsOwner() {
      AccessKey key = due(MINUTE);
      realm.lifecycle((life, in) -> life.expose(in, key.id(), now));
      run();
      assertThat(realm.told(key)).isEmpty();
    }

    @Test
    void ofASuspendedKeyWaitsUntilItIsResumed() {
      AccessKey key = due(MINUTE);
      realm.lifecycle(
          (life, in) ->
              life.suspend(in, key.id(), new Suspension(now, "somebody", ActorKind.ADMINISTRATOR)));
      run();
      assertThat(realm.told(key)).isEmpty();
      realm.lifecycle((life, in) -> life.resume(in, key.id()));
      run();
      assertThat(realm.told(key)).containsExactly("roll_due");
    }

    @Test
    void ofAKeyThatThePolicyHasEndedIsNoneAnyMore() {
      realm.policy("personal-access-token.max-idle", "P30D");
      AccessKey idle = due(MINUTE);
      run();
      assertThat(realm.told(idle)).isEmpty();
    }

    @Test
    void ofAKeyThatIsYetToBeginWaits() {
      AccessKey key = due(MINUTE, good -> RollingRealm.beginning(good, now.plus(HOUR)));
      run();
      assertThat(realm.told(key)).isEmpty();
    }

    @Test
    void isFoundBehindTheFirstPage() {
      UnaryOperator<AccessKey> due =
          good ->
              RollingRealm.due(
                  RollingRealm.made(good, now.minus(DAY)),
                  now.minus(MINUTE),
                  WEEK,
                  PickupDelivery.ID);
      for (int i = 0; i < 201; i++) {
        realm.sample().key(KeyKind.PERSONAL_ACCESS_TOKEN, due);
      }
      run();
      assertThat(realm.notices()).isEqualTo(201);
    }
  }

  @Nested
  class TheDeadline {

    @Test
    void isToldADayAhead() {
      assertThat(toldOfSelfRoll(WEEK.minus(DAY).minus(MINUTE), WEEK)).isEmpty();
      assertThat(toldOfSelfRoll(WEEK.minus(DAY).plus(MINUTE), WEEK))
          .containsExactly("roll_deadline");
      assertThat(toldOfSelfRoll(WEEK.minus(MINUTE), WEEK)).containsExactly("roll_deadline");
    }

    @Test
    void isToldInTheMiddleOfAShortWindow() {
      Duration window = HOUR.multipliedBy(10);
      Duration half = HOUR.multipliedBy(5);
      assertThat(toldOfSelfRoll(half.minus(MINUTE), window)).isEmpty();
      assertThat(toldOfSelfRoll(half.plus(MINUTE), window)).containsExactly("roll_deadline");
    }

    @Test
    void onceOverIsToldWithEveryFurtherWindow() {
      AccessKey key = self(HOUR.plus(MINUTE), HOUR);
      run();
      run();
      assertThat(realm.told(key)).containsExactly("roll_extended");
      Time.setOffset((int) HOUR.toSeconds());
      run();
      assertThat(realm.told(key)).containsExactly("roll_extended", "roll_extended");
    }

    @Test
    void onceOverIsToldOnlyOnceIfTheKeyIsRefusedFromThenOn() {
      realm.policy("when-roll-overdue", "expire");
      AccessKey key = self(HOUR.plus(MINUTE), HOUR);
      run();
      Time.setOffset((int) HOUR.toSeconds());
      run();
      assertThat(realm.told(key)).containsExactly("roll_overdue");
    }
  }

  @Nested
  class AKeyThatWasFound {

    private final AccessKey first = due(HOUR);
    private final AccessKey second =
        due(
            MINUTE,
            key ->
                key.scheduled(
                    key.roll()
                        .map(
                            once ->
                                new RollSchedule(
                                    Optional.of(Period.ofMonths(1)),
                                    once.first(),
                                    once.window(),
                                    once.delivery()))));
    private final AccessKey third = due(MINUTE.dividedBy(2));

    @Test
    void isLeftAloneIfSomebodyHasRolledItMeanwhile() {
      run(afterTheFirst(this::rollTheSecond));
      assertThat(realm.told(second)).isEmpty();
      assertThat(realm.told(third)).containsExactly("roll_due");
      assertThat(failed).hasValue(0);
    }

    @ParameterizedTest
    @MethodSource("io.accesskeys.jobs.RollJobTest#failures")
    void isLeftToTheNextRunIfItCannotBeDealtWith(RuntimeException failure) {
      run(
          afterTheFirst(
              () -> {
                throw failure;
              }));
      assertThat(failed).hasValue(1);
      assertThat(realm.told(second)).isEmpty();
      assertThat(realm.told(third)).containsExactly("roll_due");
      run();
      assertThat(failed).hasValue(1);
      assertThat(realm.told(second)).containsExactly("roll_due");
    }

    private Meanwhile afterTheFirst(Runnable what) {
      return new Meanwhile(() -> !realm.told(first).isEmpty(), what);
    }

    private void rollTheSecond() {
      try {
        realm.roll(second, RollRequests.USUAL, now);
      } catch (InvalidRequestException | KeyConflictException e) {
        throw new AssertionError(e);
      }
    }
  }

  static Stream<RuntimeException> failures() {
    return Stream.of(
        new ModelException("for the test"),
        new PersistenceException("for the test"),
        new IllegalStateException("for the test"));
  }

  @Test
  void nothingIsDoneInARealmThatThereIsNot() {
    new RollJob(LocalKeycloak.started(), RollingRealm.RANDOM, failed::incrementAndGet)
        .run("nowhere");
    assertThat(failed).hasValue(0);
  }

  private List<String> toldOfSelfRoll(Duration since, Duration window) {
    AccessKey key = self(since, window);
    run();
    return realm.told(key);
  }

  private AccessKey self(Duration since, Duration window) {
    return key(good -> RollingRealm.due(good, now.minus(since), window, SelfDelivery.ID));
  }

  private AccessKey due(Duration since) {
    return due(since, key -> key);
  }

  private AccessKey due(Duration since, UnaryOperator<AccessKey> changed) {
    return key(
        good -> changed.apply(RollingRealm.due(good, now.minus(since), WEEK, PickupDelivery.ID)));
  }

  private AccessKey key(UnaryOperator<AccessKey> changed) {
    return realm.key(
        good -> changed.apply(RollingRealm.made(good, now.minus(DAY.multipliedBy(60)))));
  }

  private void run() {
    run(LocalKeycloak.started());
  }

  private void run(KeycloakSessionFactory sessions) {
    new RollJob(sessions, RollingRealm.RANDOM, failed::incrementAndGet).run(realm.id());
  }
}
