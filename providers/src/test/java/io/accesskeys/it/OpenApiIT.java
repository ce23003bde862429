package io.accesskeys.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAPI document as it is served, and answers held against it. */
class OpenApiIT {

  private static TestRealm realm;
  private static JsonNode document;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("openapi");
    document = Http.get(realm.uri("/access-keys/openapi.json"), Map.of()).expect(200).json();
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @Test
  void isServedToAnybodyAndMayBeKept() {
    Reply reply = Http.get(realm.uri("/access-keys/openapi.json"), Map.of());
    assertThat(reply.header("Content-Type").orElse("")).startsWith("application/json");
    assertThat(reply.header("Cache-Control")).hasValue("public, max-age=3600");
    assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
  }

  @Test
  void answersAreWhatItSays() {
    TestKey key =
        realm.pat(
            "alice",
            Map.of(
                "scopes", List.of("orders:read"),
                "description", "d",
                "metadata", Map.of("a", "b"),
                "restrictions", List.of(Map.of("type", "ip", "allow", List.of("127.0.0.0/8")))));
    realm.verify(key.text(), "?client=acme-api").expect(200);
    String keys = "/realms/{realm}/access-keys";
    String admin = "/admin/realms/{realm}/access-keys";
    hold(realm.own("alice", "GET", key, "", ""), "get", keys + "/{id}");
    hold(realm.roll("alice", key, "", Map.of()), "post", keys + "/{id}/roll");
    hold(Http.get(realm.uri("/access-keys"), realm.as("alice")), "get", keys);
    hold(
        Http.get(realm.uri("/access-keys/self"), TestRealm.bearer(key.text())),
        "get",
        keys + "/self");
    hold(realm.create("alice", "{\"kind\":\"x\"}"), "post", keys);
    hold(Http.get(realm.uri("/access-keys"), Map.of()), "get", keys);
    hold(realm.admin("GET", "/access-keys", null), "get", admin);
    hold(realm.admin("GET", "/access-keys/count", null), "get", admin + "/count");
    hold(realm.admin("GET", "/access-keys/export", null), "get", admin + "/export");
    hold(realm.admin("POST", "/access-keys/import", "[{\"id\":\"x\"}]"), "post", admin + "/import");
    hold(realm.adminKey("GET", key, "", null), "get", admin + "/{id}");
    hold(realm.adminKey("GET", key, "/usage", null), "get", admin + "/{id}/usage");
    hold(realm.adminKey("POST", key, "/explain", "{}"), "post", admin + "/{id}/explain");
    hold(
        realm.admin("POST", "/access-keys/find", "{\"key\":\"" + key.id() + "\"}"),
        "post",
        admin + "/find");
    hold(realm.admin("POST", "/access-keys/revoke?q=nothing", "{}"), "post", admin + "/revoke");
  }

  /** The status is one of the operation's, and the body has the members that it names. */
  private static void hold(Reply reply, String verb, String path) {
    JsonNode operation = document.path("paths").path(path).path(verb);
    JsonNode response = operation.path("responses").path(String.valueOf(reply.status()));
    assertThat(response.isMissingNode()).as("%s %s: %s", verb, path, reply).isFalse();
    String type = reply.header("Content-Type").orElseThrow().split(";", 2)[0];
    JsonNode schema = response.path("content").path(type).path("schema");
    assertThat(schema.isMissingNode()).as("%s %s: %s", verb, path, type).isFalse();
    match(reply.json(), schema, path);
  }

  private static void match(JsonNode value, JsonNode schema, String where) {
    if (schema.has("$ref")) {
      match(value, document.at(schema.path("$ref").asText().substring(1)), where);
    } else if (schema.path("type").asText().equals("array")) {
      assertThat(value.isArray()).as(where).isTrue();
      value.forEach(entry -> match(entry, schema.path("items"), where + "[]"));
    } else if (schema.path("type").asText().equals("object")) {
      assertThat(value.isObject()).as(where).isTrue();
      schema
          .path("required")
          .forEach(name -> assertThat(value.has(name.asText())).as(where + "." + name).isTrue());
      matchMembers(value, schema, where);
    } else {
      matchScalar(value, schema, where);
    }
  }

  private static void matchMembers(JsonNode value, JsonNode schema, String where) {
    for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      JsonNode member = schema.path("properties").path(name);
      if (member.isMissingNode()) {
        assertThat(schema.path("additionalProperties").isObject()).as(where + "." + name).isTrue();
        member = schema.path("additionalProperties");
      }
      match(value.path(name), member, where + "." + name);
    }
  }

  private static void matchScalar(JsonNode value, JsonNode schema, String where) {
    switch (schema.path("type").asText()) {
      case "string" -> assertThat(value.isTextual()).as(where).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
      case "integer" -> assertThat(value.isIntegralNumber()).as(where).isTrue();
      default -> throw new AssertionError("No type at " + where + ": " + schema);
    }
    if (schema.has("enum")) {
      assertThat(schema.path("enum")).as(where).contains(value);
    }
  }
}
