package io.accesskeys.usage;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.audit.Denial;
import java.time.Instant;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A use of a key that was refused, or would have been, by somebody who has its secret.
 *
 * @param at the first time, in milliseconds since the epoch
 * @param last the last time of the same within a minute of the one before
 * @param times how often
 * @param reason the word of events and metrics
 * @param way the entry point
 * @param address where it came from, as the policy keeps addresses; absent if it is not known
 * @param detail a further word, such as the type of the restriction; absent if there is none
 * @param reported whether it was let in, because the restriction only reports
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record RefusedUse(
    long at,
    long last,
    int times,
    String reason,
    String way,
    String address,
    String detail,
    boolean reported) {

  private static final long REPEATED_WITHIN = 60_000;

  /** A refusal. */
  static RefusedUse of(Denial denial, String address, Instant at) {
    long millis = at.toEpochMilli();
    // Whatever more the event says, such as the type of the restriction.
    String detail =
        denial.details().isEmpty()
            ? null
            : String.join(" ", new TreeMap<>(denial.details()).values());
    return new RefusedUse(millis, millis, 1, denial.reason(), denial.way(), address, detail, false);
  }

  /** A use that a restriction of this type let in, because it only reports. */
  static RefusedUse reported(String way, String type, String address, Instant at) {
    long millis = at.toEpochMilli();
    return new RefusedUse(millis, millis, 1, "restriction", way, address, type, true);
  }

  /** Whether another is the same again, soon after. */
  boolean isRepeatedBy(RefusedUse other) {
    return reason.equals(other.reason)
        && way.equals(other.way)
        && reported == other.reported
        && Objects.equals(address, other.address)
        && Objects.equals(detail, other.detail)
        && other.at - last < REPEATED_WITHIN;
  }

  /** This and the same again. */
  RefusedUse and(RefusedUse other) {
    return new RefusedUse(
        at,
        Math.max(last, other.last),
        times + other.times,
        reason,
        way,
        address,
        detail,
        reported);
  }
}
