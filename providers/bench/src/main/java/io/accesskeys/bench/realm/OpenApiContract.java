package io.accesskeys.bench.realm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.bench.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The OpenAPI document as a promise that every answer to every test is held to: the status is one
 * of the operation's, and the body has the members that the document names, and no others.
 */
public final class OpenApiContract {

  private static final OpenApiContract SHIPPED = new OpenApiContract(read());

  private final JsonNode document;
  private final List<Operation> operations;

  private OpenApiContract(JsonNode document) {
    this.document = document;
    // A word of the path goes before a variable: .../self is no key of that id.
    this.operations =
        names(document.path("paths"))
            .sorted(
                Comparator.comparing((String path) -> path.contains("/access-keys/{"))
                    .thenComparing(Comparator.naturalOrder()))
            .flatMap(path -> operations(path, document.path("paths").path(path)))
            .toList();
  }

  /** What the jar ships. */
  public static OpenApiContract shipped() {
    return SHIPPED;
  }

  /** Every operation of the document. */
  public List<Operation> operations() {
    return operations;
  }

  /** Fails if this is an answer that the document does not promise. */
  void hold(Reply reply) {
    String verb = reply.response().request().method().toLowerCase(Locale.ROOT);
    String path = reply.response().request().uri().getRawPath();
    operations.stream()
        .filter(operation -> operation.matches(path))
        .map(Operation::path)
        .findFirst()
        .flatMap(template -> operation(verb, template))
        .ifPresent(operation -> hold(reply, operation));
  }

  private Optional<Operation> operation(String verb, String template) {
    return operations.stream()
        .filter(operation -> operation.verb().equals(verb) && operation.path().equals(template))
        .findFirst();
  }

  private void hold(Reply reply, Operation operation) {
    if (byKeycloak(reply)) {
      return;
    }
    String where = operation.verb() + " " + operation.path();
    JsonNode promised = operation.responses().path(String.valueOf(reply.status()));
    assertThat(promised.isMissingNode()).as("%s: %s", where, reply).isFalse();
    JsonNode response = resolve(promised);
    JsonNode content = response.path("content");
    if (content.isMissingNode()) {
      assertThat(reply.body()).as(where).isEmpty();
      return;
    }
    String type = reply.header("Content-Type").orElse("none").split(";", 2)[0];
    JsonNode schema = content.path(type).path("schema");
    assertThat(schema.isMissingNode()).as("%s, %s: %s", where, type, reply).isFalse();
    if (type.equals("text/plain")) {
      assertThat(schema.path("type").asText()).as(where).isEqualTo("string");
      return;
    }
    match(reply.json(), schema, where + " " + reply.status());
  }

  /** Whether no operation of ours was reached. */
  private static boolean byKeycloak(Reply reply) {
    return (reply.status() == 404 && reply.body().contains("Realm does not exist"))
        // Where an operator has switched us off; ours are problems with a type.
        || (reply.status() == 404 && reply.body().equals("{\"error\":\"HTTP 404 Not Found\"}"))
        || (reply.status() == 400
            && reply.body().equals("{\"error\":\"Blocking invalid query parameter value\"}"));
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  private void match(JsonNode value, JsonNode described, String where) {
    JsonNode schema = resolve(described);
    if (schema.has("oneOf")) {
      assertThat(schema.path("oneOf")).as(where).anyMatch(one -> isOfType(value, resolve(one)));
      return;
    }
    switch (schema.path("type").asText()) {
      case "array" -> {
        assertThat(value.isArray()).as(where).isTrue();
        value.forEach(entry -> match(entry, schema.path("items"), where + "[]"));
      }
      case "object" -> {
        assertThat(value.isObject()).as(where).isTrue();
        matchMembers(value, schema, where);
      }
      case "string" -> assertThat(value.isTextual()).as(where).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
      case "integer" -> assertThat(value.isIntegralNumber()).as(where).isTrue();
      default -> throw new AssertionError("No type at " + where + ": " + schema);
    }
    if (schema.has("enum")) {
      assertThat(schema.path("enum")).as(where).contains(value);
    }
  }

  private static boolean isOfType(JsonNode value, JsonNode schema) {
    return schema.path("type").asText().equals(value.getNodeType().name().toLowerCase(Locale.ROOT));
  }

  private void matchMembers(JsonNode value, JsonNode schema, String where) {
    schema
        .path("required")
        .forEach(name -> assertThat(value.has(name.asText())).as(where + "." + name).isTrue());
    names(value)
        .forEach(
            name -> {
              JsonNode member = schema.path("properties").path(name);
              JsonNode others = schema.path("additionalProperties");
              if (member.isObject() || others.isObject()) {
                match(value.path(name), member.isObject() ? member : others, where + "." + name);
              } else {
                assertThat(others.asBoolean()).as(where + "." + name).isTrue();
              }
            });
  }

  private Stream<Operation> operations(String path, JsonNode item) {
    return names(item)
        .filter(verb -> !verb.equals("parameters"))
        .map(verb -> operation(verb, path, item.path(verb), inQuery(item.path("parameters"))));
  }

  private static List<String> inQuery(JsonNode parameters) {
    List<String> names = new ArrayList<>();
    for (JsonNode parameter : parameters) {
      if (parameter.path("in").asText().equals("query")) {
        names.add(parameter.path("name").asText());
      }
    }
    return names;
  }

  /** The parameters of its path are an operation's own. */
  private Operation operation(String verb, String path, JsonNode json, List<String> ofPath) {
    JsonNode body =
        resolve(json.path("requestBody").path("content").path("application/json").path("schema"));
    List<String> parameters = new ArrayList<>(ofPath);
    json.path("parameters").forEach(parameter -> parameters.add(parameter.path("name").asText()));
    return new Operation(
        verb, path, json.path("responses"), parameters, names(body.path("properties")).toList());
  }

  private static Stream<String> names(JsonNode object) {
    Iterable<String> names = object::fieldNames;
    return StreamSupport.stream(names.spliterator(), false);
  }

  private static JsonNode read() {
    Path file = Checkout.root().resolve("providers/src/main/resources/access-keys/openapi.json");
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One operation: its verb in lower case, its path with variables, what it takes and gives. */
  public record Operation(
      String verb,
      String path,
      JsonNode responses,
      List<String> queryParameters,
      List<String> bodyMembers) {

    private boolean matches(String requested) {
      return Pattern.matches(path.replaceAll("\\{[^}]*}", "[^/]+"), requested);
    }

    @Override
    public String toString() {
      return verb + " " + path;
    }
  }
}
