package io.accesskeys.restriction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The JSON form of a restriction, read strictly: errors name the member.
 *
 * @param object a copy in its usual order, which later changes of what was sent do not reach
 * @param field its path in the request
 */
public record RestrictionJson(ObjectNode object, String field) {

  /** How many entries a list may have. */
  public static final int MAX_ENTRIES = 200;

  /**
   * The JSON form, which may have these members beside {@code type}; they come in this order, so
   * that equal rules give equal JSON.
   *
   * @throws InvalidRestrictionException if there is another
   */
  public static RestrictionJson of(JsonNode object, String field, String... members)
      throws InvalidRestrictionException {
    for (String name : names(object)) {
      if (!name.equals("type") && !List.of(members).contains(name)) {
        throw new InvalidRestrictionException(field + "." + name, "is not known");
      }
    }
    ObjectNode ordered = empty(object.path("type").asText());
    for (String name : members) {
      if (object.has(name)) {
        ordered.set(name, object.get(name).deepCopy());
      }
    }
    return new RestrictionJson(ordered, field);
  }

  /**
   * A member with strings; none if it is absent.
   *
   * @throws InvalidRestrictionException if it is no array of strings, or too long
   */
  public List<String> texts(String member) throws InvalidRestrictionException {
    List<JsonNode> entries = entries(member);
    List<String> texts = new ArrayList<>(entries.size());
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).isTextual()) {
        throw new InvalidRestrictionException(path(member, i), "must be a string");
      }
      texts.add(entries.get(i).textValue());
    }
    return texts;
  }

  /**
   * A member with at least one string.
   *
   * @throws InvalidRestrictionException if it is absent, empty, too long or no array of strings
   */
  public List<String> someTexts(String member) throws InvalidRestrictionException {
    List<String> texts = texts(member);
    if (texts.isEmpty()) {
      throw new InvalidRestrictionException(field + "." + member, "must have at least one entry");
    }
    return texts;
  }

  /**
   * A member that is an array; none if it is absent.
   *
   * @throws InvalidRestrictionException if it is no array, or too long
   */
  public List<JsonNode> entries(String member) throws InvalidRestrictionException {
    JsonNode array = object.path(member);
    if (array.isMissingNode()) {
      return List.of();
    }
    if (!(array instanceof ArrayNode)) {
      throw new InvalidRestrictionException(field + "." + member, "must be an array");
    }
    if (array.size() > MAX_ENTRIES) {
      throw new InvalidRestrictionException(
          field + "." + member, "has more than " + MAX_ENTRIES + " entries");
    }
    List<JsonNode> entries = new ArrayList<>(array.size());
    array.forEach(entries::add);
    return entries;
  }

  /** The path of an entry of a member, for errors. */
  public String path(String member, int index) {
    return field + "." + member + "[" + index + "]";
  }

  /** The names of an object's members; none of anything else. */
  public static Iterable<String> names(JsonNode object) {
    return object::fieldNames;
  }

  /** A JSON form with nothing but its type. */
  public static ObjectNode empty(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
