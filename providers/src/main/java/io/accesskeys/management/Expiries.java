package io.accesskeys.management;

import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** When a new key begins and ends, within policy. */
public final class Expiries {

  private static final String FIELD = "expiresAt";

  private Expiries() {}

  /**
   * The instant a key shall expire; empty for never.
   *
   * @throws InvalidRequestException if the policy does not allow the wish
   */
  public static Optional<Instant> expiry(KeyRequest.Expiry wish, KindPolicy policy, Instant now)
      throws InvalidRequestException {
    if (wish instanceof KeyRequest.Expiry.ByPolicy) {
      return Optional.of(now.plus(policy.defaultLifetime()));
    }
    if (wish instanceof KeyRequest.Expiry.WithToken with) {
      return Optional.of(now.plus(shorter(with.lifespan(), policy.maxLifetime())));
    }
    if (policy.expiryChoice() == ExpiryChoice.FIXED) {
      throw new InvalidRequestException(
          FIELD, "is fixed by policy: leave it out for " + policy.defaultLifetime());
    }
    if (wish instanceof KeyRequest.Expiry.At at) {
      return Optional.of(chosen(at.instant().truncatedTo(ChronoUnit.MILLIS), policy, now));
    }
    if (policy.maxLifetime().isPresent()) {
      throw new InvalidRequestException(
          FIELD, "is missing. Keys must expire in this realm: send an instant");
    }
    return Optional.empty();
  }

  /**
   * The instant a key shall begin to hold.
   *
   * @throws InvalidRequestException if it does not come before the end
   */
  static Optional<Instant> notBefore(Optional<Instant> wish, Optional<Instant> expires)
      throws InvalidRequestException {
    Optional<Instant> begins = wish.map(instant -> instant.truncatedTo(ChronoUnit.MILLIS));
    if (begins.isPresent() && expires.isPresent() && !begins.get().isBefore(expires.get())) {
      throw new InvalidRequestException("notBefore", "must come before expiresAt");
    }
    return begins;
  }

  private static Instant chosen(Instant expiry, KindPolicy policy, Instant now)
      throws InvalidRequestException {
    if (!expiry.isAfter(now)) {
      throw new InvalidRequestException(FIELD, "must be in the future");
    }
    Optional<Duration> most = policy.maxLifetime();
    if (most.isPresent() && expiry.isAfter(now.plus(most.get()))) {
      throw new InvalidRequestException(FIELD, "must be at most " + words(most.get()) + " ahead");
    }
    if (expiry.isAfter(now.plus(Duration.ofDays(36_500)))) {
      throw new InvalidRequestException(FIELD, "must be at most 100 years ahead");
    }
    return expiry;
  }

  private static Duration shorter(Duration one, Optional<Duration> other) {
    return other.filter(most -> most.compareTo(one) < 0).orElse(one);
  }

  private static String words(Duration duration) {
    return duration.equals(Duration.ofDays(duration.toDays()))
        ? duration.toDays() + " days"
        : duration.toString();
  }
}
