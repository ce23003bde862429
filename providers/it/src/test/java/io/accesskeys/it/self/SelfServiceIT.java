package io.accesskeys.it.self;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.SignIn;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** People and their own keys. */
class SelfServiceIT {

  private static final String MINIMAL =
      "{\"kind\":\"personal-access-token\",\"name\":\"ci\",\"client\":\"acme-api\"%s}";

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("self");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @Test
  void aKeyIsShownWholeOnceAndRedactedEverAfter() {
    Reply created =
        realm.create("alice", MINIMAL.formatted(",\"scopes\":[\"orders:read\"]")).expect(201);
    TestKey key = TestKey.of(created);

    assertThat(created.header("Cache-Control")).hasValue("no-store");
    assertThat(key.text()).matches("kcpat_[0-9A-Za-z]{65}").contains("_" + key.id());
    assertThat(created.text("redacted"))
        .isEqualTo("kcpat_" + key.id().substring(0, 4) + "…" + key.text().substring(67));
    assertThat(created.text("state")).isEqualTo("active");
    assertThat(key.version()).isEqualTo(1);
    Instant expires = Instant.parse(created.text("expiresAt"));
    assertThat(Duration.between(Instant.parse(created.text("createdAt")), expires))
        .isEqualTo(Duration.ofDays(30));

    for (String path : List.of("/access-keys", "/access-keys/" + key.id())) {
      Reply seen = Http.get(realm.uri(path), realm.as("alice")).expect(200);
      assertThat(seen.body()).contains(key.id()).doesNotContain("\"secret\"");
      assertThat(seen.body()).doesNotContain(key.text());
    }
  }

  @Test
  void everybodySeesOnlyTheirOwn() {
    TestKey alices = realm.pat("alice", "orders:read");
    String path = "/access-keys/" + alices.id();

    assertThat(Http.get(realm.uri("/access-keys"), realm.as("bob")).body())
        .doesNotContain(alices.id());
    assertThat(Http.get(realm.uri(path), realm.as("bob")).status()).isEqualTo(404);
    assertThat(realm.roll("bob", alices, "", Map.of()).status()).isEqualTo(404);
    assertThat(realm.revoke("bob", alices).status()).isEqualTo(404);
    assertThat(realm.verify(alices.text(), "?client=acme-api").status()).isEqualTo(200);
  }

  @Test
  void aRevokedKeyStaysInTheListAndIsRefusedEverywhereAtOnce() {
    TestKey key = realm.pat("alice", "orders:read");
    String jwt = realm.jwt(key);
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);

    realm.revoke("alice", key).expect(204);

    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
    assertThat(realm.grant(key.text(), Map.of()).text("error")).isEqualTo("invalid_grant");
    assertThat(realm.introspect(key.text(), Map.of()).body()).isEqualTo("{\"active\":false}");
    assertThat(realm.introspect(jwt, Map.of()).body()).isEqualTo("{\"active\":false}");
    Reply seen = Http.get(realm.uri("/access-keys/" + key.id()), realm.as("alice")).expect(200);
    assertThat(seen.text("state")).isEqualTo("revoked");
    assertThat(realm.revoke("alice", key).status()).isEqualTo(204);
  }

  @Test
  void changesLeaveEvents() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.roll("alice", key, "", Map.of()).expect(200);
    realm.revoke("alice", key).expect(204);

    assertThat(actions("UPDATE_CREDENTIAL", key)).containsExactly("roll", "create");
    assertThat(actions("REMOVE_CREDENTIAL", key)).containsExactly("revoke");
  }

  private static List<String> actions(String type, TestKey key) {
    JsonNode events = realm.admin("GET", "/events?type=" + type, null).expect(200).json();
    return StreamSupport.stream(events.spliterator(), false)
        .map(event -> event.path("details"))
        .filter(details -> details.path("access_key_id").asText().equals(key.id()))
        .map(details -> details.path("action").asText())
        .toList();
  }

  @Nested
  class Refuses {

    @Test
    void nobodyAndAnonymous() {
      Reply anonymous = Http.get(realm.uri("/access-keys"), Map.of());
      assertThat(anonymous.status()).isEqualTo(401);
      assertThat(anonymous.header("WWW-Authenticate")).hasValue("Bearer");
      assertThat(Http.get(realm.uri("/access-keys"), TestRealm.bearer("nonsense")).status())
          .isEqualTo(401);
    }

    @Test
    void aKeyInPlaceOfAPerson() {
      TestKey key = realm.pat("alice", "orders:read");
      assertThat(Http.get(realm.uri("/access-keys"), TestRealm.bearer(key.text())).status())
          .isEqualTo(401);
      assertThat(Http.get(realm.uri("/access-keys"), TestRealm.bearer(realm.jwt(key))).status())
          .isEqualTo(401);
    }

    @Test
    void aTokenOfAnotherClient() {
      realm
          .admin(
              "POST",
              "/clients",
              "{\"clientId\":\"other-app\",\"publicClient\":true,\"directAccessGrantsEnabled\":true,"
                  + "\"fullScopeAllowed\":true}")
          .expect(201);
      String token = passwordToken("other-app", "alice");
      assertThat(TestRealm.claims(token).path("aud").toString()).contains("account");

      Reply refused =
          Http.json(
              "POST", realm.uri("/access-keys"), TestRealm.bearer(token), MINIMAL.formatted(""));

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text("detail")).contains("this client");
      assertThat(Http.get(realm.uri("/access-keys"), TestRealm.bearer(token)).status())
          .isEqualTo(403);
    }

    @Test
    void aPersonWithoutTheRole() {
      realm
          .admin(
              "POST",
              "/users",
              "{\"username\":\"carol\",\"enabled\":true,\"email\":\"carol@acme.example\","
                  + "\"firstName\":\"Carol\",\"lastName\":\"C\","
                  + "\"credentials\":[{\"type\":\"password\",\"value\":\"carol\"}]}")
          .expect(201);
      realm.roles("DELETE", realm.user("carol"), "default-roles-self");
      // Without any account role the token has no audience account at all.
      assertThat(realm.create("carol", MINIMAL.formatted("")).status()).isEqualTo(401);

      accountRole("carol", "view-groups");
      Map<String, String> carol =
          TestRealm.bearer(new SignIn(realm.uri(""), "account-console").token("carol", "carol"));
      Reply refused = Http.json("POST", realm.uri("/access-keys"), carol, MINIMAL.formatted(""));
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text("detail")).contains("manage-account");
    }

    @Test
    void anImpersonator() {
      Reply impersonation =
          realm.admin("POST", realm.user("bob") + "/impersonation", "").expect(200);
      String token =
          new SignIn(realm.uri(""), "account-console")
              .withCookies(impersonation.response().headers().allValues("Set-Cookie"))
              .token("nobody", "nothing");

      Reply refused =
          Http.json(
              "POST", realm.uri("/access-keys"), TestRealm.bearer(token), MINIMAL.formatted(""));

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text("detail")).contains("impersonator");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.accesskeys.it.self.SelfServiceIT#wrongBodies")
    void aWrongBodyAndNamesTheMember(String field, String body) {
      int before = count();

      Reply refused = realm.create("alice", body);

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.header("Content-Type")).hasValue("application/problem+json");
      assertThat(refused.text("field")).isEqualTo(field);
      assertThat(refused.text("detail")).isNotEmpty();
      assertThat(count()).isEqualTo(before);
    }
  }

  static Stream<Arguments> wrongBodies() {
    String tooFar = Instant.now().plus(Duration.ofDays(366)).toString();
    return Stream.of(
        Arguments.of("", "no json"),
        Arguments.of("", "[]"),
        Arguments.of("", MINIMAL.formatted("") + "{}"),
        Arguments.of("kind", "{}"),
        Arguments.of("kind", MINIMAL.formatted("").replace("personal-access-token", "api-key")),
        Arguments.of("kind", MINIMAL.formatted("").replace("personal-access-token", "key")),
        Arguments.of("name", MINIMAL.formatted("").replace("\"ci\"", "\"  \"")),
        Arguments.of("name", MINIMAL.formatted("").replace("\"ci\"", "7")),
        Arguments.of("name", MINIMAL.formatted("").replace("\"ci\"", "\"a\\nb\"")),
        Arguments.of("name", MINIMAL.formatted("").replace("ci", "x".repeat(121))),
        Arguments.of("client", MINIMAL.formatted("").replace("acme-api", "nobody")),
        Arguments.of("client", MINIMAL.formatted("").replace("acme-api", "acme-gateway")),
        Arguments.of("scopes", MINIMAL.formatted(",\"scopes\":\"orders:read\"")),
        Arguments.of("scopes[1]", MINIMAL.formatted(",\"scopes\":[\"orders:read\",\"nope\"]")),
        Arguments.of("scopes[0]", MINIMAL.formatted(",\"scopes\":[\"openid\"]")),
        Arguments.of("scopes[0]", MINIMAL.formatted(",\"scopes\":[\"profile\"]")),
        Arguments.of(
            "scopes[1]", MINIMAL.formatted(",\"scopes\":[\"orders:read\",\"orders:read\"]")),
        Arguments.of("expiresAt", MINIMAL.formatted(",\"expiresAt\":\"2020-01-01T00:00:00Z\"")),
        Arguments.of("expiresAt", MINIMAL.formatted(",\"expiresAt\":\"tomorrow\"")),
        Arguments.of("expiresAt", MINIMAL.formatted(",\"expiresAt\":null")),
        Arguments.of("expiresAt", MINIMAL.formatted(",\"expiresAt\":\"" + tooFar + "\"")),
        Arguments.of("owner", MINIMAL.formatted(",\"owner\":{\"user\":\"bob\"}")),
        Arguments.of("userId", MINIMAL.formatted(",\"userId\":\"bob\"")),
        Arguments.of("roll.often", MINIMAL.formatted(",\"roll\":{\"often\":true}")),
        Arguments.of("metadata.a", MINIMAL.formatted(",\"metadata\":{\"a\":{}}")),
        Arguments.of("description", MINIMAL.formatted(",\"description\":\"a\\nb\"")),
        Arguments.of("notBefore", MINIMAL.formatted(",\"notBefore\":\"2030-01-01T00:00:00Z\"")),
        Arguments.of(
            "restrictions[0].type", MINIMAL.formatted(",\"restrictions\":[{\"type\":\"moon\"}]")),
        Arguments.of(
            "restrictions[0].allow[0]",
            MINIMAL.formatted(",\"restrictions\":[{\"type\":\"ip\",\"allow\":[\"localhost\"]}]")),
        Arguments.of(
            "restrictions[0].deny",
            MINIMAL.formatted(
                ",\"restrictions\":[{\"type\":\"ip\",\"allow\":[\"::1\"],\"deny\":[]}]")));
  }

  @Test
  void aScopeTheOwnerHasNoRoleForIsRefused() {
    Reply refused = realm.create("bob", MINIMAL.formatted(",\"scopes\":[\"orders:write\"]"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("field")).isEqualTo("scopes[0]");
  }

  @Test
  void aBodyOfAMegabyteIsRefused() {
    assertThat(realm.create("alice", MINIMAL.formatted(",\"x\":\"" + "x".repeat(1 << 20) + "\"")))
        .extracting(Reply::status)
        .isEqualTo(413);
  }

  private static int count() {
    JsonNode keys = Http.get(realm.uri("/access-keys"), realm.as("alice")).expect(200).json();
    return keys.size();
  }

  private static String passwordToken(String client, String user) {
    return Http.form(
            realm.uri("/protocol/openid-connect/token"),
            Map.of(),
            Map.of(
                "grant_type", "password", "client_id", client, "username", user, "password", user))
        .expect(200)
        .text("access_token");
  }

  private static void accountRole(String user, String role) {
    String account = TestRealm.id(realm.client("account"));
    JsonNode found =
        realm.admin("GET", "/clients/" + account + "/roles/" + role, null).expect(200).json();
    realm
        .admin("POST", realm.user(user) + "/role-mappings/clients/" + account, "[" + found + "]")
        .expect(204);
  }
}
