package io.accesskeys.issue;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Reads instants that were sent. */
public final class Instants {

  /** Years have four digits. Instants that lie much further ahead no long can number. */
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  private Instants() {}

  /**
   * The instant in a text.
   *
   * @param field where the text stands in the request
   * @throws InvalidRequestException if it is no instant, or of no year from 1970 to 9999
   */
  public static Instant parse(String field, String text) throws InvalidRequestException {
    try {
      Instant instant = Instant.parse(text);
      if (!instant.isBefore(Instant.EPOCH) && instant.isBefore(END)) {
        return instant;
      }
      throw noInstant(field);
    } catch (DateTimeParseException e) {
      throw noInstant(field);
    }
  }

  private static InvalidRequestException noInstant(String field) {
    return new InvalidRequestException(
        field, "must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z");
  }
}
