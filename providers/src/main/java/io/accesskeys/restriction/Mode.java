package io.accesskeys.restriction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What becomes of a request that a restriction does not allow: the {@code mode} member of the JSON
 * form of any type, which no type has to know. It is left out where it is {@link #ENFORCE}.
 */
public enum Mode {
  /** The request is refused. */
  ENFORCE,
  /** The request is let in, and it is counted that it would have been refused. */
  REPORT;

  static final String MEMBER = "mode";

  /** The mode of this restriction. */
  public static Mode of(Restriction restriction) {
    return restriction instanceof ReportOnlyRestriction ? REPORT : ENFORCE;
  }

  /** The word for programs. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads the member.
   *
   * @param json the JSON form of a restriction
   * @param field its path in the request, for errors
   * @throws InvalidRestrictionException if it is there and names no mode
   */
  static Mode read(ObjectNode json, String field) throws InvalidRestrictionException {
    JsonNode sent = json.path(MEMBER);
    if (sent.isMissingNode()) {
      return ENFORCE;
    }
    Optional<Mode> named =
        Arrays.stream(values()).filter(mode -> sent.asText().equals(mode.wireName())).findFirst();
    return named
        .filter(mode -> sent.isTextual())
        .orElseThrow(
            () -> new InvalidRestrictionException(field + "." + MEMBER, "must be " + known()));
  }

  private static String known() {
    return Arrays.stream(values()).map(Mode::wireName).collect(Collectors.joining(" or "));
  }
}
