package io.accesskeys.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SampleKey;
import io.accesskeys.SeededRandom;
import io.accesskeys.key.Limits.Overdue;
import io.accesskeys.key.Limits.Rolling;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.restriction.ip.IpRestrictionType;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class LimitsTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Instant CREATED = SampleKey.CREATED;
  private static final Instant LATE = CREATED.plus(DAY.multipliedBy(100));

  private final AccessKey key = SampleKey.of(KeyText.generate("kcpat", new SeededRandom(5)));
  private final AccessKey forever =
      SampleKey.of(
          KeyText.generate("kcpat", new SeededRandom(5)), SampleKey.goodUntil(Optional.empty()));

  @Nested
  class TheEndOfAKey {

    @Test
    void isItsOwnWithoutLimits() {
      assertThat(Limits.NONE.endOf(key)).contains(SampleKey.EXPIRES);
      assertThat(Limits.NONE.endOf(forever)).isEmpty();
    }

    @Test
    void isTheEarliestThatApplies() {
      assertThat(idle(DAY).endOf(key)).contains(CREATED.plus(DAY));
      assertThat(idle(DAY.multipliedBy(1_000)).endOf(key)).contains(SampleKey.EXPIRES);
    }

    @Test
    void isThatOfTheLongestLifetimeOnceThatIsEnforced() {
      assertThat(lifetime(DAY, Optional.empty()).endOf(forever)).isEmpty();
      assertThat(lifetime(DAY, Optional.of(CREATED)).endOf(forever)).contains(CREATED.plus(DAY));
      assertThat(lifetime(DAY, Optional.of(LATE)).endOf(forever)).contains(LATE);
      assertThat(lifetime(DAY.multipliedBy(500), Optional.of(LATE)).endOf(forever))
          .contains(CREATED.plus(DAY.multipliedBy(500)));
    }

    @Test
    void isTheDateFromWhichOnRestrictionsAreAskedForThatItHasNot() {
      Limits restricted =
          new Limits(
              Optional.empty(), Optional.empty(), Set.of("ip"), Rolling.NONE, Optional.of(LATE));
      assertThat(restricted.endOf(forever)).contains(LATE);
      List<Restriction> only =
          Restrictions.of(List.of(new IpRestrictionType()))
              .read("[{\"type\":\"ip\",\"allow\":[\"203.0.113.7\"]}]");
      assertThat(restricted.endOf(SampleRealm.restricted(forever, only))).isEmpty();
      Limits otherwise =
          new Limits(
              Optional.empty(),
              Optional.empty(),
              Set.of("referrer"),
              Rolling.NONE,
              Optional.of(LATE));
      assertThat(otherwise.endOf(SampleRealm.restricted(forever, only))).contains(LATE);
    }

    @Test
    void isTheDeadlineOfItsRollWhereThePolicySaysSo() {
      AccessKey scheduled =
          forever.scheduled(
              Optional.of(
                  new RollSchedule(
                      Optional.of(Period.ofDays(30)), Optional.empty(), DAY, "pickup")));
      Instant deadline = CREATED.plus(DAY.multipliedBy(31));
      Limits expire = overdue(Overdue.EXPIRE);
      assertThat(expire.endOf(scheduled)).contains(deadline);
      assertThat(overdue(Overdue.EXTEND).endOf(scheduled)).isEmpty();
      assertThat(expire.withoutOverdue().endOf(scheduled)).isEmpty();
    }
  }

  @Test
  void withoutOverdueLeavesAllElse() {
    Limits limits =
        new Limits(
            Optional.of(DAY),
            Optional.of(DAY),
            Set.of("ip"),
            new Rolling(Optional.of(Period.ofDays(30)), DAY, Overdue.EXPIRE),
            Optional.of(LATE));
    assertThat(limits.withoutOverdue())
        .isEqualTo(
            new Limits(
                Optional.of(DAY),
                Optional.of(DAY),
                Set.of("ip"),
                new Rolling(Optional.of(Period.ofDays(30)), DAY, Overdue.EXTEND),
                Optional.of(LATE)));
  }

  @Nested
  class AnImposedSchedule {

    private final Limits limits =
        new Limits(
            Optional.empty(),
            Optional.empty(),
            Set.of(),
            new Rolling(Optional.of(Period.ofDays(30)), DAY, Overdue.EXTEND),
            Optional.of(LATE));

    @Test
    void isForKeysWithoutOneAndFirstDueWithinAWindowAfterTheDate() {
      RollSchedule imposed = limits.rollOf(key).orElseThrow();
      assertThat(imposed.every()).contains(Period.ofDays(30));
      assertThat(imposed.window()).isEqualTo(DAY);
      assertThat(imposed.delivery()).isEqualTo("pickup");
      assertThat(imposed.first().orElseThrow()).isBetween(LATE, LATE.plus(DAY).minusMillis(1));
    }

    @Test
    void isFirstDueAfterItsUsualTimeIfThatIsLater() {
      Instant usual = CREATED.plus(DAY.multipliedBy(30));
      Limits early =
          new Limits(
              Optional.empty(), Optional.empty(), Set.of(), limits.rolling(), Optional.of(CREATED));
      assertThat(early.rollOf(key).flatMap(RollSchedule::first).orElseThrow())
          .isBetween(usual, usual.plus(DAY).minusMillis(1));
    }

    @Test
    void spreadsKeys() {
      long different =
          new SeededRandom(7)
              .ints(50)
              .mapToObj(seed -> SampleKey.of(KeyText.generate("kcpat", new SeededRandom(seed))))
              .map(each -> limits.rollOf(each).flatMap(RollSchedule::first))
              .distinct()
              .count();
      assertThat(different).isGreaterThan(40);
    }

    @Test
    void isNotForKeysWithOneOfTheirOwn() {
      Optional<RollSchedule> own =
          Optional.of(new RollSchedule(Optional.empty(), Optional.of(LATE), DAY, "self"));
      assertThat(limits.rollOf(key.scheduled(own))).isEqualTo(own);
    }
  }

  private static Limits idle(Duration idle) {
    return new Limits(
        Optional.of(idle), Optional.empty(), Set.of(), Rolling.NONE, Optional.empty());
  }

  private static Limits lifetime(Duration lifetime, Optional<Instant> enforced) {
    return new Limits(Optional.empty(), Optional.of(lifetime), Set.of(), Rolling.NONE, enforced);
  }

  private static Limits overdue(Overdue overdue) {
    return new Limits(
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        new Rolling(Optional.empty(), DAY, overdue),
        Optional.empty());
  }
}
