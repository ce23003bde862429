package io.accesskeys.key;

import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a realm's policy makes of the life of keys that exist, beside each key's own dates.
 *
 * @param idle a key that was not used for so long has expired; empty for never
 * @param lifetime a key ends so long after its creation or renewal, however far off its own expiry
 *     is; empty for any
 * @param restrictions the types of which a key must have one restriction each
 * @param rolling what of rolls
 * @param enforced from when on {@code lifetime}, {@code restrictions} and the period of {@code
 *     rolling} count
 */
public record Limits(
    Optional<Duration> idle,
    Optional<Duration> lifetime,
    Set<String> restrictions,
    Rolling rolling,
    Optional<Instant> enforced) {

  /**
   * What a realm's policy makes of rolls that are due.
   *
   * @param every how often keys must be rolled at least; empty for any
   * @param window how long an owner has, where a key says nothing else
   * @param overdue what becomes of a key that was not rolled in time
   */
  public record Rolling(Optional<Period> every, Duration window, Overdue overdue) {

    /** No roll is ever due that the key does not ask for. */
    public static final Rolling NONE =
        new Rolling(Optional.empty(), Duration.ofDays(7), Overdue.EXTEND);
  }

  /** What becomes of a key that was not rolled in time. */
  public enum Overdue {
    /** Its owner is told, and it stays good. */
    EXTEND,
    /** It has expired until it is rolled. */
    EXPIRE
  }

  /** The delivery of keys that did not choose one. */
  private static final String PICKUP = "pickup";

  /** No limits beyond a key's own dates. */
  public static final Limits NONE =
      new Limits(Optional.empty(), Optional.empty(), Set.of(), Rolling.NONE, Optional.empty());

  /** The same, but that a key which was not rolled in time stays good. */
  public Limits withoutOverdue() {
    return new Limits(
        idle,
        lifetime,
        restrictions,
        new Rolling(rolling.every(), rolling.window(), Overdue.EXTEND),
        enforced);
  }

  /** When this key ends: the earliest of what applies; empty for never. */
  Optional<Instant> endOf(AccessKey key) {
    return Stream.of(
            key.validity().expires(),
            idle.map(key.idleSince()::plus),
            enforcedEnd(key),
            enforced.filter(from -> !key.grant().hasRestrictions(restrictions)),
            overdue(key))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private Optional<Instant> overdue(AccessKey key) {
    return rolling.overdue() == Overdue.EXPIRE ? key.rollDeadline(this) : Optional.empty();
  }

  /**
   * The schedule of a key: its own, or else the policy's for keys that were made before it. Those
   * become due one by one within a window after the date, not all at once.
   */
  public Optional<RollSchedule> rollOf(AccessKey key) {
    return key.roll()
        .or(
            () ->
                enforced.flatMap(
                    from -> rolling.every().map(period -> imposed(key, period, from))));
  }

  private RollSchedule imposed(AccessKey key, Period period, Instant from) {
    Instant usual = key.current().createdAt().atZone(ZoneOffset.UTC).plus(period).toInstant();
    long spread = Math.floorMod(key.id().hashCode(), Math.max(rolling.window().toSeconds(), 1));
    Instant first = (usual.isBefore(from) ? from : usual).plusSeconds(spread);
    return new RollSchedule(Optional.of(period), Optional.of(first), rolling.window(), PICKUP);
  }

  /** Nothing ends before the date from which on it is enforced. */
  private Optional<Instant> enforcedEnd(AccessKey key) {
    return lifetime.flatMap(
        most ->
            enforced.map(
                from -> {
                  Instant end = key.validity().begun().plus(most);
                  return end.isBefore(from) ? from : end;
                }));
  }
}
