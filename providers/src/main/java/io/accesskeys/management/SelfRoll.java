package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.policy.RealmPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A roll by the key itself: if the policy allows it, for a time after the key's creation or
 * renewal, so that whoever has stolen a key cannot keep it alive for ever.
 */
final class SelfRoll {

  /**
   * The old secret must outlive the answer: if that gets lost, it is all that its holder has to try
   * again.
   */
  private static final Duration LEAST_OVERLAP = Duration.ofMinutes(5);

  private final KeyRoller roller;
  private final RealmPolicy policy;

  SelfRoll(KeyRoller roller, RealmPolicy policy) {
    this.roller = roller;
    this.policy = policy;
  }

  /**
   * Rolls a key.
   *
   * @param key as just read
   * @param presented the version of its secret that was accepted
   * @throws InvalidRequestException if policy, overlap or expiry do not allow it
   * @throws KeyConflictException if the key cannot be rolled as it is, or was changed meanwhile
   */
  IssuedKey roll(AccessKey key, KeySecret presented, RollRequest request, Instant now)
      throws InvalidRequestException {
    requireAllowed(key, now);
    if (request.expiry().isPresent()) {
      throw new InvalidRequestException("expiresAt", "is for the owner of the key to change");
    }
    if (request.overlap().filter(wish -> wish.compareTo(LEAST_OVERLAP) < 0).isPresent()) {
      throw new InvalidRequestException("overlap", "must be at least " + LEAST_OVERLAP);
    }
    Duration usual = KeyRoller.longer(roller.usualOverlap(key, now), LEAST_OVERLAP);
    return roller.roll(
        used(key, presented, now),
        new RollRequest(
            request.overlap().or(() -> Optional.of(usual)),
            Optional.empty(),
            request.replacePending(),
            request.version()),
        now);
  }

  /**
   * Uses are written down later, but whoever presents a secret has it. Were the current one taken
   * for lost, it would end with this roll, and its holder could not try again.
   */
  private static AccessKey used(AccessKey key, KeySecret presented, Instant now) {
    return key.with(
        key.secrets().stream()
            .map(secret -> secret.number() == presented.number() ? secret.used(now) : secret)
            .toList());
  }

  private void requireAllowed(AccessKey key, Instant now) throws InvalidRequestException {
    Optional<Duration> allowed = policy.of(key.kind()).selfRoll();
    if (allowed.isEmpty()) {
      throw new InvalidRequestException("", "No key of this kind may roll itself in this realm");
    }
    if (policy.maxOverlap().compareTo(LEAST_OVERLAP) < 0) {
      throw new InvalidRequestException(
          "", "No key may roll itself while max-overlap is below " + LEAST_OVERLAP);
    }
    Instant end = key.validity().begun().plus(allowed.get());
    if (!now.isBefore(end)) {
      throw new InvalidRequestException("", "The key could roll itself until " + end);
    }
  }
}
