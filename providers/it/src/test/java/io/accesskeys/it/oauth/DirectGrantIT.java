package io.accesskeys.it.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.DirectGrant;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.LoginFlow;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.key.KeyText;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A personal access token in place of the password: what it gives, and when it is refused. */
@Contract
class DirectGrantIT {

  private static final Duration DAY = Duration.ofDays(1);
  private static final String REFUSED = "The access key is not valid here";

  /** The same refusal from the same address leaves one event a minute. */
  private static final AtomicInteger ELSEWHERE = new AtomicInteger();

  private static TestRealm realm;
  private static DirectGrant grant;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("direct-grant");
    grant = DirectGrant.withOnly(realm, DirectGrant.TOKEN_STEP);
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @BeforeEach
  void forgetEvents() {
    realm.admin("DELETE", "/events", "").expect(204);
  }

  private static void assertRefused(Reply reply, String reason) {
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("invalid_grant");
    assertThat(reply.text("error_description")).isEqualTo(REFUSED);
    assertThat(reply.json()).hasSize(2);
    assertEvent(reason);
  }

  /** The one event that a refusal has left. */
  private static JsonNode assertEvent(String reason) {
    JsonNode events = realm.admin("GET", "/events?type=LOGIN_ERROR", null).expect(200).json();
    assertThat(events).as(events.toString()).hasSize(1);
    JsonNode details = events.path(0).path("details");
    assertThat(details.path("reason").asText()).isEqualTo(reason);
    assertThat(details.path("way").asText()).isEqualTo("direct_grant");
    assertThat(events.path(0).path("clientId").asText()).isEqualTo("acme-api");
    assertThat(events.path(0).path("ipAddress").asText()).isNotEmpty();
    return details;
  }

  @Test
  void theJwtIsTheOneThatTheOwnGrantGives() {
    TestKey key = realm.pat("alice", "orders:read", "orders:write");
    ObjectNode here = (ObjectNode) TestRealm.claims(grant.jwt("alice", key));
    ObjectNode there = (ObjectNode) TestRealm.claims(realm.jwt(key));

    assertThat(here.path("jti").asText().split(":", -1)[0])
        .isEqualTo(there.path("jti").asText().split(":", -1)[0])
        .endsWith("ak");
    assertThat(here.path("exp").asLong() - here.path("iat").asLong()).isEqualTo(300);
    for (ObjectNode claims : List.of(here, there)) {
      claims.remove(List.of("jti", "iat", "exp"));
      claims.put("scope", String.join(" ", sorted(claims.path("scope").asText())));
      assertThat(claims.path("realm_access").path("roles")).hasSize(2);
      claims.remove("realm_access");
    }
    assertThat(here).isEqualTo(there);
    assertThat(here.path("scope").asText()).isEqualTo("orders:read orders:write");
    assertThat(here.path("access_key_id").asText()).isEqualTo(key.id());
    assertThat(here.path("sub").asText()).isEqualTo(TestRealm.id(realm.user("alice")));
  }

  private static List<String> sorted(String scope) {
    return List.of(scope.split(" ")).stream().sorted().toList();
  }

  @Test
  void nothingIsLeftBehindAndNothingCanBeRefreshed() {
    Reply reply = grant.send("bob", realm.pat("bob", "orders:read").text()).expect(200);

    assertThat(reply.json().fieldNames())
        .toIterable()
        .doesNotContain("refresh_token", "id_token", "session_state");
    assertThat(reply.text("scope")).isEqualTo("orders:read");
    assertThat(reply.header("Cache-Control")).hasValue("no-store");
    String id = TestRealm.id(realm.client("acme-api"));
    JsonNode sessions = realm.admin("GET", "/clients/" + id + "/user-sessions", null).json();
    assertThat(sessions).isEmpty();
    assertThat(realm.admin("GET", "/clients/" + id + "/offline-sessions", null).json()).isEmpty();
    // Bob has signed in at the Account Console, to make the key.
    assertThat(realm.admin("GET", realm.user("bob") + "/sessions", null).json())
        .allSatisfy(
            session ->
                assertThat(session.path("clients").toString())
                    .contains("account-console")
                    .doesNotContain("acme-api"));
  }

  @Test
  void theJwtEndsWithTheKey() {
    Instant expires = Instant.now().plusSeconds(120);
    TestKey key = realm.pat("alice", Map.of("scopes", List.of(), "expiresAt", expires.toString()));

    Reply reply = grant.send("alice", key.text()).expect(200);

    assertThat(TestRealm.claims(reply.text("access_token")).path("exp").asLong())
        .isEqualTo(expires.getEpochSecond());
    assertThat(reply.json().path("expires_in").asInt()).isBetween(1, 120);
  }

  @Test
  void theJwtEndsWithTheSecretThatGaveIt() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.roll("alice", key, "{\"overlap\":\"PT1M\"}", Map.of()).expect(200);
    JsonNode claims = TestRealm.claims(grant.jwt("alice", key));

    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isLessThanOrEqualTo(60);
  }

  @Test
  void theRequestMayNarrowTheScope() {
    TestKey key = realm.pat("alice", "orders:read", "orders:write");
    Reply reply =
        grant
            .send(Map.of("username", "alice", "password", key.text(), "scope", "orders:write"))
            .expect(200);

    assertThat(reply.text("scope")).isEqualTo("orders:write");
    JsonNode claims = TestRealm.claims(reply.text("access_token"));
    assertThat(claims.path("scope").asText()).isEqualTo("orders:write");
    assertThat(claims.path("realm_access").path("roles"))
        .extracting(JsonNode::asText)
        .containsExactly("orders:write");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders:write", "openid", "orders:read openid"})
  void aRequestForMoreThanTheKeyHasIsRefused(String scope) {
    TestKey key = realm.pat("alice", "orders:read");
    Reply reply = grant.send(Map.of("username", "alice", "password", key.text(), "scope", scope));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("invalid_scope");
    assertThat(assertEvent("insufficient_scope").path("access_key_id").asText())
        .isEqualTo(key.id());
  }

  @Test
  void aScopeThatTheOwnerHasLostIsGone() {
    TestKey key = realm.pat("alice", "orders:read", "orders:write");
    realm.roles("DELETE", realm.user("alice"), "orders:write");
    try {
      assertThat(TestRealm.claims(grant.jwt("alice", key)).path("scope").asText())
          .isEqualTo("orders:read");
    } finally {
      realm.roles("POST", realm.user("alice"), "orders:write");
    }
  }

  @Test
  void aDefaultScopeThatNamesItselfIsNotAddedToWhatTheKeyWasGranted() {
    String profile = TestRealm.id(realm.clientScope("profile"));
    realm.admin("PUT", realm.client("acme-api") + "/default-client-scopes/" + profile, "");
    try {
      Reply reply = grant.send("alice", realm.pat("alice", "orders:read").text()).expect(200);
      JsonNode claims = TestRealm.claims(reply.text("access_token"));
      assertThat(claims.path("scope").asText()).isEqualTo("orders:read");
      assertThat(sorted(reply.text("scope")))
          .as("what Keycloak writes beside the token cannot be helped")
          .containsExactly("orders:read", "profile");
      assertThat(claims.has("given_name")).isFalse();
      assertThat(claims.has("preferred_username")).isFalse();
    } finally {
      realm.admin("DELETE", realm.client("acme-api") + "/default-client-scopes/" + profile, "");
    }
  }

  @Test
  void resourceLimitsAreInTheJwtAndInTheAnswer() {
    realm.attribute("acme-api", "access-keys.authorization-details-types", "order");
    Map<String, ?> detail = Map.of("type", "order", "locations", List.of("https://a"), "max", 3);
    TestKey key =
        realm.pat(
            "alice",
            Map.of("scopes", List.of("orders:read"), "authorizationDetails", List.of(detail)));

    Reply reply = grant.send("alice", key.text()).expect(200);

    JsonNode claim = TestRealm.claims(reply.text("access_token")).path("authorization_details");
    assertThat(claim.path(0).path("max").asInt()).isEqualTo(3);
    assertThat(reply.json().path("authorization_details")).isEqualTo(claim);
  }

  @ParameterizedTest
  @ValueSource(strings = {"alice", "ALICE", "alice@acme.example", " alice "})
  void theOwnerMayBeNamedAsInAnySignIn(String name) {
    grant.send(name, realm.pat("alice", "orders:read").text()).expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bob", "bob@acme.example", "nobody", "", "service-account-billing-worker"})
  void theOwnerMustBeNamed(String name) {
    assertRefused(grant.send(name, realm.pat("alice", "orders:read").text()), "wrong_user");
  }

  @Test
  void noNameIsNoNameOfTheOwner() {
    assertRefused(
        grant.send(Map.of("password", realm.pat("alice", "orders:read").text())), "wrong_user");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"alice", "x", "", "kcpat_", "kcpat_\u0000", "secret-token:", "\ud83d\udd11"})
  void whatIsNoKeyIsRefusedAlsoTheRightPassword(String password) {
    String fromElsewhere = "203.0.113." + ELSEWHERE.incrementAndGet();
    assertRefused(
        grant.send(
            Map.of("X-Forwarded-For", fromElsewhere, "X-Forwarded-Proto", "https"),
            Map.of("username", "alice", "password", password)),
        "malformed");
  }

  @Test
  void aRequestWithoutPasswordIsIncomplete() {
    Reply reply = grant.send(Map.of("username", "alice"));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("invalid_request");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pending", "suspended", "expired", "revoked", "exposed", "retired_secret"})
  void aKeyThatIsNotInForceIsRefused(String reason) {
    Instant now = Instant.now();
    TestKey key =
        realm.pat(
            "alice",
            Map.of(
                "scopes",
                List.of("orders:read"),
                "expiresAt",
                now.plus(reason.equals("expired") ? DAY.dividedBy(2) : DAY.multipliedBy(20))
                    .toString(),
                "notBefore",
                (reason.equals("pending") ? now.plus(DAY.multipliedBy(2)) : now).toString()));
    switch (reason) {
      case "suspended" -> realm.own("alice", "POST", key, "/suspend", "").expect(204);
      case "revoked" -> realm.revoke("alice", key).expect(204);
      case "exposed" -> {
        realm.policy(Map.of("when-exposed", "suspend")).expect(204);
        Http.json(
                "POST",
                realm.uri("/access-keys/exposed"),
                Map.of(),
                "{\"keys\":[\"" + key.text() + "\"]}")
            .expect(202);
      }
      case "retired_secret" ->
          realm.roll("alice", key, "{\"overlap\":\"PT0S\"}", Map.of()).expect(200);
      default -> {}
    }
    try {
      realm.ahead(DAY, () -> assertRefused(grant.send("alice", key.text()), reason));
    } finally {
      realm.policy(Map.of()).expect(204);
    }
  }

  @Test
  void aKeyThatNobodyHasMadeIsRefused() {
    assertRefused(
        grant.send("alice", KeyText.generate("kcpat", new SecureRandom()).reveal()), "unknown");
  }

  @Test
  void aKeyWithAnotherSecretIsRefused() {
    TestKey key = realm.pat("alice", "orders:read");
    assertRefused(
        grant.send("alice", KeyText.generate("kcpat", key.id(), new SecureRandom()).reveal()),
        "wrong_secret");
  }

  @Test
  void theKeyOfAPersonWhoIsDisabledIsRefused() {
    TestKey key = realm.pat("bob", "orders:read");
    realm.change(realm.user("bob"), Map.of("enabled", false));
    try {
      assertRefused(grant.send("bob", key.text()), "owner_disabled");
    } finally {
      realm.change(realm.user("bob"), Map.of("enabled", true));
    }
  }

  /** Keycloak asks it of every direct grant. */
  @Test
  void aPersonWhoHasSomethingLeftToDoCannotSignInByKeyEither() {
    TestKey key = realm.pat("bob", "orders:read");
    realm.change(realm.user("bob"), Map.of("requiredActions", List.of("UPDATE_PASSWORD")));
    try {
      Reply reply = grant.send("bob", key.text());
      assertThat(reply.text("error")).isEqualTo("invalid_grant");
      assertThat(reply.text("error_description")).isEqualTo("Account is not fully set up");
      JsonNode event = realm.admin("GET", "/events?type=LOGIN_ERROR", null).json().path(0);
      assertThat(event.path("details").path("reason").asText()).isEqualTo("required_action");
      assertThat(event.path("details").path("access_key_id").asText()).isEqualTo(key.id());
    } finally {
      realm.change(realm.user("bob"), Map.of("requiredActions", List.of()));
    }
  }

  @Test
  void anApiKeyIsOfTheWrongKind() {
    assertRefused(
        grant.send("service-account-billing-worker", realm.apiKey("orders:read").text()),
        "wrong_kind");
  }

  @Test
  void aKindThatIsSwitchedOffIsRefused() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.policy(Map.of("personal-access-token.enabled", "false")).expect(204);
    try {
      assertRefused(grant.send("alice", key.text()), "kind_disabled");
    } finally {
      realm.policy(Map.of()).expect(204);
    }
  }

  @Test
  void anotherClientThanTheKeysIsRefused() {
    LoginFlow.emptyOfProgramsAt(realm, "acme-gateway").addPlain("", DirectGrant.TOKEN_STEP);
    TestKey key = realm.pat("alice", "orders:read");
    Reply reply =
        Http.form(
            realm.uri("/protocol/openid-connect/token"),
            TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"),
            Map.of("grant_type", "password", "username", "alice", "password", key.text()));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("invalid_grant");
    assertThat(
            realm
                .admin("GET", "/events?type=LOGIN_ERROR", null)
                .json()
                .at("/0/details/reason")
                .asText())
        .isEqualTo("wrong_client");
  }

  @Test
  void anApiClientThatBreaksARuleIsRefused() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.change(realm.client("acme-api"), Map.of("fullScopeAllowed", true));
    try {
      assertRefused(grant.send("alice", key.text()), "api_client_rule");
    } finally {
      realm.change(realm.client("acme-api"), Map.of("fullScopeAllowed", false));
    }
  }

  @ParameterizedTest
  @CsvSource({"203.0.113.9, true", "198.51.100.20, false", "unknown, false"})
  void restrictionsSeeWhereTheRequestComesFrom(String address, boolean allowed) {
    TestKey key = realm.patFrom("alice", "203.0.113.0/24");
    Reply reply =
        grant.send(
            Map.of("X-Forwarded-For", address, "X-Forwarded-Proto", "https"),
            Map.of("username", "alice", "password", key.text()));
    if (allowed) {
      assertThat(reply.status()).isEqualTo(200);
    } else {
      assertThat(reply.text("error")).isEqualTo("invalid_grant");
      JsonNode event = realm.admin("GET", "/events?type=LOGIN_ERROR", null).json().path(0);
      assertThat(event.at("/details/reason").asText()).isEqualTo("restriction");
      assertThat(event.at("/details/restriction").asText()).isEqualTo("ip");
    }
  }

  @Test
  void twoKeysInOneRequestAreOneTooMany() {
    String key = realm.pat("alice", "orders:read").text();
    String other = realm.pat("alice", "orders:read").text();
    for (Reply reply :
        List.of(
            grant.send(Map.of("username", "alice", "password", key, "access_key", other)),
            grant.send(Map.of("username", other, "password", key)),
            grant.send(TestRealm.bearer(other), Map.of("username", "alice", "password", key)))) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text("error")).isEqualTo("invalid_request");
    }
    assertEvent("several_credentials");
  }

  @Test
  void aKeyInTheUrlIsRefused() {
    TestKey key = realm.pat("alice", "orders:read");
    ShownSecrets.sentInUrl(key.text());
    Reply reply =
        Http.form(
            realm.uri("/protocol/openid-connect/token?key=" + key.text()),
            Map.of(),
            Map.of(
                "grant_type", "password",
                "client_id", "acme-api",
                "username", "alice",
                "password", key.text()));

    assertThat(reply.text("error")).isEqualTo("invalid_request");
    assertEvent("in_url");
  }

  @Test
  void wrongKeysLockNobodyOutAndRightOnesUnlockNobody() {
    realm.change("", Map.of("bruteForceProtected", true, "failureFactor", 2));
    TestKey key = realm.pat("alice", "orders:read");
    TestKey revoked = realm.pat("alice", "orders:read");
    realm.revoke("alice", revoked).expect(204);
    try {
      for (int i = 0; i < 4; i++) {
        assertThat(grant.send("alice", revoked.text()).status()).isEqualTo(400);
        assertThat(grant.send("alice", "no key").status()).isEqualTo(400);
      }
      assertThat(failures()).isZero();
      password("alice").expect(200);
      for (int i = 0; i < 4; i++) {
        password("wrong");
      }
      assertThat(failures()).isGreaterThan(1);
      grant.send("alice", key.text()).expect(200);
      assertThat(failures()).isGreaterThan(1);
    } finally {
      realm.admin("DELETE", "/attack-detection/brute-force/users", "").expect(204);
      realm.change("", Map.of("bruteForceProtected", false));
    }
  }

  private static int failures() {
    String id = TestRealm.id(realm.user("alice"));
    return realm
        .admin("GET", "/attack-detection/brute-force/users/" + id, null)
        .expect(200)
        .json()
        .path("numFailures")
        .asInt();
  }

  /** A direct grant at admin-cli, which has Keycloak's own flow. */
  private static Reply password(String password) {
    return Http.form(
        realm.uri("/protocol/openid-connect/token"),
        Map.of(),
        Map.of(
            "grant_type", "password",
            "client_id", "admin-cli",
            "username", "alice",
            "password", password));
  }

  @Test
  void useIsWrittenDownForTheOwnerAndInTheLogOfSignIns() {
    realm.change("", Map.of("enabledEventTypes", List.of("LOGIN", "LOGIN_ERROR")));
    TestKey key = realm.pat("alice", "orders:read");
    forgetEvents();
    grant.jwt("alice", key);

    JsonNode event = realm.admin("GET", "/events?type=LOGIN", null).json().path(0);
    assertThat(event.at("/details/access_key_id").asText()).isEqualTo(key.id());
    assertThat(event.at("/details/username").asText()).isEqualTo("alice");
    realm.writeUses();
    assertThat(realm.adminKey("GET", key, "/usage", null).json().path("useCount").asInt())
        .isEqualTo(1);
  }
}
