package io.accesskeys.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.key.RollSchedule;
import java.time.Instant;
import java.time.Period;

/**
 * The schedule of a key, as it is sent.
 *
 * @param every an ISO-8601 period
 * @param at when the first, or the only one, is due
 * @param overlap how long the old secret stays good from then on; an ISO-8601 duration
 * @param delivery the id of a delivery
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RollRepresentation(String every, String at, String overlap, String delivery) {

  static RollRepresentation of(RollSchedule schedule) {
    return new RollRepresentation(
        schedule.every().map(Period::toString).orElse(null),
        schedule.first().map(Instant::toString).orElse(null),
        schedule.window().toString(),
        schedule.delivery());
  }
}
