package io.accesskeys.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.key.AuthorizationDetails;
import io.accesskeys.management.InvalidRequestException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Authorization details (RFC 9396) that were sent to us. */
public final class DetailsJson {

  private static final int MAX_COUNT = 20;
  private static final int MAX_LENGTH = 4_096;

  /** As text, which may have blanks and escapes: six characters for one. */
  private static final int MAX_TEXT = 8 * MAX_LENGTH;

  private DetailsJson() {}

  /**
   * Reads the text of an array of them, out of a form.
   *
   * @return empty if it is no such array
   */
  public static Optional<List<JsonNode>> find(String text) {
    return Optional.of(text)
        .filter(sent -> sent.length() <= MAX_TEXT)
        .flatMap(JsonText::find)
        .filter(array -> fault(array, "").isEmpty())
        .map(DetailsJson::elements);
  }

  /**
   * Reads an array of them, of a size that fits into a token. The common members of RFC 9396
   * section 2.2 must be what they are there, because Keycloak could not read a token otherwise.
   *
   * @param field what to call it in errors
   * @throws InvalidRequestException naming the object and member that is wrong
   */
  public static List<JsonNode> read(JsonNode array, String field) {
    fault(array, field)
        .ifPresent(
            fault -> {
              throw fault;
            });
    return elements(array);
  }

  private static Optional<InvalidRequestException> fault(JsonNode array, String field) {
    if (!array.isArray()) {
      return fault(field, "must be an array of objects");
    }
    if (array.size() > MAX_COUNT || array.toString().length() > MAX_LENGTH) {
      return fault(
          field, "must have at most " + MAX_COUNT + " objects and " + MAX_LENGTH + " characters");
    }
    return IntStream.range(0, array.size())
        .mapToObj(i -> ofOne(array.get(i), field + "[" + i + "]"))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<InvalidRequestException> ofOne(JsonNode detail, String field) {
    if (!detail.isObject() || !detail.path("type").isTextual()) {
      return fault(field, "must be an object with a string named type");
    }
    if (detail.has("identifier") && !detail.get("identifier").isTextual()) {
      return fault(field + ".identifier", "must be a string");
    }
    return AuthorizationDetails.LISTS.stream()
        .filter(list -> detail.has(list) && !isList(detail.get(list)))
        .findFirst()
        .flatMap(list -> fault(field + "." + list, "must be an array of strings"));
  }

  private static Optional<InvalidRequestException> fault(String field, String reason) {
    return Optional.of(new InvalidRequestException(field, reason));
  }

  private static boolean isList(JsonNode value) {
    return value.isArray() && elements(value).stream().allMatch(JsonNode::isTextual);
  }

  private static List<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
