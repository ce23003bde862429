package io.accesskeys.management;

import io.accesskeys.key.WrittenInstant;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Reads instants that were sent. */
public final class Instants {

  private Instants() {}

  /**
   * The instant in a text.
   *
   * @param field where the text stands in the request
   * @throws InvalidRequestException if it is no instant, or of no year from 1970 to 9999
   */
  public static Instant parse(String field, String text) throws InvalidRequestException {
    try {
      return WrittenInstant.parse(text);
    } catch (DateTimeParseException e) {
      throw new InvalidRequestException(
          field, "must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z");
    }
  }
}
