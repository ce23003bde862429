package io.accesskeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.http.SentText;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.restriction.ip.IpRestrictionType;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The examples of the OpenAPI document are what its schemas say, and every body has one. */
final class OpenApiExamplesTest {

  private final JsonNode document;

  OpenApiExamplesTest() throws IOException {
    document =
        new ObjectMapper()
            .readTree(MainSources.RESOURCES.resolve("access-keys/openapi.json").toFile());
  }

  @Test
  void everyBodyHasAnExample() {
    Set<String> bodies = new TreeSet<>();
    operations()
        .forEach(
            operation -> {
              add(bodies, operation.path("requestBody"));
              operation.path("responses").forEach(response -> add(bodies, response));
            });
    assertThat(bodies)
        .hasSizeGreaterThan(20)
        .allSatisfy(
            name ->
                assertThat(document.at("/components/schemas/" + name + "/examples"))
                    .as(name)
                    .isNotEmpty());
  }

  @Test
  void everyExampleFitsItsSchema() {
    List<String> faults = new ArrayList<>();
    document
        .at("/components/schemas")
        .properties()
        .forEach(
            schema ->
                schema
                    .getValue()
                    .path("examples")
                    .forEach(
                        example -> check(example, schema.getValue(), schema.getKey(), faults)));
    assertThat(faults).isEmpty();
  }

  @Test
  void anExampleThatDoesNotFitIsFound() throws IOException {
    JsonNode schema = document.at("/components/schemas/NewKey");
    Map<String, String> wrong =
        Map.of(
            "{\"kind\":\"api-key\"}", "name is missing",
            "{\"kind\":\"key\",\"name\":\"n\"}", "kind is none of",
            "{\"kind\":\"api-key\",\"name\":5}", "name is no",
            "{\"kind\":\"api-key\",\"name\":\"n\",\"x\":1}", "x is unknown",
            "{\"kind\":\"api-key\",\"name\":\"n\",\"scopes\":[1]}", "scopes[] is no",
            "{\"kind\":\"api-key\",\"name\":\"n\",\"expiresAt\":\"soon\"}", "expiresAt is no");
    for (Map.Entry<String, String> example : wrong.entrySet()) {
      List<String> faults = new ArrayList<>();
      check(new ObjectMapper().readTree(example.getKey()), schema, "NewKey", faults);
      assertThat(faults).singleElement().asString().contains(example.getValue());
    }
  }

  /** The examples of what is sent are read by what reads requests. */
  @Test
  void theExamplesOfKeysAreRead() {
    Restrictions known = Restrictions.of(List.of(new IpRestrictionType()));
    examples("NewKey", text -> SentText.newKey(text, known));
    examples("KeyEdit", text -> SentText.edit(text, known));
    examples("Roll", SentText::roll);
  }

  @Test
  void theMembersOfKeysAreThoseThatAreRead() {
    assertThat(SentText.members())
        .hasSize(3)
        .allSatisfy(
            (name, members) -> {
              Set<String> described = new TreeSet<>();
              document
                  .at("/components/schemas/" + name + "/properties")
                  .fieldNames()
                  .forEachRemaining(described::add);
              described.remove("application");
              assertThat(described).as(name).isEqualTo(new TreeSet<>(members));
            });
  }

  private void examples(String schema, Consumer<String> reader) {
    JsonNode examples = document.at("/components/schemas/" + schema + "/examples");
    assertThat(examples).isNotEmpty();
    examples.forEach(example -> reader.accept(example.toString()));
  }

  @Test
  void everyOperationHasATagThatIsDescribed() {
    Set<String> described = new TreeSet<>(document.path("tags").findValuesAsText("name"));
    Set<String> used = new TreeSet<>();
    operations()
        .forEach(
            operation -> {
              assertThat(operation.path("operationId").asText()).matches("[a-z][A-Za-z]+");
              assertThat(operation.path("tags"))
                  .as(operation.path("operationId").asText())
                  .hasSize(1);
              used.add(operation.at("/tags/0").asText());
            });
    assertThat(used).isEqualTo(described);
    assertThat(document.at("/servers/0/variables/keycloak/default").asText()).startsWith("https:");
  }

  private Stream<JsonNode> operations() {
    return elements(document.path("paths"))
        .flatMap(OpenApiExamplesTest::elements)
        .filter(JsonNode::isObject);
  }

  private static Stream<JsonNode> elements(JsonNode node) {
    return StreamSupport.stream(node.spliterator(), false);
  }

  /** The schemas that a body is, or is an array of. */
  private static void add(Set<String> names, JsonNode message) {
    JsonNode schema = message.at("/content/application~1json/schema");
    for (JsonNode one : List.of(schema, schema.path("items"))) {
      if (one.has("$ref")) {
        names.add(one.path("$ref").asText().replaceFirst(".*/", ""));
      }
    }
  }

  private void check(JsonNode value, JsonNode described, String where, List<String> faults) {
    JsonNode schema =
        described.has("$ref")
            ? document.at(described.path("$ref").asText().substring(1))
            : described;
    if (schema.has("oneOf")) {
      if (elements(schema.path("oneOf")).noneMatch(one -> fits(value, one))) {
        faults.add(where + " fits none of " + schema.path("oneOf"));
      }
      return;
    }
    JsonNode type = schema.path("type");
    if (!type.isMissingNode()
        && (type.isArray() ? elements(type) : Stream.of(type))
            .noneMatch(one -> isOfType(value, one.asText()))) {
      faults.add(where + " is no " + type);
    } else if (schema.has("enum") && elements(schema.path("enum")).noneMatch(value::equals)) {
      faults.add(where + " is none of " + schema.path("enum"));
    } else if (value.isTextual() && !isInFormat(value.asText(), schema)) {
      faults.add(where + " is no text of " + schema);
    } else if (value.isObject()) {
      members(value, schema, where, faults);
    }
    if (value.isArray()) {
      value.forEach(entry -> check(entry, schema.path("items"), where + "[]", faults));
    }
  }

  private boolean fits(JsonNode value, JsonNode schema) {
    List<String> faults = new ArrayList<>();
    check(value, schema, "", faults);
    return faults.isEmpty();
  }

  private void members(JsonNode value, JsonNode schema, String where, List<String> faults) {
    schema
        .path("required")
        .forEach(
            name -> {
              if (!value.has(name.asText())) {
                faults.add(where + "." + name.asText() + " is missing");
              }
            });
    value
        .properties()
        .forEach(
            member -> {
              JsonNode known = schema.path("properties").path(member.getKey());
              JsonNode others = schema.path("additionalProperties");
              String path = where + "." + member.getKey();
              if (known.isObject() || others.isObject()) {
                check(member.getValue(), known.isObject() ? known : others, path, faults);
              } else if (!others.asBoolean()) {
                faults.add(path + " is unknown");
              }
            });
  }

  private static boolean isOfType(JsonNode value, String type) {
    return switch (type) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "boolean" -> value.isBoolean();
      case "null" -> value.isNull();
      default -> throw new AssertionError("No such type: " + type);
    };
  }

  private static boolean isInFormat(String text, JsonNode schema) {
    if (text.length() < schema.path("minLength").asInt()
        || text.length() > schema.path("maxLength").asInt(Integer.MAX_VALUE)) {
      return false;
    }
    try {
      return switch (schema.path("format").asText()) {
        case "date-time" -> Instant.parse(text) != null;
        case "duration" -> text.matches("P[0-9]+[DWMY]") || Duration.parse(text) != null;
        default -> true;
      };
    } catch (DateTimeException e) {
      return false;
    }
  }
}
