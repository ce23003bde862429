package io.accesskeys.it.self;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Developers who register applications and issue API keys for them, without admin rights. */
class ApplicationsIT {

  private static final Map<String, String> POLICY =
      Map.of(
          "application-role", "developer",
          "application-default-roles", "orders:read",
          "applications-per-person", "2");

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("applications");
    realm.admin("POST", "/roles", "{\"name\":\"developer\"}").expect(201);
    realm.roles("POST", realm.user("alice"), "developer");
    user("dora");
    user("dave");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @BeforeEach
  void policy() {
    realm.policy(POLICY).expect(204);
  }

  private static void user(String name) {
    realm
        .admin(
            "POST",
            "/users",
            "{\"username\":\"%1$s\",\"enabled\":true,\"email\":\"%1$s@acme.example\",\"firstName\":\"D\",\"lastName\":\"D\",\"emailVerified\":true,\"credentials\":[{\"type\":\"password\",\"value\":\"%1$s\"}]}"
                .formatted(name))
        .expect(201);
    realm.roles("POST", realm.user(name), "developer");
  }

  private static Reply call(String user, String method, String path, String body) {
    URI uri = realm.uri("/access-keys/applications" + path);
    return method.equals("GET")
        ? Http.get(uri, realm.as(user))
        : Http.json(method, uri, realm.as(user), body);
  }

  private static String register(String user, String name) {
    return call(user, "POST", "", "{\"name\":\"" + name + "\"}").expect(201).text("id");
  }

  private static Reply keyRequest(String user, String application, String scope) {
    return realm.create(
        user,
        "{\"kind\":\"api-key\",\"name\":\"k\",\"client\":\"acme-api\",\"application\":\"%s\",\"scopes\":[\"%s\"]}"
            .formatted(application, scope));
  }

  @Test
  void areRegisteredListedAndRemovedByThoseWhoMay() {
    assertThat(call("bob", "POST", "", "{\"name\":\"x\"}").status()).isEqualTo(403);
    Reply made = call("alice", "POST", "", "{\"name\":\"Billing Worker!\"}").expect(201);
    assertThat(made.text("clientId")).matches("app-billing-worker-[0-9]{8}");
    assertThat(call("alice", "GET", "", "").body()).contains(made.text("id"));
    assertThat(call("alice", "GET", "/" + made.text("id"), "").text("name"))
        .isEqualTo("Billing Worker!");
    assertThat(call("bob", "GET", "", "").body()).doesNotContain(made.text("id"));

    TestKey key = TestKey.of(keyRequest("alice", made.text("id"), "orders:read").expect(201));
    call("alice", "DELETE", "/" + made.text("id"), "").expect(204);
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
    assertThat(realm.adminKey("GET", key, "", null).status()).isEqualTo(404);
    assertThat(call("alice", "GET", "/" + made.text("id"), "").status()).isEqualTo(404);
  }

  @Test
  void canHaveTheirKeysPickedUpByTheirRegistrants() {
    Reply made =
        realm.create(
            "alice",
            """
            {"kind":"api-key","name":"k","client":"acme-api","application":"%s",
             "roll":{"every":"P90D"}}
            """
                .formatted(register("alice", "picked up")));
    assertThat(made.expect(201).json().at("/roll/delivery").asText()).isEqualTo("pickup");
  }

  @Test
  void areForNobodyUnlessPolicySaysSo() {
    realm.policy(Map.of()).expect(204);
    assertThat(call("alice", "POST", "", "{\"name\":\"x\"}").status()).isEqualTo(403);
  }

  @Test
  void haveNoWayInButTheirKeysAndOnlyThePolicysRoles() {
    Reply made = call("alice", "POST", "", "{\"name\":\"locked\"}").expect(201);
    String id = made.text("id");
    String clientId = made.text("clientId");
    for (String grant : List.of("password", "client_credentials")) {
      Map<String, String> form =
          new HashMap<>(
              Map.of(
                  "grant_type",
                  grant,
                  "client_id",
                  clientId,
                  "username",
                  "alice",
                  "password",
                  "alice"));
      URI token = realm.uri("/protocol/openid-connect/token");
      assertThat(Http.form(token, Map.of(), form).status()).isGreaterThanOrEqualTo(400);
      form.put("client_secret", "");
      assertThat(Http.form(token, Map.of(), form).status()).isGreaterThanOrEqualTo(400);
    }
    assertThat(
            Http.get(
                    realm.uri(
                        "/protocol/openid-connect/auth?response_type=code&redirect_uri=http://x&client_id="
                            + clientId),
                    Map.of())
                .status())
        .isEqualTo(400);
    assertThat(keyRequest("alice", id, "orders:write").text("field")).isEqualTo("scopes[0]");
    TestKey key = TestKey.of(keyRequest("alice", id, "orders:read").expect(201));
    assertThat(realm.verify(key.text(), "?client=acme-api&scope=orders:read").status())
        .isEqualTo(200);
    assertThat(TestRealm.claims(realm.jwt(key)).at("/realm_access/roles").toString())
        .isEqualTo("[\"orders:read\"]");
    call("alice", "DELETE", "/" + id, "").expect(204);
  }

  @Test
  void canBeSoMany() {
    String first = register("dave", "one");
    register("dave", "two");
    assertThat(call("dave", "POST", "", "{\"name\":\"three\"}").status()).isEqualTo(400);
    call("dave", "DELETE", "/" + first, "").expect(204);
    register("dave", "three");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"name\":\"\"}", "{\"name\":7}", "{\"name\":\"a\",\"x\":1}", "["})
  void areRefusedWithABadName(String body) {
    assertThat(call("alice", "POST", "", body).status()).isEqualTo(400);
  }

  @Test
  void areManagedByTheirOwnersOnly() {
    String id = register("alice", "mine");
    TestKey key = TestKey.of(keyRequest("alice", id, "orders:read").expect(201));
    assertThat(Http.get(realm.uri("/access-keys?application=" + id), realm.as("alice")).body())
        .contains(key.id());
    assertThat(Http.get(realm.uri("/access-keys"), realm.as("alice")).body())
        .doesNotContain(key.id());
    realm.own("alice", "PATCH", key, "", "{\"name\":\"renamed\"}").expect(200);
    TestKey rolled = TestKey.of(realm.roll("alice", key, "", Map.of()).expect(200));

    assertThat(call("dora", "GET", "/" + id, "").status()).isEqualTo(404);
    assertThat(call("dora", "DELETE", "/" + id, "").status()).isEqualTo(404);
    assertThat(keyRequest("dora", id, "orders:read").text("field")).isEqualTo("application");
    for (String path : List.of("/roll", "/suspend", "/resume", "/revoke", "/remove")) {
      assertThat(realm.own("dora", "POST", rolled, path, "").status()).as(path).isEqualTo(404);
    }
    assertThat(realm.own("dora", "GET", rolled, "", "").status()).isEqualTo(404);
    assertThat(realm.own("dora", "PATCH", rolled, "", "{\"name\":\"x\"}").status()).isEqualTo(404);
    assertThat(realm.own("dora", "DELETE", rolled, "", "").status()).isEqualTo(404);
    assertThat(realm.own("alice", "DELETE", realm.apiKey("orders:read"), "", "").status())
        .isEqualTo(404);
    call("alice", "DELETE", "/" + id, "").expect(204);
  }

  @Test
  void areHandedOverToThoseWhoMayHaveThem() {
    String id = register("alice", "passed on");
    TestKey key = TestKey.of(keyRequest("alice", id, "orders:read").expect(201));
    String transfer = "/" + id + "/transfer";
    String toNobody = call("alice", "POST", transfer, "{\"to\":\"nobody\"}").expect(400).body();
    String toBob = call("alice", "POST", transfer, "{\"to\":\"bob\"}").expect(400).body();
    assertThat(toBob).isEqualTo(toNobody);
    assertThat(call("dora", "POST", transfer, "{\"to\":\"dora\"}").status()).isEqualTo(404);

    call("alice", "POST", transfer, "{\"to\":\"dora\"}").expect(204);
    assertThat(call("dora", "GET", "/" + id, "").status()).isEqualTo(404);
    assertThat(call("dora", "GET", "/offers", "").body()).contains(id);
    assertThat(call("dave", "POST", transfer + "/accept", "").status()).isEqualTo(404);
    call("dora", "DELETE", transfer, "").expect(204);
    assertThat(call("dora", "POST", transfer + "/accept", "").status()).isEqualTo(404);
    call("alice", "POST", transfer, "{\"to\":\"dora\"}").expect(204);
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);
    call("dora", "POST", transfer + "/accept", "").expect(200);

    assertThat(call("alice", "GET", "/" + id, "").status()).isEqualTo(404);
    assertThat(realm.own("alice", "GET", key, "", "").status()).isEqualTo(404);
    assertThat(realm.own("dora", "GET", key, "", "").status()).isEqualTo(200);
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
    assertThat(realm.own("dora", "POST", key, "/resume", "").status()).isEqualTo(409);
    TestKey rolled = TestKey.of(realm.roll("dora", key, "", Map.of()).expect(200));
    assertThat(realm.verify(rolled.text(), "?client=acme-api").status()).isEqualTo(200);
    call("dora", "DELETE", "/" + id, "").expect(204);
  }

  @Test
  void areListedAfterTheirServiceAccountIsSwitchedOff() {
    String id = register("alice", "without account");
    keyRequest("alice", id, "orders:read").expect(201);
    realm.admin("PUT", "/clients/" + id, "{\"serviceAccountsEnabled\":false}").expect(204);
    assertThat(
            Http.get(realm.uri("/access-keys?application=" + id), realm.as("alice"))
                .expect(200)
                .body())
        .isEqualTo("[]");
    assertThat(keyRequest("alice", id, "orders:read").expect(400).text("field"))
        .isEqualTo("application");
    assertThat(
            Http.get(realm.uri("/access-keys/options?application=" + id), realm.as("alice"))
                .expect(400)
                .text("field"))
        .isEqualTo("application");
    call("alice", "DELETE", "/" + id, "").expect(204);
  }

  @Test
  void haveNoClientSecretsForTheirRegistrants() {
    String id = register("alice", "with a secret");
    String clientId = call("alice", "GET", "/" + id, "").text("clientId");
    realm
        .admin("PUT", "/clients/" + id, "{\"clientAuthenticatorType\":\"client-secret\"}")
        .expect(204);
    TestKey secret =
        TestKey.of(
            realm
                .admin(
                    "POST",
                    "/access-keys",
                    "{\"kind\":\"client-secret\",\"name\":\"s\",\"owner\":{\"client\":\"%s\"}}"
                        .formatted(clientId))
                .expect(201));
    assertThat(realm.own("alice", "GET", secret, "", "").status()).isEqualTo(404);
    assertThat(realm.roll("alice", secret, "", Map.of()).status()).isEqualTo(404);
    call("alice", "DELETE", "/" + id, "").expect(204);
  }

  @Test
  void goWithTheirRegistrant() {
    user("short-lived");
    Reply made = call("short-lived", "POST", "", "{\"name\":\"orphan to be\"}").expect(201);
    TestKey key = TestKey.of(keyRequest("short-lived", made.text("id"), "orders:read").expect(201));
    realm.admin("DELETE", realm.user("short-lived"), null).expect(204);
    assertThat(realm.admin("GET", "/clients/" + made.text("id"), null).status()).isEqualTo(404);
    assertThat(realm.adminKey("GET", key, "", null).status()).isEqualTo(404);
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
  }

  @Test
  void thatAnAdministratorMadeAreNotTouched() {
    String client = TestRealm.id(realm.client("billing-worker"));
    assertThat(call("alice", "GET", "/" + client, "").status()).isEqualTo(404);
    assertThat(call("alice", "DELETE", "/" + client, "").status()).isEqualTo(404);
    assertThat(keyRequest("alice", client, "orders:read").text("field")).isEqualTo("application");
  }
}
