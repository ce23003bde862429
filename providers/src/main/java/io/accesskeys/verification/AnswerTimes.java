package io.accesskeys.verification;

import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.verification.Decision.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Between which instants an answer about an accepted key holds for whoever has got it. Their clock
 * is not ours: to be of any use, it must hold a little before and after this very moment.
 *
 * @param issued since when it holds
 * @param forget when to forget it
 */
public record AnswerTimes(Instant issued, Instant forget) {

  /** By how much a clock that is kept by NTP, or by nobody but often enough, may be wrong. */
  public static final Duration CLOCK_SKEW = Duration.ofSeconds(6);

  /**
   * Of an answer that is given now. It may be kept for the revocation budget. What restrictions
   * depend on may be different in the next request, so an answer about a restricted key may be kept
   * only as long as clocks are apart. So may one about a key with a restriction that only reports,
   * since a request that we are not asked about is not counted. Neither holds past the end of the
   * key or its secret.
   */
  public static AnswerTimes of(Accepted accepted, Instant now, RealmPolicy policy) {
    boolean depends = !accepted.key().grant().restrictions().isEmpty();
    Duration kept = depends ? CLOCK_SKEW : atLeastSkew(policy.revocationBudget());
    return new AnswerTimes(
        now.minus(CLOCK_SKEW),
        Stream.of(Optional.of(now.plus(kept)), accepted.ends(policy.limits(accepted.key().kind())))
            .flatMap(Optional::stream)
            .min(Instant::compareTo)
            .orElseThrow());
  }

  /** A time that is long enough for clocks that differ. */
  public static Duration atLeastSkew(Duration time) {
    return time.compareTo(CLOCK_SKEW) < 0 ? CLOCK_SKEW : time;
  }
}
