package io.accesskeys.policy;

import java.time.Duration;
import java.util.Set;

/**
 * What a realm allows of keys.
 *
 * @param defaultLifetime of a key whose creator names no expiry
 * @param maxLifetime the furthest expiry a creator may name
 * @param defaultOverlap how long the old secret lives after a roll that names no overlap
 * @param maxOverlap the longest overlap a roll may name
 * @param maxTokenLifespan no JWT minted from a key lives longer, whatever realm and client say
 * @param revocationBudget how long a gateway may go on honouring our last answer
 * @param selfServiceClients the {@code client_id}s whose users' tokens may manage keys
 */
public record RealmPolicy(
    Duration defaultLifetime,
    Duration maxLifetime,
    Duration defaultOverlap,
    Duration maxOverlap,
    Duration maxTokenLifespan,
    Duration revocationBudget,
    Set<String> selfServiceClients) {

  /** What holds in a realm that says nothing: short, and closed. */
  public static final RealmPolicy DEFAULT =
      new RealmPolicy(
          Duration.ofDays(30),
          Duration.ofDays(365),
          Duration.ofHours(24),
          Duration.ofDays(7),
          Duration.ofMinutes(15),
          Duration.ofSeconds(30),
          Set.of("account-console"));
}
