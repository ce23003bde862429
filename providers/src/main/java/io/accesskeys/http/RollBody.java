package io.accesskeys.http;

import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.ScheduleRequest;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;

/**
 * The member {@code roll} of a key to create or to change: {@code
 * {"every":"P90D","at":"…","overlap":"P7D","delivery":"pickup"}}.
 */
final class RollBody {

  private static final String MEMBER = "roll";
  private static final Set<String> MEMBERS = Set.of("every", "at", "overlap", "delivery");

  private RollBody() {}

  /**
   * The schedule in a body; empty if it has none.
   *
   * @throws InvalidRequestException naming the member that is wrong
   */
  static Optional<ScheduleRequest> in(JsonBody body) throws InvalidRequestException {
    if (!body.has(MEMBER)) {
      return Optional.empty();
    }
    JsonBody roll = body.object(MEMBER, MEMBERS);
    return Optional.of(
        new ScheduleRequest(
            period(roll), roll.instant("at"), roll.duration("overlap"), roll.text("delivery")));
  }

  private static Optional<Period> period(JsonBody roll) throws InvalidRequestException {
    Optional<String> text = roll.text("every");
    try {
      return text.map(Period::parse);
    } catch (DateTimeParseException e) {
      throw new InvalidRequestException(
          MEMBER + ".every", "must be an ISO-8601 period of days, weeks, months or years");
    }
  }
}
