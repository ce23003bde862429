package io.accesskeys.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.key.AuthorizationDetails;
import io.accesskeys.management.InvalidRequestException;
import java.util.List;
import java.util.stream.StreamSupport;

/** Authorization details (RFC 9396) that were sent to us. */
public final class DetailsJson {

  private static final int MAX_COUNT = 20;
  private static final int MAX_LENGTH = 4_096;

  /** As text, which may have blanks and escapes: six characters for one. */
  private static final int MAX_TEXT = 8 * MAX_LENGTH;

  private DetailsJson() {}

  /**
   * Reads the text of an array of them.
   *
   * @param field what to call it in errors
   * @throws InvalidRequestException naming the object and member that is wrong
   */
  public static List<JsonNode> parse(String text, String field) throws InvalidRequestException {
    if (text.length() > MAX_TEXT) {
      throw tooMany(field);
    }
    return read(JsonText.parse(text), field);
  }

  /**
   * Reads an array of them, of a size that fits into a token. The common members of RFC 9396
   * section 2.2 must be what they are there, because Keycloak could not read a token otherwise.
   *
   * @param field what to call it in errors
   * @throws InvalidRequestException naming the object and member that is wrong
   */
  public static List<JsonNode> read(JsonNode array, String field) throws InvalidRequestException {
    if (!array.isArray()) {
      throw new InvalidRequestException(field, "must be an array of objects");
    }
    if (array.size() > MAX_COUNT || array.toString().length() > MAX_LENGTH) {
      throw tooMany(field);
    }
    for (int i = 0; i < array.size(); i++) {
      check(array.get(i), field + "[" + i + "]");
    }
    return elements(array);
  }

  private static InvalidRequestException tooMany(String field) {
    return new InvalidRequestException(
        field, "must have at most " + MAX_COUNT + " objects and " + MAX_LENGTH + " characters");
  }

  private static void check(JsonNode detail, String field) throws InvalidRequestException {
    if (!detail.isObject() || !detail.path("type").isTextual()) {
      throw new InvalidRequestException(field, "must be an object with a string named type");
    }
    if (detail.has("identifier") && !detail.get("identifier").isTextual()) {
      throw new InvalidRequestException(field + ".identifier", "must be a string");
    }
    for (String list : AuthorizationDetails.LISTS) {
      if (detail.has(list) && !isList(detail.get(list))) {
        throw new InvalidRequestException(field + "." + list, "must be an array of strings");
      }
    }
  }

  private static boolean isList(JsonNode value) {
    return value.isArray() && elements(value).stream().allMatch(JsonNode::isTextual);
  }

  private static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
