package io.accesskeys.management;

import io.accesskeys.management.KeyRequest.Expiry;
import java.time.Duration;
import java.util.Optional;

/**
 * The roll that somebody wishes for.
 *
 * @param overlap how long the old secret stays good; empty for the policy's default
 * @param expiry the new expiry of the key; empty to keep the one it has
 * @param replacePending whether a roll that is still running may be replaced
 * @param version the version of the key that the one who asks has seen; empty for any
 */
public record RollRequest(
    Optional<Duration> overlap,
    Optional<Expiry> expiry,
    Replace replacePending,
    Optional<Integer> version) {

  /** What to do about a roll that is still running. */
  public enum Replace {
    REFUSE,
    REPLACE
  }
}
