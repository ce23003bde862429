package io.accesskeys.key;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When a key is to get a new secret: once, or again and again by a calendar. The times of the
 * calendar are its start and so many periods, counted in UTC: monthly from January 31 is February
 * 28, then March 31. No roll moves it, be it late, early or by hand: the next is due at the first
 * time of the calendar after the last roll. A pure function, so that nothing has to run for it to
 * hold.
 *
 * @param every the period of the calendar; empty for once
 * @param first the first time, and where the calendar starts; of a key that is rolled once, the
 *     time. Empty for one period after {@code start}
 * @param start where a calendar without a first time starts, which is no time of it; empty only
 *     before the schedule is a key's
 * @param window how long the old secret stays good once a roll is due
 * @param delivery the id of what brings the new secret to its owner
 */
public record RollSchedule(
    Optional<Period> every,
    Optional<Instant> first,
    Optional<Instant> start,
    Duration window,
    String delivery) {

  private static final Duration SHORTEST = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(3_653);

  /** By no more than this do as many months differ from each other. */
  private static final Duration MONTHS_DIFFER = Duration.ofDays(4);

  /** A schedule that is no key's yet. */
  public RollSchedule(
      Optional<Period> every, Optional<Instant> first, Duration window, String delivery) {
    this(every, first, Optional.empty(), window, delivery);
  }

  /**
   * Whether keys can be rolled so often: once a day at most, and once in ten years at least. Mixed
   * signs, as in P1M-30D, would make a calendar that goes back.
   */
  public static boolean isPeriod(Period every) {
    try {
      Duration length = lengthOf(every);
      return !every.isNegative()
          && length.compareTo(SHORTEST) >= 0
          && length.compareTo(LONGEST) <= 0;
    } catch (DateTimeException | ArithmeticException e) {
      return false;
    }
  }

  /** How long a period is, about: months differ. */
  public static Duration lengthOf(Period every) {
    return Duration.between(
        Instant.EPOCH, Instant.EPOCH.atZone(ZoneOffset.UTC).plus(every).toInstant());
  }

  /**
   * The schedule as a key has it whose current secret was made then. One without a first time and
   * without a start starts there: it is due one period after the last roll.
   */
  RollSchedule startedAt(Instant lastRoll) {
    return every.isEmpty() || first.isPresent() || start.isPresent()
        ? this
        : new RollSchedule(every, first, Optional.of(lastRoll), window, delivery);
  }

  /**
   * The same schedule in place of a former one. If it is as often and names no other first time, it
   * goes on in the former one's calendar: to change the window or the delivery, or nothing, does
   * not move the next roll.
   *
   * @param former that of the key so far
   * @param lastRoll when the current secret was made
   */
  public RollSchedule inPlaceOf(RollSchedule former, Instant lastRoll) {
    if (first.isPresent() || !every.equals(former.every)) {
      return this;
    }
    Optional<Instant> begun = former.first.filter(at -> !at.isAfter(lastRoll));
    return new RollSchedule(every, first, begun.or(former::start), window, delivery);
  }

  /**
   * When the next roll is due.
   *
   * @param lastRoll when the current secret was made
   * @return empty if none is
   */
  public Optional<Instant> dueAfter(Instant lastRoll) {
    if (first.filter(lastRoll::isBefore).isPresent()) {
      return first;
    }
    Instant origin = first.or(() -> start).orElse(lastRoll);
    return every.map(period -> nextTime(origin, period, lastRoll));
  }

  /** When the old secret ends, or the key is late, if it is not rolled until then. */
  public Optional<Instant> deadlineAfter(Instant lastRoll) {
    return dueAfter(lastRoll).map(due -> due.plus(window));
  }

  /**
   * The first time after an instant of the calendar that starts at {@code origin}. Counted from
   * there and not from the time before: from a short month no way leads back to the 31st.
   */
  private static Instant nextTime(Instant origin, Period period, Instant after) {
    Duration longest =
        lengthOf(period).plus(period.toTotalMonths() == 0 ? Duration.ZERO : MONTHS_DIFFER);
    long passed = Duration.between(origin, after).dividedBy(longest);
    int count = Math.max(Math.toIntExact(passed), 1);
    Instant next = time(origin, period, count);
    while (!next.isAfter(after)) {
      count++;
      next = time(origin, period, count);
    }
    return next;
  }

  private static Instant time(Instant origin, Period period, int count) {
    return origin.atZone(ZoneOffset.UTC).plus(period.multipliedBy(count)).toInstant();
  }
}
