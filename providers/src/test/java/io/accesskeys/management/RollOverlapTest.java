package io.accesskeys.management;

import static io.accesskeys.management.RollingRealm.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.policy.RealmPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** How long {@link KeyRoller} leaves the old secret good. */
final class RollOverlapTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final RollingRealm realm = new RollingRealm();

  @Nested
  class OfARoll {

    @Test
    void isAsWishedUpToTheLongest() throws Exception {
      realm.policy("max-overlap", "P2D");
      assertThat(retirement(RollRequests.overlap(Duration.ofHours(2)))).isEqualTo("PT2H");
      assertThat(retirement(RollRequests.overlap(Duration.ofDays(2)))).isEqualTo("PT48H");
      assertThat(retirement(RollRequests.overlap(Duration.ZERO))).isEqualTo("PT0S");
    }

    @Test
    void isRefusedBeyondThat() {
      realm.policy("max-overlap", "P2D");
      refuses(RollRequests.overlap(DAY.multipliedBy(2).plus(MOMENT)));
      refuses(RollRequests.overlap(MOMENT.negated()));
    }

    @Test
    void isTheUsualOneWithoutAWish() throws Exception {
      realm.policy("default-overlap", "PT3H");
      assertThat(retirement(RollRequests.USUAL)).isEqualTo("PT3H");
    }

    private void refuses(RollRequest request) {
      Refusal.assertInvalid(
          () -> realm.roll(key(), request, NOW), "overlap", "must be between PT0S and PT48H");
    }

    private String retirement(RollRequest request) throws Exception {
      return Duration.between(
              NOW, realm.roll(key(), request, NOW).key().secrets().get(1).retires().orElseThrow())
          .toString();
    }
  }

  @Nested
  class Usually {

    private final Duration three = DAY.multipliedBy(3);

    @Test
    void isThePolicysUntilARollIsDue() {
      assertThat(usual(key())).isEqualTo(DAY);
      assertThat(usual(due(NOW.plus(MOMENT), three))).isEqualTo(DAY);
    }

    @Test
    void isTheRestOfTheWindowOnceARollIsDue() {
      assertThat(usual(due(NOW, three))).isEqualTo(three);
      assertThat(usual(due(NOW.minus(MOMENT), three))).isEqualTo(three.minus(MOMENT));
    }

    @Test
    void isThePolicysIfLessIsLeft() {
      assertThat(usual(due(NOW.minus(DAY.multipliedBy(2)), three))).isEqualTo(DAY);
      assertThat(usual(due(NOW.minus(DAY.multipliedBy(2)), three.minus(MOMENT)))).isEqualTo(DAY);
      assertThat(usual(due(NOW.minus(DAY.multipliedBy(9)), three))).isEqualTo(DAY);
    }

    @Test
    void isNeverLongerThanTheLongest() {
      assertThat(usual(due(NOW, DAY.multipliedBy(7)))).isEqualTo(DAY.multipliedBy(7));
      assertThat(usual(due(NOW, DAY.multipliedBy(8)))).isEqualTo(DAY.multipliedBy(7));
    }

    private AccessKey due(Instant first, Duration window) {
      return key(
          good ->
              good.scheduled(
                  Optional.of(
                      new RollSchedule(
                          Optional.of(Period.ofYears(1)), Optional.of(first), window, "self"))));
    }

    private Duration usual(AccessKey key) {
      return realm
          .sample()
          .ask(
              (session, in) ->
                  new KeyRoller(session, RealmPolicy.of(session, in), RollingRealm.RANDOM)
                      .usualOverlap(key, NOW));
    }
  }

  private AccessKey key() {
    return key(good -> good);
  }

  private AccessKey key(UnaryOperator<AccessKey> changed) {
    return realm.key(
        good -> changed.apply(RollingRealm.made(good, NOW.minus(DAY.multipliedBy(30)))));
  }
}
