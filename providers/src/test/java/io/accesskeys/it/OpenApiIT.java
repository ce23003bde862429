package io.accesskeys.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
      List.of("", "{", "[]", "null", "\"text\"", "{\"unknown\":1}", "{\"kind\":[],\"key\":{}}");

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("openapi");
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

  @Test
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

  private static Reply call(
      OpenApiContract.Operation operation, String id, Map<String, String> caller, String body) {
    String path = operation.path().replace("{id}", id).replace("{realm}", realm.name());
    return operation.verb().equals("get")
        ? Http.get(realm.root(path), caller)
        : Http.json(operation.verb().toUpperCase(Locale.ROOT), realm.root(path), caller, body);
  }
}
