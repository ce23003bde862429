package io.accesskeys.it.self;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Waiting;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person's own password at forward-auth, where the API client takes it. */
class AccountPasswordIT {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String VERIFY = "/access-keys/verify?client=acme-api";

  private static TestRealm realm;
  private static String client;
  private static String alice;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("password");
    client = realm.client("acme-api");
    alice = realm.user("alice");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @BeforeEach
  void optIn() {
    client(Map.of("directAccessGrantsEnabled", true), true);
  }

  @AfterEach
  void backToNormal() {
    realm.change("", Map.of("bruteForceProtected", false, "verifyEmail", false));
    realm.change(alice, Map.of("enabled", true, "requiredActions", List.of()));
    client(Map.of("consentRequired", false, "fullScopeAllowed", false, "enabled", true), true);
  }

  private static void client(Map<String, ?> members, boolean passwords) {
    realm.change(client, members);
    realm.attribute("acme-api", "access-keys.account-passwords", String.valueOf(passwords));
  }

  private static Reply verify(String query, String user, String password) {
    return Http.get(realm.uri(VERIFY + query), TestRealm.basic(user, password));
  }

  private static boolean letsIn(String user, String password) {
    return verify("", user, password).status() == 200;
  }

  private static void assertRefused(String user, String password, String reason) {
    Reply refused = verify("", user, password);
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("X-Auth-Error")).hasValue("invalid_token");
    assertThat(refused.header("X-Auth-Subject")).isEmpty();
    JsonNode events =
        realm.admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR", null).expect(200).json();
    assertThat(events.findValuesAsText("reason")).as("within a minute").contains(reason);
  }

  @Test
  void letsItsPersonInWithAllThatTheyMayHaveNow() {
    Reply reply = verify("&scope=orders:write", "alice", "alice").expect(200);
    assertThat(reply.header("X-Auth-Subject")).hasValue(TestRealm.id(alice));
    assertThat(reply.header("X-Auth-Username")).hasValue("alice");
    assertThat(reply.header("X-Auth-Client")).hasValue("acme-api");
    assertThat(reply.header("X-Auth-Scope")).hasValue("orders:read orders:write");
    assertThat(reply.header("X-Auth-Key-Id")).hasValue("");
    assertThat(reply.header("X-Auth-Key-Kind")).hasValue("password");
    assertThat(reply.header("X-Auth-Jwt")).hasValue("");
    assertThat(reply.header("X-Access-Key-Retires-At")).hasValue("");
    assertThat(reply.header("Cache-Control")).hasValue("no-store");
    assertThat(letsIn("alice@acme.example", "alice")).as("as at a sign-in").isTrue();
    assertThat(verify("", "bob", "bob").header("X-Auth-Scope")).hasValue("orders:read");
    assertThat(
            Http.get(realm.uri("/access-keys/verify"), TestRealm.basic("alice", "alice")).status())
        .as("the only API client")
        .isEqualTo(200);
  }

  @Test
  void mustMeetEveryDemand() {
    assertThat(verify("&scope=orders:write", "bob", "bob").status()).isEqualTo(403);
    assertThat(verify("&any_scope=orders:write", "bob", "bob").status()).isEqualTo(403);
    assertThat(verify("&kind=api-key", "alice", "alice").status()).isEqualTo(401);
    assertThat(verify("&kind=personal-access-token", "alice", "alice").status()).isEqualTo(401);
    assertThat(verify("&jwt=true", "alice", "alice").status())
        .as("there are no JWTs for passwords")
        .isEqualTo(401);
    assertThat(
            Http.get(
                    realm.uri("/access-keys/verify?client=acme-gateway"),
                    TestRealm.basic("alice", "alice"))
                .status())
        .isEqualTo(401);
    assertThat(
            Http.get(
                    realm.uri(VERIFY),
                    TestRealm.and(
                        TestRealm.basic("alice", "alice"), Map.of("X-Required-Client", "other")))
                .status())
        .isEqualTo(401);
  }

  @Test
  void isRefusedAlikeWhetherThereIsSuchAnAccountOrNot() {
    assertRefused("alice", "wrong", "wrong_password");
    Reply wrong = verify("", "alice", "wrong");
    Reply unknown = verify("", "nobody", "wrong");
    Reply service = verify("", "service-account-billing-worker", "wrong");
    assertThat(unknown.status()).isEqualTo(wrong.status()).isEqualTo(service.status());
    assertThat(unknown.body()).isEqualTo(wrong.body()).isEqualTo(service.body());
  }

  @Test
  void isNotTakenWhereTheApiClientHasNotOptedIn() {
    client(Map.of(), false);
    assertRefused("alice", "alice", "account_password");
    client(Map.of("directAccessGrantsEnabled", false), true);
    assertThat(letsIn("alice", "alice")).as("no direct access grants").isFalse();
    client(Map.of("directAccessGrantsEnabled", true, "consentRequired", true), true);
    assertThat(letsIn("alice", "alice")).as("consent required").isFalse();
    client(Map.of("consentRequired", false), true);
    assertThat(letsIn("alice", "alice")).as("the control").isTrue();
  }

  @Test
  void isNotTakenWhereTheApiClientBreaksARuleOrIsDisabled() {
    client(Map.of("fullScopeAllowed", true), true);
    assertRefused("alice", "alice", "api_client_rule");
    client(Map.of("fullScopeAllowed", false, "enabled", false), true);
    assertRefused("alice", "alice", "api_client_disabled");
  }

  @Test
  void ofADisabledPersonIsRefused() {
    realm.change(alice, Map.of("enabled", false));
    assertRefused("alice", "alice", "owner_disabled");
  }

  @Test
  void ofSomebodyWhoHasSomethingToDoFirstIsRefused() {
    realm.change(alice, Map.of("requiredActions", List.of("UPDATE_PASSWORD")));
    assertRefused("alice", "alice", "required_action");
    realm.change(alice, Map.of("requiredActions", List.of()));
    assertThat(letsIn("alice", "alice")).isTrue();
    realm.change("", Map.of("verifyEmail", true));
    realm.change(alice, Map.of("emailVerified", false));
    assertThat(letsIn("alice", "alice")).as("an address that is not verified").isFalse();
    realm.change(alice, Map.of("emailVerified", true));
    assertThat(letsIn("alice", "alice")).isTrue();
  }

  @Test
  void thatIsTooOldIsRefused() {
    realm.change("", Map.of("passwordPolicy", "forceExpiredPasswordChange(1)"));
    try {
      assertThat(letsIn("alice", "alice")).isTrue();
      realm.ahead(Duration.ofDays(2), () -> assertThat(letsIn("alice", "alice")).isFalse());
    } finally {
      realm.change("", Map.of("passwordPolicy", ""));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "otp, '{\"subType\":\"totp\",\"digits\":6,\"counter\":0,\"period\":30,\"algorithm\":\"HmacSHA1\"}'",
    "webauthn, '{\"aaguid\":\"x\",\"credentialId\":\"x\",\"counter\":0}'",
    "recovery-authn-codes, '{\"hashIterations\":1,\"algorithm\":\"x\"}'"
  })
  void doesNotPassBySecondFactor(String type, String data) {
    String name = "two-" + type;
    String secret =
        switch (type) {
          case "otp" -> "{\\\"value\\\":\\\"abc\\\"}";
          case "webauthn" -> "{}";
          default -> "{\\\"codes\\\":[]}";
        };
    String user =
        "{\"username\":\"%s\",\"enabled\":true,\"email\":\"%s@acme.example\",\"emailVerified\":true,"
                .formatted(name, name)
            + "\"firstName\":\"F\",\"lastName\":\"L\",\"credentials\":["
            + "{\"type\":\"password\",\"value\":\"right\"},"
            + "{\"type\":\"%s\",\"secretData\":\"%s\",\"credentialData\":\"%s\"}]}"
                .formatted(type, secret, data.replace("\"", "\\\""));
    realm.admin("POST", "/users", user).expect(201);
    assertRefused(name, "right", "second_factor");
  }

  @Test
  void isLockedAfterTooManyGuessesAndKeysAreNot() {
    TestKey key = realm.pat("alice", "orders:read");
    protect(3);
    assertThat(letsIn("alice", "alice")).as("the control").isTrue();
    for (int guess = 1; guess <= 3; guess++) {
      int counted = guess;
      assertThat(letsIn("alice", "guess")).isFalse();
      assertThat(Waiting.until(() -> failures() == counted, LIMIT)).isTrue();
    }
    assertThat(Waiting.until(AccountPasswordIT::locked, LIMIT)).isTrue();
    assertRefused("alice", "alice", "locked_out");
    assertThat(letsIn("alice", key.text())).as("a key is not guessed").isTrue();
    assertThat(verify("", "alice", "guess").status()).isEqualTo(401);
    assertThat(failures()).as("not looked at any more").isEqualTo(3);
    realm.admin("DELETE", "/attack-detection/brute-force/users", null).expect(204);
    assertThat(letsIn("alice", "alice")).isTrue();
  }

  /** A key that was cut off, or pasted with its quotes, is a key all the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "kcpat_",
        "kcpat_x",
        "KCPAT_X",
        "acme_live_x",
        "secret-token:kcpat_x",
        " kcpat_x",
        "'kcpat_x'"
      })
  void isNoKeyThatWasDamaged(String damaged) {
    protect(1);
    realm.policy(Map.of("personal-access-token.prefixes", "kcpat##acme_live")).expect(204);
    try {
      assertRefused("alice", damaged, "malformed");
      assertRefused("nobody", damaged, "malformed");
      assertThat(letsIn("alice", "alice")).as("not locked out").isTrue();
      assertThat(failures()).isZero();
    } finally {
      realm.policy(Map.of()).expect(204);
    }
  }

  @Test
  void thatIsRightForgetsTheGuesses() {
    protect(5);
    assertThat(letsIn("alice", "guess")).isFalse();
    assertThat(Waiting.until(() -> failures() == 1, LIMIT)).isTrue();
    assertThat(letsIn("alice", "alice")).isTrue();
    assertThat(Waiting.until(() -> failures() == 0, LIMIT)).isTrue();
  }

  private static void protect(int failureFactor) {
    realm.admin("DELETE", "/attack-detection/brute-force/users", null).expect(204);
    realm.change(
        "",
        Map.of(
            "bruteForceProtected",
            true,
            "failureFactor",
            failureFactor,
            "quickLoginCheckMilliSeconds",
            0));
  }

  private static JsonNode attacks() {
    return realm
        .admin("GET", "/attack-detection/brute-force/users/" + TestRealm.id(alice), null)
        .expect(200)
        .json();
  }

  private static int failures() {
    return attacks().path("numFailures").asInt();
  }

  private static boolean locked() {
    return attacks().path("disabled").asBoolean();
  }
}
