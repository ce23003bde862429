package io.accesskeys.key;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When a key is to get a new secret: once, or again and again. A pure function of the last roll, so
 * that nothing has to run for it to hold.
 *
 * @param every how long after a roll the next is due, by the calendar in UTC; empty for once
 * @param first not due before; of a key that is rolled once, the time
 * @param window how long the old secret stays good once a roll is due
 * @param delivery the id of what brings the new secret to its owner
 */
public record RollSchedule(
    Optional<Period> every, Optional<Instant> first, Duration window, String delivery) {

  private static final Duration SHORTEST = Duration.ofDays(1);
  private static final Duration LONGEST = Duration.ofDays(3_653);

  /** Whether keys can be rolled so often: once a day at most, and once in ten years at least. */
  public static boolean isPeriod(Period every) {
    try {
      Duration length = lengthOf(every);
      return length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0;
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
   * When the next roll is due.
   *
   * @param lastRoll when the current secret was made
   * @return empty if none is
   */
  public Optional<Instant> dueAfter(Instant lastRoll) {
    if (first.filter(lastRoll::isBefore).isPresent()) {
      return first;
    }
    return every.map(period -> lastRoll.atZone(ZoneOffset.UTC).plus(period).toInstant());
  }

  /** When the old secret ends, or the key is late, if it is not rolled until then. */
  public Optional<Instant> deadlineAfter(Instant lastRoll) {
    return dueAfter(lastRoll).map(due -> due.plus(window));
  }
}
