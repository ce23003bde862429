package io.accesskeys.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.accesskeys.management.Instants;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * A JSON object that was sent to us, read strictly: a member we do not know, or whose feature does
 * not exist yet, is an error and is never ignored.
 */
public final class JsonBody {

  private static final int MAX_LENGTH = 128 * 1024;

  private final JsonNode object;
  private final String path;

  private JsonBody(JsonNode object, String path) {
    this.object = object;
    this.path = path;
  }

  /**
   * Reads a body.
   *
   * @param text what was sent; nothing at all is an empty object
   * @param members the members it may have
   * @throws InvalidRequestException if it is no JSON object, or has another member
   */
  public static JsonBody of(String text, Set<String> members) throws InvalidRequestException {
    if (text != null && text.length() > MAX_LENGTH) {
      throw Problem.of(Problem.Kind.TOO_LARGE, "The body has more than 128 KiB").exception();
    }
    if (text == null || text.isBlank()) {
      return new JsonBody(JsonNodeFactory.instance.objectNode(), "");
    }
    JsonBody body = new JsonBody(JsonText.parse(text), "");
    if (!body.object.isObject()) {
      throw new InvalidRequestException("", "The body must be a JSON object");
    }
    body.allowOnly(members);
    return body;
  }

  /**
   * An object member, read as strictly.
   *
   * @param members the members it may have
   * @throws InvalidRequestException if it is no object, or has another member
   */
  public JsonBody object(String member, Set<String> members) throws InvalidRequestException {
    JsonBody inner = new JsonBody(object.path(member), path + member + ".");
    if (!inner.object.isObject()) {
      throw new InvalidRequestException(path + member, "must be an object");
    }
    inner.allowOnly(members);
    return inner;
  }

  /** Whether the body has this member. */
  public boolean has(String member) {
    return object.has(member);
  }

  /** Whether the body has this member and it is {@code null}. */
  public boolean isNull(String member) {
    return object.path(member).isNull();
  }

  /** A duration in ISO-8601 days and time, such as {@code P7D} or {@code PT24H}. */
  public Optional<Duration> duration(String member) throws InvalidRequestException {
    Optional<String> text = text(member);
    try {
      return text.map(Duration::parse);
    } catch (DateTimeParseException e) {
      throw new InvalidRequestException(
          path + member, "must be an ISO-8601 duration, such as PT24H");
    }
  }

  /** A truth value; false if absent. */
  public boolean isTrue(String member) throws InvalidRequestException {
    JsonNode value = object.path(member);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw new InvalidRequestException(path + member, "must be true or false");
    }
    return value.booleanValue();
  }

  /** A whole number that is not below 0; empty if absent. */
  public OptionalInt number(String member) throws InvalidRequestException {
    JsonNode value = object.path(member);
    if (value.isMissingNode()) {
      return OptionalInt.empty();
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 0) {
      throw new InvalidRequestException(path + member, "must be a whole number, 0 or more");
    }
    return OptionalInt.of(value.intValue());
  }

  /**
   * The one member of an object member: its name and its text.
   *
   * @throws InvalidRequestException if there is not exactly one, or it has another name
   */
  public Choice choice(String member, Set<String> names) throws InvalidRequestException {
    JsonNode value = object.path(member);
    Iterator<String> given = value.fieldNames();
    if (value.size() != 1 || !given.hasNext()) {
      throw new InvalidRequestException(path + member, "must be an object with one of " + names);
    }
    String name = given.next();
    if (!names.contains(name) || !value.get(name).isTextual()) {
      throw new InvalidRequestException(
          path + member + "." + name, "must be a string named one of " + names);
    }
    return new Choice(name, value.get(name).textValue());
  }

  /**
   * What {@link #choice} read.
   *
   * @param name the member's name
   * @param value its text
   */
  public record Choice(String name, String value) {}

  private void allowOnly(Set<String> members) throws InvalidRequestException {
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!members.contains(name)) {
        throw new InvalidRequestException(path + name, "is not known here");
      }
    }
  }

  /** An instant in UTC. */
  public Optional<Instant> instant(String member) throws InvalidRequestException {
    Optional<String> text = text(member);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(Instants.parse(path + member, text.get()));
  }

  /** Restrictions of the known types; none if absent. */
  public List<Restriction> restrictions(String member, Restrictions known)
      throws InvalidRequestException {
    if (!object.has(member)) {
      return List.of();
    }
    try {
      return known.parse(object.get(member), member);
    } catch (InvalidRestrictionException e) {
      throw new InvalidRequestException(e.field(), e.getMessage());
    }
  }

  /** Different strings; none if absent. */
  public List<String> texts(String member) throws InvalidRequestException {
    JsonNode array = object.path(member);
    if (!array.isMissingNode() && !array.isArray()) {
      throw new InvalidRequestException(path + member, "must be an array of strings");
    }
    Set<String> texts = new LinkedHashSet<>();
    for (int i = 0; i < array.size(); i++) {
      if (!array.get(i).isTextual()) {
        throw new InvalidRequestException(path + member + "[" + i + "]", "must be a string");
      }
      if (!texts.add(array.get(i).textValue())) {
        throw new InvalidRequestException(path + member + "[" + i + "]", "is there twice");
      }
    }
    return new ArrayList<>(texts);
  }

  /**
   * Different strings, not more than so many.
   *
   * @throws InvalidRequestException if there is none, or too many to look at
   */
  public List<String> someTexts(String member, int most) throws InvalidRequestException {
    JsonNode array = object.path(member);
    boolean list = array.isArray() || array.isMissingNode();
    if (list && (array.isEmpty() || array.size() > most)) {
      throw new InvalidRequestException(path + member, "must have 1 to " + most + " entries");
    }
    return texts(member);
  }

  /** A string that must be there. */
  public String requiredText(String member) throws InvalidRequestException {
    return text(member).orElseThrow(() -> new InvalidRequestException(path + member, "is missing"));
  }

  /** A string. */
  public Optional<String> text(String member) throws InvalidRequestException {
    JsonNode value = object.path(member);
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw new InvalidRequestException(path + member, "must be a string");
    }
    return Optional.of(value.textValue());
  }

  /** A flat object with strings, not more than so many; none if absent. */
  public Map<String, String> flat(String member, int most) throws InvalidRequestException {
    JsonNode map = object.path(member);
    if (!map.isMissingNode() && !map.isObject()) {
      throw new InvalidRequestException(path + member, "must be an object with strings");
    }
    if (map.size() > most) {
      throw new InvalidRequestException(path + member, "must have at most " + most + " members");
    }
    Map<String, String> flat = new TreeMap<>();
    for (Iterator<String> names = map.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!map.get(name).isTextual()) {
        throw new InvalidRequestException(path + member + "." + name, "must be a string");
      }
      flat.put(name, map.get(name).textValue());
    }
    return flat;
  }

  /** RFC 9396 objects, of a size that fits into a token; none if absent. */
  public List<JsonNode> details(String member) throws InvalidRequestException {
    return has(member) ? DetailsJson.read(object.path(member), path + member) : List.of();
  }
}
