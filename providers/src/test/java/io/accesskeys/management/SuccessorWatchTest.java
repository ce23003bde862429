package io.accesskeys.management;

import static io.accesskeys.management.RollingRealm.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.jobs.RollJob;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;

/** What {@link RollJob} does about old secrets whose successors nobody uses. */
final class SuccessorWatchTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration LONG = DAY.multipliedBy(5);

  private final RollingRealm realm = new RollingRealm();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @AfterEach
  void putTheClockRight() {
    Time.setOffset(0);
  }

  @Nested
  class TheEndOfTheOldSecret {

    @Test
    void isPutOffADayAheadByTheOverlap() {
      AccessKey key = rolled(LONG, DAY.minus(MINUTE));
      realm.runJob();
      KeySecret old = old(key);
      assertThat(old.retires()).contains(now.plus(DAY).minus(MINUTE).plus(LONG));
      assertThat(old.extended().orElseThrow()).isBetween(now, now.plus(HOUR));
      assertThat(realm.told(key)).containsExactly("extended");
      assertThat(realm.facts(key).get("retires").asText())
          .isEqualTo(now.plus(DAY).minus(MINUTE).plus(LONG).toString());
    }

    @Test
    void isLeftAloneBefore() {
      assertThatNothingHappensTo(rolled(LONG, DAY.plus(MINUTE)));
    }

    @Test
    void isPutOffInTheMiddleOfAShortOverlap() {
      assertThatNothingHappensTo(rolled(HOUR.multipliedBy(10), HOUR.multipliedBy(5).plus(MINUTE)));
      AccessKey key = rolled(HOUR.multipliedBy(10), HOUR.multipliedBy(5).minus(MINUTE));
      realm.runJob();
      assertThat(old(key).retires()).contains(now.plus(HOUR.multipliedBy(15)).minus(MINUTE));
      assertThat(realm.told(key)).containsExactly("extended");
    }

    @Test
    void isLeftAloneIfTheNewSecretIsUsed() {
      assertThatNothingHappensTo(
          rolled(LONG, HOUR, key -> RollingRealm.used(key, now.minus(MINUTE))));
    }

    @Test
    void isLeftAloneIfTheOldSecretIsNotUsedEither() {
      assertThatNothingHappensTo(
          realm.key(
              good ->
                  RollingRealm.rolled(
                      RollingRealm.made(good, now.minus(LONG.multipliedBy(2))),
                      LONG,
                      now.plus(HOUR).minus(LONG))));
    }

    @Test
    void isLeftAloneIfTheKeyIsRefusedAnyway() {
      AccessKey key = rolled(LONG, HOUR);
      realm.lifecycle((life, in) -> life.expose(in, key.id(), now));
      assertThatNothingHappensTo(realm.find(key.id()));
    }

    @Test
    void isPutOffOnceAndThenTold() {
      AccessKey key = rolled(LONG, HOUR);
      realm.runJob();
      AccessKey extended = realm.find(key.id());
      Time.setOffset((int) LONG.toSeconds());
      realm.runJob();
      realm.runJob();
      assertThat(realm.told(key)).containsExactly("extended", "unused");
      assertThat(realm.find(key.id())).isEqualTo(extended);
    }

    private void assertThatNothingHappensTo(AccessKey key) {
      realm.runJob();
      assertThat(realm.told(key)).isEmpty();
      assertThat(realm.find(key.id())).isEqualTo(key);
    }
  }

  @Nested
  class TheOwnerIsToldOnly {

    @Test
    void byPolicy() {
      realm.policy("when-successor-unused", "notify");
      assertThatItIsOnlyTold(rolled(LONG, HOUR));
    }

    @Test
    void ofAKeyThatEndsWithItsOldSecret() {
      assertThatItIsOnlyTold(rolled(LONG, HOUR, key -> RollingRealm.expiring(key, now.plus(HOUR))));
    }

    private void assertThatItIsOnlyTold(AccessKey key) {
      realm.runJob();
      realm.runJob();
      assertThat(realm.told(key)).containsExactly("unused");
      assertThat(realm.facts(key).get("retires").asText()).isEqualTo(now.plus(HOUR).toString());
      assertThat(realm.find(key.id())).isEqualTo(key);
    }
  }

  private AccessKey rolled(Duration overlap, Duration left) {
    return rolled(overlap, left, key -> key);
  }

  /** A key of which only the old secret is used, which is good for that much longer. */
  private AccessKey rolled(Duration overlap, Duration left, UnaryOperator<AccessKey> changed) {
    Instant roll = now.plus(left).minus(overlap);
    return realm.key(
        good ->
            changed.apply(
                RollingRealm.rolled(
                    RollingRealm.used(RollingRealm.made(good, roll.minus(DAY)), roll.minus(MINUTE)),
                    overlap,
                    roll)));
  }

  private KeySecret old(AccessKey key) {
    return realm.find(key.id()).secret(1).orElseThrow();
  }
}
