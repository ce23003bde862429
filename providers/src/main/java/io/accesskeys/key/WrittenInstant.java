package io.accesskeys.key;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Reads instants as people and programs write them: RFC 3339, of a year from 1970 to 9999. */
public final class WrittenInstant {

  /** Instants that lie much further ahead no long can number. */
  private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

  /**
   * {@link Instant#parse} takes 24:00:00 for the next day and a leap second for the second before:
   * for another instant than the one that is written there.
   */
  private static final Pattern FORM =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?"
              + "(Z|[+-]([01]\\d|2[0-3]):[0-5]\\d)",
          Pattern.CASE_INSENSITIVE);

  private WrittenInstant() {}

  /**
   * The instant in a text.
   *
   * @throws DateTimeParseException if it is none, or of another year
   */
  public static Instant parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new DateTimeParseException("Not RFC 3339", text, 0);
    }
    Instant instant = Instant.parse(text);
    if (instant.isBefore(Instant.EPOCH) || !instant.isBefore(END)) {
      throw new DateTimeParseException("Of another year", text, 0);
    }
    return instant;
  }
}
