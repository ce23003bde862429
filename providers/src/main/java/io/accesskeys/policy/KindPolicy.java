package io.accesskeys.policy;

import io.accesskeys.key.Limits;
import io.accesskeys.key.Limits.Rolling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a realm allows of one kind of key.
 *
 * @param enabled whether keys of this kind are made and honoured; switched off, they are kept and
 *     refused
 * @param prefixes what the text of a new key may begin with, the usual one first; the creator
 *     chooses
 * @param expiryChoice who says when a key expires
 * @param defaultLifetime of a key whose creator names no expiry
 * @param maxLifetime the furthest expiry a creator may name; empty allows a key that never expires
 * @param maxIdle a key that was not used for so long has expired; empty for never
 * @param maxPerOwner how many keys an owner may have at a time, dead ones not counted
 * @param requiredRestrictions the types of which every key must have one restriction each
 * @param selfRoll how long after its creation or renewal a key may roll itself; empty for never
 * @param rolling how often keys must be rolled, and what becomes of those that are not
 * @param existingEnforcedFrom from when on {@code maxLifetime} and {@code requiredRestrictions}
 *     hold for keys that were made under a laxer policy; empty leaves them alone
 */
public record KindPolicy(
    boolean enabled,
    List<String> prefixes,
    ExpiryChoice expiryChoice,
    Duration defaultLifetime,
    Optional<Duration> maxLifetime,
    Optional<Duration> maxIdle,
    int maxPerOwner,
    Set<String> requiredRestrictions,
    Optional<Duration> selfRoll,
    Rolling rolling,
    Optional<Instant> existingEnforcedFrom) {

  /** Who says when a key expires. */
  public enum ExpiryChoice {
    /** The creator chooses, up to the maximum. */
    CHOSEN,
    /** Every key lives for the default lifetime. */
    FIXED
  }

  public KindPolicy {
    prefixes = List.copyOf(prefixes);
  }

  /** Whether keys that have no schedule get one by now. */
  public boolean imposesRollsAt(Instant now) {
    return rolling.every().isPresent()
        && existingEnforcedFrom.filter(from -> !from.isAfter(now)).isPresent();
  }

  /** What of this bears on the state of a key that exists. */
  public Limits limits() {
    return new Limits(maxIdle, maxLifetime, requiredRestrictions, rolling, existingEnforcedFrom);
  }
}
