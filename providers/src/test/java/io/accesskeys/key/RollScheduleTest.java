package io.accesskeys.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SampleKey;
import io.accesskeys.SeededRandom;
import io.accesskeys.key.Limits.Overdue;
import io.accesskeys.key.Limits.Rolling;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RollScheduleTest {

  private static final Duration WEEK = Duration.ofDays(7);
  private static final Instant MADE = SampleKey.CREATED;
  private static final AccessKey KEY =
      SampleKey.of(
          KeyText.generate("kcpat", new SeededRandom(3)), SampleKey.goodUntil(Optional.empty()));

  private static RollSchedule every(String period) {
    return new RollSchedule(Optional.of(Period.parse(period)), Optional.empty(), WEEK, "pickup");
  }

  @ParameterizedTest
  @CsvSource({
    "2027-01-01T00:00:00Z, P90D, 2027-04-01T00:00:00Z",
    "2027-01-31T12:34:56Z, P1M,  2027-02-28T12:34:56Z",
    "2028-01-31T12:34:56Z, P1M,  2028-02-29T12:34:56Z",
    "2028-02-29T00:00:00Z, P1Y,  2029-02-28T00:00:00Z",
    "2027-12-31T23:59:59Z, P1D,  2028-01-01T23:59:59Z",
    "2027-03-28T00:30:00Z, P1D,  2027-03-29T00:30:00Z",
    "2027-10-30T23:30:00Z, P1W,  2027-11-06T23:30:00Z",
    "2027-05-31T00:00:00Z, P1M1D, 2027-07-01T00:00:00Z"
  })
  void theNextRollIsDueByTheCalendar(Instant lastRoll, String period, Instant due) {
    assertThat(every(period).dueAfter(lastRoll)).contains(due);
    assertThat(every(period).deadlineAfter(lastRoll)).contains(due.plus(WEEK));
  }

  @Test
  void onceMeansOnce() {
    Instant at = MADE.plus(Duration.ofDays(9));
    RollSchedule once = new RollSchedule(Optional.empty(), Optional.of(at), WEEK, "self");
    assertThat(once.dueAfter(MADE)).contains(at);
    // A roll by hand before that day does not count.
    assertThat(once.dueAfter(at.minusMillis(1))).contains(at);
    assertThat(once.dueAfter(at)).isEmpty();
    assertThat(once.dueAfter(at.plusMillis(1))).isEmpty();
  }

  /** Each line: the calendar's start, its period, and its times from the first on. */
  @ParameterizedTest
  @CsvSource({
    "2027-01-31T12:34:56Z, P1M, 2027-02-28 2027-03-31 2027-04-30 2027-05-31 2027-06-30",
    "2027-12-31T12:34:56Z, P1M, 2028-01-31 2028-02-29 2028-03-31 2028-04-30",
    "2027-01-30T12:34:56Z, P1M, 2027-02-28 2027-03-30 2027-04-30",
    "2027-11-30T12:34:56Z, P3M, 2028-02-29 2028-05-30 2028-08-30 2028-11-30 2029-02-28",
    "2028-02-29T12:34:56Z, P1Y, 2029-02-28 2030-02-28 2031-02-28 2032-02-29 2033-02-28",
    "2027-01-31T12:34:56Z, P1M1D, 2027-03-01 2027-04-02 2027-05-03",
    "2028-02-28T12:34:56Z, P1D, 2028-02-29 2028-03-01 2028-03-02",
    "2027-12-27T12:34:56Z, P2W, 2028-01-10 2028-01-24 2028-02-07"
  })
  void aCalendarIsKeptWhenARollIsLateOrEarly(Instant start, String period, String days) {
    List<Instant> times =
        Stream.of(days.split(" ")).map(day -> Instant.parse(day + "T12:34:56Z")).toList();
    AccessKey key = madeAt(start).scheduled(Optional.of(every(period)));
    for (Instant due : times) {
      assertThat(key.rollDue(Limits.NONE)).contains(due);
      AccessKey byHand = rolledAt(key, due.minusSeconds(3_600));
      assertThat(byHand.rollDue(Limits.NONE)).as("after a roll by hand").contains(due);
      key = rolledAt(key, due.plusSeconds(3_600));
    }
  }

  @Test
  void aFirstTimeIsWhereTheCalendarStarts() {
    Instant at = Instant.parse("2027-01-31T00:00:00Z");
    RollSchedule monthly =
        new RollSchedule(Optional.of(Period.ofMonths(1)), Optional.of(at), WEEK, "self");
    assertThat(monthly.dueAfter(at.minusMillis(1))).contains(at);
    assertThat(monthly.dueAfter(at)).contains(Instant.parse("2027-02-28T00:00:00Z"));
    assertThat(monthly.dueAfter(Instant.parse("2027-03-02T00:00:00Z")))
        .contains(Instant.parse("2027-03-31T00:00:00Z"));
  }

  @Test
  void aLateRollSkipsTheTimesThatPassedMeanwhile() {
    AccessKey key =
        madeAt(Instant.parse("2027-01-31T00:00:00Z")).scheduled(Optional.of(every("P1M")));
    AccessKey rolled = rolledAt(key, Instant.parse("2027-06-30T00:00:00Z"));
    assertThat(rolled.rollDue(Limits.NONE)).contains(Instant.parse("2027-07-31T00:00:00Z"));
  }

  /** Through thirty years of rolls at any time after they are due, or by hand before. */
  @Test
  void noRollMovesTheCalendar() {
    Random random = new Random(22);
    List<Period> periods =
        Stream.of("P1D", "P7D", "P1M", "P90D", "P1Y", "P3M", "P3M2D", "P13M")
            .map(Period::parse)
            .toList();
    for (int i = 0; i < 400; i++) {
      Instant start = Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L));
      Period period = periods.get(i % periods.size());
      AccessKey key = madeAt(start).scheduled(Optional.of(every(period.toString())));
      Instant end = start.plus(Duration.ofDays(random.nextInt(30 * 365)));
      Instant roll = start;
      for (int n = 0; n < 50 && roll.isBefore(end); n++) {
        Instant due = key.rollDue(Limits.NONE).orElseThrow();
        assertThat(due).isEqualTo(firstOf(start, period, roll));
        roll = roll.plusSeconds(1 + random.nextLong(0, RollSchedule.lengthOf(period).toSeconds()));
        key = rolledAt(key, roll);
      }
    }
  }

  /** The slow and simple way. */
  private static Instant firstOf(Instant start, Period period, Instant after) {
    return IntStream.iterate(1, n -> n + 1)
        .mapToObj(n -> start.atZone(ZoneOffset.UTC).plus(period.multipliedBy(n)).toInstant())
        .filter(time -> time.isAfter(after))
        .findFirst()
        .orElseThrow();
  }

  private static AccessKey madeAt(Instant instant) {
    return rolledAt(KEY, instant);
  }

  private static AccessKey rolledAt(AccessKey key, Instant instant) {
    KeyText next = KeyText.generate("kcpat", key.id(), new SeededRandom(4));
    return key.with(List.of(KeySecret.current(2, next, instant)));
  }

  @Test
  void aFirstTimeGoesBeforeThePeriod() {
    Instant at = MADE.plus(Duration.ofDays(9));
    RollSchedule both =
        new RollSchedule(Optional.of(Period.ofDays(30)), Optional.of(at), WEEK, "self");
    assertThat(both.dueAfter(MADE)).contains(at);
    assertThat(both.dueAfter(at.plusSeconds(5))).contains(at.plus(Duration.ofDays(30)));
  }

  /**
   * Whatever the zone of the machine, the due time lies ahead of the last roll and moves with it.
   */
  @Test
  void isTheSameInEveryZoneAndNeverGoesBack() {
    Random random = new Random(7);
    List<Period> periods =
        Stream.of("P1D", "P7D", "P1M", "P90D", "P1Y", "P3M2D", "P10Y").map(Period::parse).toList();
    TimeZone usual = TimeZone.getDefault();
    List<String> zones = ZoneId.getAvailableZoneIds().stream().sorted().toList();
    try {
      for (int i = 0; i < 20_000; i++) {
        TimeZone.setDefault(TimeZone.getTimeZone(zones.get(random.nextInt(zones.size()))));
        Instant last = Instant.ofEpochSecond(random.nextLong(0, 4_000_000_000L));
        RollSchedule schedule = every(periods.get(random.nextInt(periods.size())).toString());
        Instant due = schedule.dueAfter(last).orElseThrow();
        Duration about = RollSchedule.lengthOf(schedule.every().orElseThrow());
        assertThat(due).isAfter(last);
        assertThat(Duration.between(last.plus(about), due).abs())
            .isLessThanOrEqualTo(Duration.ofDays(4));
        // A day's step of the clock moves the due time by no more than the month ends differ.
        Instant later = schedule.dueAfter(last.plus(Duration.ofDays(1))).orElseThrow();
        assertThat(later).isAfterOrEqualTo(due);
      }
    } finally {
      TimeZone.setDefault(usual);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"P1D", "P2W", "P90D", "P1Y", "P10Y", "P120M"})
  void periodsOfADayToTenYearsMayBe(String period) {
    assertThat(RollSchedule.isPeriod(Period.parse(period))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "P0D",
        "P-1D",
        "P1M-40D",
        "P1M-30D",
        "P11Y",
        "P999999999Y",
        "P2147483647D",
        "-P1M"
      })
  void othersMayNot(String period) {
    assertThat(RollSchedule.isPeriod(Period.parse(period))).isFalse();
  }

  private static Limits limits(Overdue overdue, String every, Instant enforced) {
    return new Limits(
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        new Rolling(Optional.ofNullable(every).map(Period::parse), WEEK, overdue),
        Optional.ofNullable(enforced));
  }

  @Test
  void aKeyThatIsLateExpiresIfThePolicySaysSoAndIsGoodAgainOnceRolled() {
    AccessKey key = KEY.scheduled(Optional.of(every("P90D")));
    Instant deadline = MADE.plus(Duration.ofDays(97));
    Limits expire = limits(Overdue.EXPIRE, null, null);
    Limits extend = limits(Overdue.EXTEND, null, null);
    assertThat(key.stateAt(deadline.minusMillis(1), expire)).isEqualTo(KeyState.ACTIVE);
    assertThat(key.stateAt(deadline, expire)).isEqualTo(KeyState.EXPIRED);
    assertThat(key.stateAt(deadline.plus(Duration.ofDays(999)), extend)).isEqualTo(KeyState.ACTIVE);
    KeyText next = KeyText.generate("kcpat", key.id(), new SeededRandom(4));
    AccessKey rolled = key.with(List.of(KeySecret.current(2, next, deadline)));
    assertThat(rolled.stateAt(deadline, expire)).isEqualTo(KeyState.ACTIVE);
    assertThat(rolled.rollDue(expire)).contains(MADE.plus(Duration.ofDays(180)));
  }

  @Test
  void aPolicyLeavesKeysAloneThatWereMadeBeforeItUntilItsDate() {
    assertThat(KEY.rollDue(limits(Overdue.EXPIRE, "P90D", null))).isEmpty();
    Instant from = MADE.plus(Duration.ofDays(300));
    Instant due = KEY.rollDue(limits(Overdue.EXPIRE, "P90D", from)).orElseThrow();
    assertThat(due).isBetween(from, from.plus(WEEK));
    Instant late = MADE.plus(Duration.ofDays(10));
    assertThat(KEY.rollDue(limits(Overdue.EXPIRE, "P90D", late)).orElseThrow())
        .isBetween(MADE.plus(Duration.ofDays(90)), MADE.plus(Duration.ofDays(97)));
  }

  @Test
  void keysThatAPolicyReachesAreNotDueAllAtOnce() {
    Instant from = MADE.plus(Duration.ofDays(300));
    SeededRandom random = new SeededRandom(8);
    List<Instant> due =
        IntStream.range(0, 2_000)
            .mapToObj(i -> SampleKey.of(KeyText.generate("kcpat", random)))
            .map(key -> key.rollDue(limits(Overdue.EXTEND, "P90D", from)).orElseThrow())
            .sorted()
            .toList();
    assertThat(due.get(0)).isBefore(from.plus(Duration.ofDays(1)));
    assertThat(due.get(1_000))
        .isBetween(from.plus(Duration.ofDays(3)), from.plus(Duration.ofDays(4)));
    assertThat(due.get(1_999)).isAfter(from.plus(Duration.ofDays(6)));
  }

  @Test
  void itsOwnScheduleGoesBeforeThePolicys() {
    AccessKey key = KEY.scheduled(Optional.of(every("P30D")));
    assertThat(key.rollDue(limits(Overdue.EXTEND, "P90D", MADE)))
        .contains(MADE.plus(Duration.ofDays(30)));
  }
}
