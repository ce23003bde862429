package io.accesskeys.it.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Browser;
import io.accesskeys.bench.realm.DirectGrant;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.LoginFlow;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The steps that take keys: API keys, other steps beside them, and where they are worth nothing.
 */
@Contract
class DirectGrantFlowIT {

  private static final String USER_STEP = "direct-grant-validate-username";
  private static final String PASSWORD_STEP = "direct-grant-validate-password";

  private static TestRealm realm;
  private static DirectGrant grant;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("direct-grant-flow");
    grant = new DirectGrant(realm);
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  /** The flow for programs is of the client: every test that needs one makes its own. */
  @AfterEach
  void putFlowOfBrowsersBack() {
    LoginFlow.reset(realm);
  }

  private static LoginFlow flow() {
    return LoginFlow.emptyOfProgramsAt(realm, "acme-api");
  }

  private static void alternative(LoginFlow flow, String step) {
    flow.require(flow.addPlain("", step), "ALTERNATIVE");
  }

  /**
   * What the documentation has people build: either kind of key, or else the account's password.
   */
  private static void keysOrPassword() {
    LoginFlow flow = flow();
    alternative(flow, DirectGrant.TOKEN_STEP);
    alternative(flow, DirectGrant.API_KEY_STEP);
    String password = flow.addSub("", "ALTERNATIVE");
    flow.addPlain(password, USER_STEP);
    flow.addPlain(password, PASSWORD_STEP);
  }

  private static JsonNode claims(Reply reply) {
    return TestRealm.claims(reply.expect(200).text("access_token"));
  }

  private static void assertRefused(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("invalid_grant");
    assertThat(reply.text("error_description")).isEqualTo("The access key is not valid here");
  }

  /** The password step behind the keys would count it, and a federation would see it. */
  @ParameterizedTest
  @ValueSource(strings = {"kcpat_cut-off", "KCAK_X", "secret-token:kccs_x", "\"kcpat_x\""})
  void aKeyThatWasDamagedGoesToNoPasswordStep(String damaged) {
    keysOrPassword();
    realm.change("", Map.of("bruteForceProtected", true, "failureFactor", 1));
    try {
      assertRefused(grant.send("alice", damaged));
      assertRefused(grant.send(damaged, "alice"));
      assertThat(grant.send("alice", "alice").status()).as("not locked out").isEqualTo(200);
    } finally {
      realm.change("", Map.of("bruteForceProtected", false));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "", "service-account-billing-worker", "billing-worker"})
  void anApiKeyActsAsTheServiceAccountWhomeverItNames(String name) {
    flow().addPlain("", DirectGrant.API_KEY_STEP);
    Map<String, String> fields =
        new HashMap<>(Map.of("password", realm.apiKey("orders:read").text()));
    if (!name.equals("none")) {
      fields.put("username", name);
    }

    Reply reply = grant.send(fields).expect(200);

    assertThat(claims(reply).path("sub").asText())
        .isEqualTo(TestRealm.id(realm.user("service-account-billing-worker")));
    assertThat(claims(reply).path("access_key_kind").asText()).isEqualTo("api-key");
    assertThat(claims(reply).path("realm_access").path("roles"))
        .extracting(JsonNode::asText)
        .containsExactly("orders:read");
    assertThat(reply.json().has("refresh_token")).isFalse();
    assertThat(realm.introspect(reply.text("access_token"), Map.of()).text("active"))
        .isEqualTo("true");
    String user = realm.user("service-account-billing-worker");
    assertThat(realm.admin("GET", user + "/sessions", null).json()).isEmpty();
  }

  @Test
  void anApiKeyIsRefusedBesideTheNameOfSomebodyElseAndIfItIsNone() {
    flow().addPlain("", DirectGrant.API_KEY_STEP);
    String key = realm.apiKey("orders:read").text();
    for (String name : List.of("alice", "acme-gateway", "Billing-Worker")) {
      assertRefused(grant.send(name, key));
    }
    assertRefused(grant.send("alice", "alice"));
    assertRefused(grant.send("alice", realm.pat("alice", "orders:read").text()));
    realm.change(realm.client("billing-worker"), Map.of("enabled", false));
    try {
      assertRefused(grant.send("billing-worker", key));
    } finally {
      realm.change(realm.client("billing-worker"), Map.of("enabled", true));
    }
  }

  @Test
  void eitherKindOfKeyOrThePasswordMayDo() {
    keysOrPassword();
    TestKey token = realm.pat("alice", "orders:read");
    TestKey apiKey = realm.apiKey("orders:read");

    assertThat(claims(grant.send("alice", token.text())).path("access_key_id").asText())
        .isEqualTo(token.id());
    assertThat(claims(grant.send("billing-worker", apiKey.text())).path("access_key_id").asText())
        .isEqualTo(apiKey.id());
    JsonNode byPassword = claims(grant.send("alice", "alice"));
    assertThat(byPassword.has("access_key_id")).isFalse();
    assertThat(byPassword.path("sid").asText()).isNotEmpty();
    assertThat(byPassword.path("jti").asText()).doesNotMatch("....ak:.*");
    for (String wrong : List.of("wrong", "", "kcpat_x")) {
      assertThat(grant.send("alice", wrong).status()).isIn(400, 401);
    }
    assertThat(grant.send(Map.of("username", "alice")).status()).isIn(400, 401);
    assertThat(grant.send(Map.of("password", "alice")).status()).isIn(400, 401);
  }

  @Test
  void twoAlternativesForKeysRefuseWhatIsNone() {
    LoginFlow flow = flow();
    alternative(flow, DirectGrant.API_KEY_STEP);
    alternative(flow, DirectGrant.TOKEN_STEP);

    grant.send("alice", realm.pat("alice", "orders:read").text()).expect(200);
    grant.send(Map.of("password", realm.apiKey("orders:read").text())).expect(200);
    assertRefused(grant.send("alice", "alice"));
    assertThat(grant.send(Map.of("username", "alice")).text("error")).isEqualTo("invalid_request");
  }

  /** A password may go to a directory; a key must not. */
  @Test
  void aKeyThatIsRefusedIsNotTriedAsAPassword() {
    keysOrPassword();
    realm.change("", Map.of("bruteForceProtected", true, "failureFactor", 1));
    try {
      assertNotTriedAsAPassword();
    } finally {
      realm.change("", Map.of("bruteForceProtected", false));
    }
  }

  private static void assertNotTriedAsAPassword() {
    TestKey revoked = realm.pat("alice", "orders:read");
    realm.revoke("alice", revoked).expect(204);
    realm.admin("DELETE", "/events", "").expect(204);
    for (int i = 0; i < 3; i++) {
      assertRefused(grant.send("alice", revoked.text()));
      assertRefused(grant.send("alice", realm.apiKey("orders:read").text()));
    }
    JsonNode events = realm.admin("GET", "/events?type=LOGIN_ERROR", null).json();
    assertThat(events)
        .isNotEmpty()
        .allSatisfy(
            event -> assertThat(event.at("/details/way").asText()).isEqualTo("direct_grant"));
    grant.send("alice", "alice").expect(200);
  }

  /** An alternative that is a sub-flow: personal access tokens, but only from the office. */
  @ParameterizedTest
  @CsvSource({"203.0.113.9, true", "198.51.100.20, false"})
  void aStepMayStandWithOthersInASubFlow(String address, boolean inside) {
    LoginFlow flow = flow();
    String byKey = flow.addSub("", "ALTERNATIVE");
    flow.addPlain(byKey, DirectGrant.TOKEN_STEP);
    flow.add(byKey, "ip-restriction-authenticator", Map.of("allow", "203.0.113.0/24"));
    String password = flow.addSub("", "ALTERNATIVE");
    flow.addPlain(password, USER_STEP);
    flow.addPlain(password, PASSWORD_STEP);
    Map<String, String> from = Map.of("X-Forwarded-For", address, "X-Forwarded-Proto", "https");

    Reply byToken =
        grant.send(
            from,
            Map.of("username", "alice", "password", realm.pat("alice", "orders:read").text()));

    assertThat(byToken.status()).isEqualTo(inside ? 200 : 403);
    assertThat(
            claims(grant.send(from, Map.of("username", "alice", "password", "alice"))).has("sid"))
        .isTrue();
  }

  @Test
  void aStepBehindTheOneThatFindsTheUserTakesTheirKeysOnly() {
    LoginFlow flow = flow();
    flow.addPlain("", USER_STEP);
    flow.addPlain("", DirectGrant.TOKEN_STEP);
    String key = realm.pat("alice", "orders:read").text();

    assertThat(claims(grant.send("alice", key)).has("access_key_id")).isTrue();
    assertRefused(grant.send("bob", key));
    assertRefused(grant.send("alice", "alice"));
    assertThat(grant.send("nobody", key).text("error")).isEqualTo("invalid_grant");
  }

  /** Whoever has a token must use it; the others have their passwords. */
  @Test
  void theConditionOnWhatUsersHaveSetUpSeesWhoHasAKey() {
    LoginFlow flow = flow();
    flow.addPlain("", USER_STEP);
    String withKey = flow.addSub("", "CONDITIONAL");
    flow.addPlain(withKey, "conditional-user-configured");
    flow.addPlain(withKey, DirectGrant.TOKEN_STEP);
    // Nobody else's test gives these two keys.
    person("carol");
    person("dave");
    TestKey key = realm.pat("carol", "orders:read");

    assertRefused(grant.send("carol", "carol"));
    grant.send("carol", key.text()).expect(200);
    assertThat(claims(grant.send("dave", "whatever")).has("access_key_id"))
        .as("dave has no key, and this flow asks nothing else of him")
        .isFalse();
    realm.revoke("carol", key).expect(204);
    assertThat(claims(grant.send("carol", "whatever")).has("access_key_id")).isFalse();
  }

  private static void person(String name) {
    String person =
        "{\"username\":\"%1$s\",\"enabled\":true,\"email\":\"%1$s@acme.example\",\"firstName\":\"F\",\"lastName\":\"L\",\"credentials\":[{\"type\":\"password\",\"value\":\"%1$s\"}]}";
    realm.admin("POST", "/users", person.formatted(name)).expect(201);
    realm.roles("POST", realm.user(name), "orders:read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"REQUIRED", "ALTERNATIVE"})
  void inABrowserTheStepNeverSucceeds(String requirement) {
    TestKey key = realm.pat("alice", "orders:read");
    Browser known = Browser.signedIn(realm, "bob", "");
    assertThat(known.location()).contains("code=");
    JsonNode before = sessionsOfAlice();
    assertThat(before).as("that in which she made the key").isNotEmpty();
    LoginFlow flow = LoginFlow.emptyOfBrowsers(realm);
    for (String step : List.of(DirectGrant.TOKEN_STEP, DirectGrant.API_KEY_STEP)) {
      flow.require(flow.addPlain("", step), requirement);
    }

    Reply page = Browser.of(realm).open("&username=alice&password=x&login_hint=alice").page();

    assertThat(page.status()).isBetween(400, 403);
    assertThat(page.header("Location")).isEmpty();
    assertThat(page.response().headers().allValues("Set-Cookie").toString())
        .doesNotContain("KEYCLOAK_IDENTITY");
    assertThat(sessionsOfAlice().findValuesAsText("id"))
        .as("no other session than before")
        .containsExactlyInAnyOrderElementsOf(before.findValuesAsText("id"));
    assertThat(key.text()).isNotEmpty();
  }

  private static JsonNode sessionsOfAlice() {
    return realm.admin("GET", realm.user("alice") + "/sessions", null).expect(200).json();
  }

  @Test
  void inABrowserTheOtherAlternativesGoOn() {
    LoginFlow flow = LoginFlow.emptyOfBrowsers(realm);
    alternative(flow, DirectGrant.TOKEN_STEP);
    alternative(flow, "auth-username-password-form");
    TestKey key = realm.pat("alice", "orders:read");

    Browser refused =
        Browser.of(realm).open("").submit(Map.of("username", "alice", "password", key.text()));
    assertThat(refused.page().status()).isEqualTo(200);
    assertThat(refused.page().body()).contains("name=\"password\"");
    assertThat(Browser.signedIn(realm, "alice", "").location()).contains("code=");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theJwtIsForTheGatewayAndNotForKeycloak(boolean administrator) {
    flow().addPlain("", DirectGrant.TOKEN_STEP);
    if (!administrator) {
      assertOnlyForTheGateway();
      return;
    }
    String management = TestRealm.id(realm.client("realm-management"));
    JsonNode role =
        realm.admin("GET", "/clients/" + management + "/roles/realm-admin", null).json();
    String path = realm.user("alice") + "/role-mappings/clients/" + management;
    realm.admin("POST", path, "[" + role + "]").expect(204);
    try {
      assertOnlyForTheGateway();
    } finally {
      realm.admin("DELETE", path, "[" + role + "]").expect(204);
    }
  }

  private static void assertOnlyForTheGateway() {
    TestKey key = realm.pat("alice", "orders:read");
    String jwt = grant.jwt("alice", key);
    Map<String, String> bearer = TestRealm.bearer(jwt);

    JsonNode answer = realm.introspect(jwt, Map.of()).expect(200).json();
    assertThat(answer.path("active").asBoolean()).isTrue();
    assertThat(answer.path("access_key_id").asText()).isEqualTo(key.id());
    assertThat(realm.adminAs(bearer, "GET", "/users", null).status()).isEqualTo(403);
    assertThat(realm.adminAs(bearer, "POST", "/users", "{\"username\":\"x\"}").status())
        .isEqualTo(403);
    Map<String, String> asJson = TestRealm.and(bearer, Map.of("Accept", "application/json"));
    assertThat(Http.get(realm.uri("/account/"), asJson).status()).isEqualTo(401);
    assertThat(Http.get(realm.uri("/protocol/openid-connect/userinfo"), bearer).status())
        .isBetween(400, 499);
    assertThat(Http.get(realm.uri("/access-keys"), bearer).status()).isEqualTo(401);
    assertThat(realm.tradeUp(jwt).text("error")).isEqualTo("access_denied");

    realm.revoke("alice", key).expect(204);
    assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean()).isFalse();
  }

  /** It would be a way to a session that outlives the request. */
  @Test
  void offlineAccessIsNeverGiven() {
    flow().addPlain("", DirectGrant.TOKEN_STEP);
    String offline = TestRealm.id(realm.clientScope("offline_access"));
    String client = realm.client("acme-api");
    String key = realm.pat("alice", "orders:read").text();
    Map<String, String> fields = Map.of("username", "alice", "password", key);

    realm.admin("PUT", client + "/optional-client-scopes/" + offline, "").expect(204);
    Reply asked = grant.send(TestRealm.and(fields, Map.of("scope", "offline_access")));
    assertThat(asked.text("error")).isEqualTo("invalid_scope");

    realm.admin("DELETE", client + "/optional-client-scopes/" + offline, "").expect(204);
    realm.admin("PUT", client + "/default-client-scopes/" + offline, "").expect(204);
    try {
      Reply byDefault = grant.send(fields);
      assertRefused(byDefault);
      assertThat(realm.admin("GET", client + "/offline-sessions", null).json()).isEmpty();
    } finally {
      realm.admin("DELETE", client + "/default-client-scopes/" + offline, null).expect(204);
    }
  }

  /** The caller of an API client that proves itself is in the JWT, for restrictions to clients. */
  @Test
  void anApiClientWithASecretMayUseTheStepsToo() {
    flow().addPlain("", DirectGrant.TOKEN_STEP);
    realm.change(
        realm.client("acme-api"), Map.of("publicClient", false, "secret", "a secret of its own"));
    String key = realm.pat("alice", "orders:read").text();
    Map<String, String> fields = Map.of("username", "alice", "password", key);

    try {
      assertThat(grant.send(fields).status()).isEqualTo(401);
      JsonNode claims =
          claims(grant.send(TestRealm.and(fields, Map.of("client_secret", "a secret of its own"))));
      assertThat(claims.path("access_key_caller").asText()).isEqualTo("acme-api");
    } finally {
      realm.change(realm.client("acme-api"), Map.of("publicClient", true));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {DirectGrant.TOKEN_STEP, DirectGrant.API_KEY_STEP})
  void theAdminConsoleOffersTheStepsWithTheirHelp(String provider) {
    JsonNode offered =
        realm.admin("GET", "/authentication/authenticator-providers", null).expect(200).json();
    assertThat(offered)
        .filteredOn(step -> step.path("id").asText().equals(provider))
        .singleElement()
        .satisfies(
            step ->
                assertThat(step.path("description").asText())
                    .startsWith("For direct grant flows."));
    LoginFlow flow = flow();
    flow.addPlain("", provider);
    assertThat(flow.choices(provider)).containsExactly("REQUIRED", "ALTERNATIVE", "DISABLED");
  }
}
