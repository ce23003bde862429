package io.accesskeys.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.jobs.RollJob;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.schedule.PickupDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What {@link RollJob} does about keys that are never rolled. */
final class ImposedScheduleTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final RollingRealm realm = new RollingRealm();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  @Test
  void isImposedOnKeysThatHaveNone() {
    enforceFrom(now.minus(HOUR));
    AccessKey key = key();
    realm.runJob();
    RollSchedule schedule = realm.find(key.id()).roll().orElseThrow();
    assertThat(schedule.every()).contains(Period.ofDays(30));
    assertThat(schedule.window()).isEqualTo(Duration.ofDays(7));
    assertThat(schedule.delivery()).isEqualTo(PickupDelivery.ID);
  }

  @Test
  void ofItsOwnStaysWithAKey() {
    enforceFrom(now.minus(HOUR));
    AccessKey key =
        realm.key(good -> RollingRealm.due(good, now.plus(HOUR), HOUR, PickupDelivery.ID));
    realm.runJob();
    assertThat(realm.find(key.id())).isEqualTo(key);
  }

  @Test
  void isNotImposedBeforeItsTime() {
    enforceFrom(now.plus(HOUR));
    assertThatNoneIsImposedOn(key());
  }

  @Test
  void isNotImposedOnAKeyThatHasExpired() {
    enforceFrom(now.minus(HOUR));
    assertThatNoneIsImposedOn(realm.key(good -> RollingRealm.expiring(good, now.minus(HOUR))));
  }

  @Test
  void isNotImposedOnOtherKinds() {
    enforceFrom(now.minus(HOUR));
    assertThatNoneIsImposedOn(realm.find(realm.sample().key(KeyKind.API_KEY)));
  }

  /** Of persons' keys. */
  private void enforceFrom(Instant from) {
    realm.policy("personal-access-token.roll-every", "P30D");
    realm.policy("existing-keys-enforced-from", from.toString());
  }

  private AccessKey key() {
    return realm.key(good -> good);
  }

  private void assertThatNoneIsImposedOn(AccessKey key) {
    realm.runJob();
    assertThat(realm.find(key.id())).isEqualTo(key);
  }
}
