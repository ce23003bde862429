package io.accesskeys.transfer;

import io.accesskeys.key.RollSchedule;
import io.accesskeys.management.InvalidRequestException;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads the schedule in a row. */
final class RollReader {

  private RollReader() {}

  /**
   * The schedule; empty if the row has none.
   *
   * @throws InvalidRequestException naming the member that is missing or wrong
   */
  static Optional<RollSchedule> schedule(TransferRow.Roll roll) throws InvalidRequestException {
    if (roll == null) {
      return Optional.empty();
    }
    RowReader.require(
        roll.delivery() != null && roll.delivery().matches("[a-z0-9-]{1,64}"),
        "roll.delivery",
        "must be the id of a delivery");
    try {
      Duration window = Duration.parse(roll.window() == null ? "" : roll.window());
      RowReader.require(
          !window.isNegative() && !window.isZero() && window.toDays() <= 3_660,
          "roll.window",
          "must be positive, and at most P3660D");
      Optional<Period> every = Optional.ofNullable(roll.every()).map(Period::parse);
      RowReader.require(
          every.filter(period -> !RollSchedule.isPeriod(period)).isEmpty(),
          "roll.every",
          "must be from P1D to P10Y");
      return Optional.of(
          new RollSchedule(
              every,
              RowReader.instant(roll.firstAt(), "roll.firstAt"),
              RowReader.instant(roll.startAt(), "roll.startAt"),
              window,
              roll.delivery()));
    } catch (DateTimeParseException e) {
      throw new InvalidRequestException("roll", "has no ISO-8601 period and duration");
    }
  }
}
