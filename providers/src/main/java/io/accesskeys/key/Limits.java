package io.accesskeys.key;

import java.time.Duration;
import java.time.Instant;
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
 * @param enforced from when on {@code lifetime} and {@code restrictions} count
 */
public record Limits(
    Optional<Duration> idle,
    Optional<Duration> lifetime,
    Set<String> restrictions,
    Optional<Instant> enforced) {

  /** No limits beyond a key's own dates. */
  public static final Limits NONE =
      new Limits(Optional.empty(), Optional.empty(), Set.of(), Optional.empty());

  /** When this key ends: the earliest of what applies; empty for never. */
  Optional<Instant> endOf(AccessKey key) {
    return Stream.of(
            key.validity().expires(),
            idle.map(key.idleSince()::plus),
            enforcedEnd(key),
            enforced.filter(from -> !key.grant().hasRestrictions(restrictions)))
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
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
