package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.OpenApiContract;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the OpenAPI document says is what the server does: {@link Http} holds every answer to it,
 * here every operation of it is called, well and badly.
 */
class OpenApiIT {

  /** Of a shape that no operation takes, and of none at all. */
  private static final List<String> BAD_BODIES =
      List.of(
          "",
          "{",
          "[]",
          "null",
          "\"text\"",
          "{\"unknown\":1}",
          "{\"\\ud800\":1}",
          "{\"kind\":[],\"key\":{}}");

  /** PostgreSQL takes no text with the first of them. */
  private static final List<String> BAD_WORDS =
      List.of(
          "%00",
          "a%00b",
          "-1",
          "x",
          "99999999999999999999",
          "%F0%9F",
          "%ED%A0%80",
          "%27",
          "%25",
          "%2B1000000000-12-31T23:59:59Z",
          "-1000000000-01-01T00:00:00Z");

  private static final List<String> BAD_VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "1e99",
          "\"\"",
          "\"\\u0000\"",
          "\"a\\u0000b\"",
          "\"\\ud800\"",
          "\"+1000000000-12-31T23:59:59Z\"",
          "\"-1000000000-01-01T00:00:00Z\"",
          "\"PT9223372036854775807S\"",
          "[]",
          "[null]",
          "[[]]",
          "[{}]",
          "[\"\\u0000\"]",
          "{}",
          "{\"a\":null}",
          "{\"\\u0000\":\"\\u0000\"}",
          "{\"\\ud800\":\"\\ud800\"}",
          "{\"user\":\"\\u0000\"}",
          "{\"client\":\"\\u0000\"}",
          "[{\"type\":\"\\u0000\"}]",
          "\"" + "x".repeat(70_000) + "\"");

  private static final String GOOD_BODY =
      """
      {"kind":"personal-access-token","name":"n","description":"d","metadata":{"a":"b"},
       "client":"acme-api","scopes":["orders:read"],"overlap":"PT1H","reason":"r","to":"bob",
       "dryRun":true}
      """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("openapi");
  }

  /** Some operations change the policy. */
  @BeforeEach
  void makeRoom() {
    realm.policy(Map.of("personal-access-token.max-per-owner", "100000")).expect(204);
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @Test
  void isServedToAnybodyAndMayBeKept() {
    Reply reply = Http.get(realm.uri("/access-keys/openapi.json"), Map.of()).expect(200);
    assertThat(reply.header("Content-Type").orElse("")).startsWith("application/json");
    assertThat(reply.header("Cache-Control")).hasValue("public, max-age=3600");
    assertThat(reply.json().path("openapi").asText()).isEqualTo("3.1.0");
  }

  static Stream<OpenApiContract.Operation> operations() {
    return OpenApiContract.shipped().operations().stream();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void anybodyGetsAPromisedAnswer(OpenApiContract.Operation operation) {
    TestKey key = realm.pat("alice", "orders:read");
    for (Map<String, String> caller :
        List.of(
            Map.<String, String>of(),
            realm.as("alice"),
            realm.as("bob"),
            realm.asAdmin(),
            TestRealm.bearer(key.text()),
            TestRealm.bearer("nonsense"))) {
      for (String id : List.of(key.id(), "0".repeat(key.id().length()), "nonsense")) {
        for (String body : BAD_BODIES) {
          Reply reply = call(operation, id, caller, body);
          assertThat(reply.status()).as("%s %s: %s", operation, body, reply).isLessThan(500);
          if (operation.verb().equals("get")) {
            break; // it has no body
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void noParameterMakesItFail(OpenApiContract.Operation operation) {
    TestKey key = realm.pat("alice", "orders:read");
    for (Map<String, String> caller : List.of(realm.as("alice"), realm.asAdmin())) {
      for (String word : BAD_WORDS) {
        assertThat(call(operation, word, caller, "{}").status()).isLessThan(500);
        for (String name : operation.queryParameters()) {
          Reply reply = call(operation, key.id(), "?" + name + "=" + word, caller, "{}");
          assertThat(reply.status()).as("%s %s=%s", operation, name, word).isLessThan(500);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("operations")
  void noMemberOfABodyMakesItFail(OpenApiContract.Operation operation) throws IOException {
    for (String member : operation.bodyMembers()) {
      TestKey key = realm.pat("alice", "orders:read");
      for (String bad : BAD_VALUES) {
        ObjectNode good = (ObjectNode) JSON.readTree(GOOD_BODY);
        good.retain(operation.bodyMembers());
        String body = with(good, member, bad);
        for (Map<String, String> caller : List.of(realm.as("alice"), realm.asAdmin())) {
          Reply reply = call(operation, key.id(), caller, body);
          assertThat(reply.status()).as("%s %s=%s", operation, member, bad).isLessThan(500);
        }
      }
    }
  }

  @Test
  @Contract
  void noMemberOfARowMakesTheImportFail() {
    realm.pat("alice", "orders:read");
    ObjectNode row = (ObjectNode) realm.admin("GET", "/access-keys/export", null).json().get(0);
    row.put("description", "")
        .put("notBefore", "")
        .put("suspendedAt", row.get("createdAt").asText());
    for (String member : (Iterable<String>) row::fieldNames) {
      for (String bad : BAD_VALUES) {
        String rows = "[" + with(row, member, bad) + "]";
        Reply reply = realm.admin("POST", "/access-keys/import", rows);
        assertThat(reply.status()).as("%s=%s: %s", member, bad, reply).isIn(200, 400);
      }
    }
  }

  @Test
  @Contract
  void textThatNoDatabaseTakesIsRefusedByItsMember() {
    String body =
        "{\"kind\":\"personal-access-token\",\"name\":\"n\",\"metadata\":{\"a\":\"\\u0000\"}}";
    Reply reply = Http.json("POST", realm.uri("/access-keys"), realm.as("alice"), body).expect(400);
    assertThat(reply.text("field")).isEqualTo("metadata.a");
    realm.admin("GET", "/access-keys?owner=%00", null).expect(400);
    assertThat(realm.admin("GET", "/access-keys/%00", null).status()).isEqualTo(404);
    assertThat(realm.admin("POST", "/access-keys/import", "[{\"id\":\"\\ud800\"}]").text("field"))
        .isEqualTo("[0].id");
  }

  @Test
  @Contract
  void aWholeLifeIsAsPromised() {
    TestKey key =
        realm.pat(
            "alice",
            Map.of(
                "scopes", List.of("orders:read"),
                "description", "d",
                "metadata", Map.of("a", "b"),
                "restrictions", List.of(Map.of("type", "ip", "allow", List.of("127.0.0.0/8")))));
    realm.verify(key.text(), "?client=acme-api").expect(200);
    realm.own("alice", "GET", key, "", "").expect(200);
    Http.get(realm.uri("/access-keys"), realm.as("alice")).expect(200);
    Http.get(realm.uri("/access-keys/self"), TestRealm.bearer(key.text())).expect(200);
    realm.roll("alice", key, "", Map.of()).expect(200);
    realm.adminKey("GET", key, "/usage", null).expect(200);
    realm.adminKey("POST", key, "/explain", "{}").expect(200);
    realm.admin("POST", "/access-keys/find", "{\"key\":\"" + key.id() + "\"}").expect(200);
    realm.admin("GET", "/access-keys/count", null).expect(200);
    String rows = realm.admin("GET", "/access-keys/export", null).expect(200).body();
    realm.admin("POST", "/access-keys/import", rows).expect(200);
    realm.admin("POST", "/access-keys/revoke?q=nothing", "{}").expect(200);
  }

  /** Spelled, not built: no object can hold half of a surrogate pair until it is sent. */
  private static String with(ObjectNode object, String member, String value) {
    String marked = object.deepCopy().put(member, "@value@").toString();
    return marked.replace("\"@value@\"", value);
  }

  private static Reply call(
      OpenApiContract.Operation operation, String id, Map<String, String> caller, String body) {
    return call(operation, id, "", caller, body);
  }

  private static Reply call(
      OpenApiContract.Operation operation,
      String id,
      String query,
      Map<String, String> caller,
      String body) {
    String path =
        operation
            .path()
            .replace("{id}", id)
            .replace("{client_id}", id)
            .replace("{realm}", realm.name())
            .replace("{path}", "orders")
            .concat(query);
    return operation.verb().equals("get")
        ? Http.get(realm.root(path), caller)
        : Http.json(operation.verb().toUpperCase(Locale.ROOT), realm.root(path), caller, body);
  }
}
