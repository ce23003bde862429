package io.accesskeys.key;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Authorization details (RFC 9396): JSON objects, each with a {@code type}, that name the resources
 * a key is limited to. What they mean is the API's business; here it matters only which of two says
 * less.
 */
public final class AuthorizationDetails {

  /** The common members that list what is allowed (RFC 9396 section 2.2). */
  public static final Set<String> LISTS = Set.of("locations", "actions", "datatypes", "privileges");

  private AuthorizationDetails() {}

  /**
   * Whether everything the narrow ones allow is allowed by the wide ones. No details at all allow
   * everything. Members this does not know must be equal, since nobody here can tell which says
   * less.
   */
  public static boolean cover(List<JsonNode> wide, List<JsonNode> narrow) {
    return wide.isEmpty()
        || (!narrow.isEmpty()
            && narrow.stream()
                .allMatch(detail -> wide.stream().anyMatch(other -> covers(other, detail))));
  }

  private static boolean covers(JsonNode wide, JsonNode narrow) {
    return Stream.concat(names(wide), names(narrow))
        .distinct()
        .allMatch(
            name ->
                LISTS.contains(name)
                    ? coversList(wide.path(name), narrow.path(name))
                    : wide.path(name).equals(narrow.path(name)));
  }

  /** A list that is missing allows everything. */
  private static boolean coversList(JsonNode wide, JsonNode narrow) {
    return wide.isMissingNode()
        || (!narrow.isMissingNode() && entries(wide).containsAll(entries(narrow)));
  }

  private static Set<JsonNode> entries(JsonNode list) {
    Set<JsonNode> entries = new HashSet<>();
    list.forEach(entries::add);
    return entries;
  }

  private static Stream<String> names(JsonNode object) {
    Iterable<String> names = () -> (Iterator<String>) object.fieldNames();
    return StreamSupport.stream(names.spliterator(), false);
  }
}
