package io.accesskeys.testrestriction;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.RestrictionJson;
import io.accesskeys.restriction.RestrictionTypeFactory;
import io.accesskeys.restriction.Verdict;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;

/**
 * {@code {"type":"time-of-day","from":"08:00","to":"18:00"}}, in UTC: a restriction as somebody
 * else would write it, in a jar of its own.
 */
public final class TimeOfDayType implements RestrictionTypeFactory {

  @Override
  public String getId() {
    return "time-of-day";
  }

  @Override
  public Restriction parse(JsonNode json, String field) throws InvalidRestrictionException {
    RestrictionJson members = RestrictionJson.of(json, field, "from", "to");
    return new TimeOfDay(members, time(members, "from"), time(members, "to"));
  }

  private static LocalTime time(RestrictionJson members, String name)
      throws InvalidRestrictionException {
    try {
      return LocalTime.parse(members.object().path(name).asText());
    } catch (DateTimeParseException e) {
      throw new InvalidRestrictionException(
          members.field() + "." + name, "must be a time of day, such as 08:00");
    }
  }

  private record TimeOfDay(RestrictionJson json, LocalTime from, LocalTime to)
      implements Restriction {

    @Override
    public String type() {
      return "time-of-day";
    }

    @Override
    public JsonNode toJson() {
      return json.object().deepCopy();
    }

    @Override
    public Verdict allows(RequestFacts facts) {
      LocalTime now = facts.at().atOffset(ZoneOffset.UTC).toLocalTime();
      return Verdict.allowedIf(!now.isBefore(from) && now.isBefore(to), "time_not_allowed");
    }

    @Override
    public String summary() {
      return "from " + from + " to " + to + " UTC";
    }
  }
}
