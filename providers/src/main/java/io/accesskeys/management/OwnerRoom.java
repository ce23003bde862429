package io.accesskeys.management;

import io.accesskeys.policy.KindPolicy;
import io.accesskeys.store.OwnerLock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Whether an owner may have one more key. Asked under the owner's lock, so that it stays true until
 * the key is stored.
 */
final class OwnerRoom {

  /** More than any person or program of theirs needs; what goes round in a loop comes to it. */
  static final int MOST_AN_HOUR = 500;

  /** Revoked keys are kept for months: this bounds how many rows one owner can fill. */
  static final int MOST_A_DAY = 1_000;

  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final OwnerLock lock;
  private final Instant now;

  OwnerRoom(OwnerLock lock, Instant now) {
    this.lock = lock;
    this.now = now;
  }

  /**
   * Refuses one more key that is alive.
   *
   * @throws InvalidRequestException saying how many the owner has and may have
   */
  void requireRoom(KindPolicy rules) throws InvalidRequestException {
    long alive = lock.alive(now);
    if (alive >= rules.maxPerOwner()) {
      throw new InvalidRequestException(
          "", "The owner has " + alive + " keys, and may have " + rules.maxPerOwner());
    }
  }

  /**
   * Refuses a person who makes keys by the hundred, whether they revoke them or not.
   *
   * @throws TooManyKeysException saying when to come back
   */
  void requirePatience(Actor actor, KeyEvents events) {
    if (!(actor instanceof Actor.Person person)) {
      return;
    }
    List<Instant> made = lock.createdSince(person.user().getId(), now.minus(DAY), MOST_A_DAY);
    Optional<TooManyKeysException> refused =
        tooMany(made, MOST_AN_HOUR, HOUR, "hour").or(() -> tooMany(made, MOST_A_DAY, DAY, "day"));
    if (refused.isPresent()) {
      // Outlives the transaction, which is rolled back.
      events.refused("create", "too_many_keys", person.user().getId());
      throw refused.get();
    }
  }

  private Optional<TooManyKeysException> tooMany(
      List<Instant> made, int most, Duration within, String name) {
    if (made.size() < most) {
      return Optional.empty();
    }
    Duration wait = Duration.between(now, made.get(most - 1).plus(within));
    return Optional.of(wait)
        .filter(left -> !left.isNegative() && !left.isZero())
        .map(
            left ->
                new TooManyKeysException(
                    "You have made %d keys within the last %s. Use the keys you have, or try again"
                            .formatted(most, name)
                        + " later",
                    left));
  }
}
