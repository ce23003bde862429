package io.accesskeys.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.management.InvalidRequestException;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/**
 * A JSON object that was sent to us, read strictly into records. A member that no record has, or
 * whose feature does not exist yet, is an error and is never ignored; so is {@code null} where a
 * value belongs, and a value of another type.
 *
 * <p>An endpoint declares a record of its members and calls {@code JsonBody.read(session, body,
 * Members.class)}. A component of the type {@code T} must be sent, {@code Optional<T>} may be left
 * out, {@code Optional<Optional<T>>} may also be {@code null}; {@link StrictTypes} has the types.
 * Where endpoints share members, each group is a record: {@code JsonBody.of(session, body,
 * List.of(A.class, B.class))} takes the members of both, and {@code as(A.class)} gives one.
 */
public final class JsonBody {

  private static final int MAX_LENGTH = 128 * 1024;
  private static final ObjectMapper RECORDS = StrictTypes.mapper();

  private final JsonNode object;

  private JsonBody(JsonNode object) {
    this.object = object;
  }

  /**
   * Reads the body of a request that has the members of one record.
   *
   * @param body as it was sent; nothing at all is an empty object
   * @throws InvalidRequestException naming the member that is missing, unknown or wrong
   */
  public static <T extends Record> T read(KeycloakSession session, byte[] body, Class<T> members) {
    return read(BodyText.json(session, body), members);
  }

  /** The same, of a body that was decoded before; null for none. */
  static <T extends Record> T read(String text, Class<T> members) {
    return of(text, List.of(members)).as(members);
  }

  /**
   * Reads the body of a request that has the members of several records.
   *
   * @param body as it was sent; nothing at all is an empty object
   * @throws InvalidRequestException if it is no JSON object, or has a member that no part has
   */
  public static JsonBody of(
      KeycloakSession session, byte[] body, List<Class<? extends Record>> parts) {
    return of(BodyText.json(session, body), parts);
  }

  /** The same, of a body that was decoded before; null for none. */
  static JsonBody of(String text, List<Class<? extends Record>> parts) {
    if (text != null && text.length() > MAX_LENGTH) {
      throw Problem.of(Problem.Kind.TOO_LARGE, "The body has more than 128 KiB").exception();
    }
    JsonNode object =
        text == null || text.isBlank()
            ? JsonNodeFactory.instance.objectNode()
            : JsonText.parse(text);
    if (!object.isObject()) {
      throw new InvalidRequestException("", "The body must be a JSON object");
    }
    Set<String> known = new HashSet<>();
    parts.forEach(part -> components(part).forEach(one -> known.add(one.getName())));
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw new InvalidRequestException(name, "is not known here");
      }
    }
    return new JsonBody(object);
  }

  /**
   * The members of one part.
   *
   * @throws InvalidRequestException naming the member that is missing or wrong
   */
  public <T extends Record> T as(Class<T> part) {
    ObjectNode members = JsonNodeFactory.instance.objectNode();
    components(part)
        .forEach(
            component -> {
              String name = component.getName();
              if (object.has(name)) {
                members.set(name, object.get(name));
              }
              requireThere(component, members.path(name));
            });
    return convert(members, part);
  }

  /** A value, if it was sent; it must be, whatever its record says of others. */
  static <T> T required(String member, Optional<T> value) {
    return value.orElseThrow(() -> new InvalidRequestException(member, "is missing"));
  }

  private static Stream<RecordComponent> components(Class<? extends Record> part) {
    return Stream.of(part.getRecordComponents());
  }

  private static void requireThere(RecordComponent component, JsonNode value) {
    if (component.getType() != Optional.class && value.isMissingNode()) {
      throw new InvalidRequestException(component.getName(), "is missing");
    }
    if (component.getType().isRecord() && value.isNull()) {
      throw new InvalidRequestException(
          component.getName(), StrictTypes.expected(component.getType()));
    }
  }

  private static <T> T convert(JsonNode json, Class<T> type) {
    try {
      return RECORDS.treeToValue(json, type);
    } catch (JsonMappingException e) {
      throw refusal(e);
    } catch (JsonProcessingException e) {
      throw new InvalidRequestException("", "The body is not valid JSON");
    }
  }

  /** What Jackson has found, in our words: its own message may quote a secret. */
  private static InvalidRequestException refusal(JsonMappingException found) {
    String path = path(found);
    if (found.getCause() instanceof InvalidRequestException inside) {
      return new InvalidRequestException(path + inside.field(), inside.getMessage());
    }
    if (found instanceof UnrecognizedPropertyException) {
      return new InvalidRequestException(path, "is not known here");
    }
    Class<?> type =
        found instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
            ? mismatch.getTargetType()
            : Object.class;
    return new InvalidRequestException(path, StrictTypes.expected(type));
  }

  private static String path(JsonMappingException found) {
    String path =
        found.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : "." + step.getFieldName())
            .collect(Collectors.joining());
    return path.startsWith(".") ? path.substring(1) : path;
  }
}
