package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.SignIn;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.policy.PolicySetting;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The realm's policy, edited as the Admin Console does it, acts at once. */
class PolicyIT {

  private static final String CONFIG = "/authentication/required-actions/create-access-key/config";
  private static final String PAT =
      "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\"%s}";

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("policy");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @AfterEach
  void backToDefaults() {
    realm.policy(Map.of()).expect(204);
  }

  private static Reply make(String members) {
    return realm.create("alice", PAT.formatted(members));
  }

  private static Duration life(Reply created) {
    return Duration.between(
        Instant.parse(created.text("createdAt")), Instant.parse(created.text("expiresAt")));
  }

  private static String expiringIn(Duration life) {
    return ",\"expiresAt\":\"" + Instant.now().plus(life) + "\"";
  }

  private static boolean works(TestKey key) {
    return realm.verify(key.text(), "?client=acme-api").status() == 200;
  }

  @Test
  void isOfferedToTheConsoleSettingBySetting() {
    JsonNode described =
        realm
            .admin(
                "GET",
                "/authentication/required-actions/create-access-key/config-description",
                null)
            .expect(200)
            .json();
    assertThat(described.path("properties").findValuesAsText("name"))
        .isEqualTo(PolicySetting.ALL.stream().map(PolicySetting::name).toList());
    assertThat(described.path("properties").findValuesAsText("type"))
        .isEqualTo(PolicySetting.ALL.stream().map(PolicySetting::type).toList());
  }

  /** The console sends every field of its form, and none of those that are empty. */
  @Test
  void theDefaultsThatTheConsoleShowsCanBeSavedAndEmptiedFieldsKeepWhatTheyWere() {
    Map<String, String> shown = new HashMap<>();
    PolicySetting.ALL.forEach(setting -> shown.put(setting.name(), setting.preset()));
    shown.put("max-overlap", "PT2H");
    shown.put("default-overlap", "PT1H");
    realm.savedInConsole(shown).expect(204);
    shown.replaceAll((name, value) -> "");
    realm.savedInConsole(shown).expect(204);

    TestKey key = realm.pat("alice", "orders:read");
    Instant retires =
        Instant.parse(realm.roll("alice", key, "", Map.of()).expect(200).text("retiresAt"));
    assertThat(Duration.between(Instant.now(), retires)).isLessThan(Duration.ofHours(1));
    realm.savedInConsole(Map.of("default-overlap", "default")).expect(204);
    TestKey other = realm.pat("alice", "orders:read");
    assertThat(realm.roll("alice", other, "{\"overlap\":\"PT3H\"}", Map.of()).text("field"))
        .isEqualTo("overlap");
    retires = Instant.parse(realm.roll("alice", other, "", Map.of()).expect(200).text("retiresAt"));
    assertThat(Duration.between(Instant.now(), retires)).isGreaterThan(Duration.ofMinutes(61));
  }

  @Test
  void theConsolesButtonClearLoosensNothing() {
    realm.policy(Map.of("personal-access-token.max-lifetime", "P3D")).expect(204);
    realm.admin("DELETE", CONFIG, null).expect(204);
    assertThat(life(make("").expect(201))).isEqualTo(Duration.ofDays(3));
    realm.admin("DELETE", "/access-keys/policy", null).expect(204);
    assertThat(life(make("").expect(201))).isEqualTo(Duration.ofDays(30));
  }

  /** The console switches an action with the row of its list, config and all. */
  @Test
  void holdsWhileTheActionIsSwitchedOffAndOnInTheConsole() {
    realm.policy(Map.of("personal-access-token.max-lifetime", "P3D")).expect(204);
    for (boolean enabled : new boolean[] {false, true}) {
      ObjectNode row = row();
      row.put("enabled", enabled).remove("configurable");
      realm
          .admin("PUT", "/authentication/required-actions/create-access-key", row.toString())
          .expect(204);
      assertThat(row().path("enabled").asBoolean()).isEqualTo(enabled);
      assertThat(life(make("").expect(201))).isEqualTo(Duration.ofDays(3));
    }
  }

  private static ObjectNode row() {
    JsonNode rows =
        realm
            .admin("GET", "/ui-ext/authentication-management/required-actions", null)
            .expect(200)
            .json();
    for (JsonNode row : rows) {
      if (row.path("alias").asText().equals("create-access-key")) {
        return (ObjectNode) row;
      }
    }
    throw new AssertionError("No row in " + rows);
  }

  /** An import replaces Keycloak's own required actions: the file has to name them all. */
  @Test
  void theShippedRealmHasTheRequiredActionsOfAFreshOne() {
    String actions = "/authentication/required-actions";
    Map<String, JsonNode> shipped = byAlias(realm.admin("GET", actions, null));
    shipped.remove("create-access-key");
    String fresh = "{\"realm\":\"policy-fresh\",\"enabled\":true}";
    try (TestRealm other = TestRealm.imported("policy-fresh", fresh)) {
      Map<String, JsonNode> own = byAlias(other.admin("GET", actions, null));
      own.remove("create-access-key");
      assertThat(shipped).isEqualTo(own);
    }
  }

  private static Map<String, JsonNode> byAlias(Reply actions) {
    Map<String, JsonNode> byAlias = new TreeMap<>();
    for (JsonNode action : actions.expect(200).json()) {
      byAlias.put(action.path("alias").asText(), action);
    }
    return byAlias;
  }

  @Test
  void aRealmWhoseFileDoesNotNameTheActionGetsItSwitchedOff() {
    ObjectNode bare = shipped("policy-bare");
    bare.remove("requiredActions");
    try (TestRealm other = TestRealm.imported("policy-bare", bare.toString())) {
      String action = "/authentication/required-actions/create-access-key";
      JsonNode registered = other.admin("GET", action, null).expect(200).json();
      assertThat(registered.path("enabled").asBoolean()).isFalse();
      assertThat(registered.path("defaultAction").asBoolean()).isFalse();
      Reply created = other.create("alice", PAT.formatted("")).expect(201);
      assertThat(life(created)).isEqualTo(Duration.ofDays(30));
      Reply tooFar = other.create("alice", PAT.formatted(expiringIn(Duration.ofDays(366))));
      assertThat(tooFar.text("field")).isEqualTo("expiresAt");

      other.policy(Map.of("personal-access-token.default-lifetime", "P2D")).expect(204);
      assertThat(life(other.create("alice", PAT.formatted("")).expect(201)))
          .isEqualTo(Duration.ofDays(2));
    }
  }

  private static ObjectNode shipped(String name) {
    try {
      return (ObjectNode) new ObjectMapper().readTree(TestRealm.shipped(name));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void lifetimesAreBoundedFixedOrOpen() {
    realm
        .policy(
            Map.of(
                "personal-access-token.max-lifetime", "P7D",
                "personal-access-token.default-lifetime", "P2D"))
        .expect(204);
    assertThat(life(make("").expect(201))).isEqualTo(Duration.ofDays(2));
    assertThat(make(expiringIn(Duration.ofDays(8))).text("field")).isEqualTo("expiresAt");
    make(expiringIn(Duration.ofDays(6))).expect(201);

    realm.policy(Map.of("personal-access-token.expiry", "fixed")).expect(204);
    assertThat(make(expiringIn(Duration.ofDays(6))).status()).isEqualTo(400);
    assertThat(life(make("").expect(201))).isEqualTo(Duration.ofDays(30));

    realm.policy(Map.of("personal-access-token.max-lifetime", "none")).expect(204);
    assertThat(make(",\"expiresAt\":null").expect(201).json().has("expiresAt")).isFalse();
  }

  @Test
  void aShorterMaximumAloneShortensTheDefault() {
    realm.policy(Map.of("personal-access-token.max-lifetime", "P3D")).expect(204);
    assertThat(life(make("").expect(201))).isEqualTo(Duration.ofDays(3));
  }

  @Test
  void prefixesAreChosenFromAndOldOnesGoOnWorking() {
    TestKey old = realm.pat("alice", "orders:read");
    realm.policy(Map.of("personal-access-token.prefixes", "acme_live##acme_test")).expect(204);
    assertThat(make("").expect(201).text("secret")).startsWith("acme_live_");
    Reply test = make(",\"prefix\":\"acme_test\"").expect(201);
    assertThat(test.text("secret")).startsWith("acme_test_");
    assertThat(make(",\"prefix\":\"other\"").text("field")).isEqualTo("prefix");
    assertThat(works(old)).isTrue();
  }

  @Test
  void aKindSwitchedOffIsNeitherMadeNorHonouredAndComesBack() {
    TestKey key = realm.pat("alice", "orders:read");
    assertThat(works(key)).isTrue();
    realm.policy(Map.of("personal-access-token.enabled", "false")).expect(204);
    assertThat(works(key)).isFalse();
    assertThat(make("").text("field")).isEqualTo("kind");
    assertThat(works(realm.apiKey("orders:read"))).isTrue();
    realm.policy(Map.of()).expect(204);
    assertThat(works(key)).isTrue();
  }

  @Test
  void nobodyHasMoreKeysThanAllowed() {
    realm.policy(Map.of("api-key.max-per-owner", "2")).expect(204);
    TestKey first = realm.apiKey("orders:read");
    TestKey second = realm.apiKey("orders:read");
    String body =
        "{\"kind\":\"api-key\",\"name\":\"x\",\"client\":\"acme-api\","
            + "\"owner\":{\"client\":\"billing-worker\"}}";
    assertThat(realm.admin("POST", "/access-keys", body).status()).isEqualTo(400);
    realm.adminKey("DELETE", first, "", "").expect(204);
    realm.admin("POST", "/access-keys", body).expect(201);
    realm.adminKey("DELETE", second, "", "").expect(204);
  }

  @Test
  void aMaximumForExistingKeysHoldsFromItsDateOn() {
    realm.policy(Map.of("personal-access-token.max-lifetime", "none")).expect(204);
    TestKey key = realm.pat("alice", Map.of("scopes", List.of("orders:read")));
    assertThat(beyondPolicy()).doesNotContain(key.id());
    String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
    realm
        .policy(
            Map.of(
                "personal-access-token.max-lifetime",
                "PT1M",
                "existing-keys-enforced-from",
                tomorrow))
        .expect(204);
    assertThat(beyondPolicy()).contains(key.id());
    assertThat(works(key)).isTrue();
    assertThat(realm.own("alice", "GET", key, "", "").text("endsAt")).isEqualTo(tomorrow);
    assertThat(realm.introspect(key.text(), Map.of()).json().at("/access_key/expires_at").asText())
        .isEqualTo(tomorrow);
    realm.ahead(Duration.ofHours(25), () -> assertThat(works(key)).isFalse());
    realm.policy(Map.of()).expect(204);
    realm.ahead(Duration.ofHours(25), () -> assertThat(works(key)).isTrue());
  }

  @Test
  void aKeyThatNobodyUsedForSoLongHasExpired() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.policy(Map.of("personal-access-token.max-idle", "P2D")).expect(204);
    realm.ahead(Duration.ofHours(47), () -> assertThat(works(key)).isTrue());
    TestKey unused = realm.pat("alice", "orders:read");
    realm.ahead(Duration.ofHours(49), () -> assertThat(works(unused)).isFalse());
    realm.policy(Map.of()).expect(204);
    realm.ahead(Duration.ofHours(49), () -> assertThat(works(unused)).isTrue());
  }

  @Test
  void everyWrongSettingIsNamedAtOnce() {
    Reply refused =
        realm.policy(Map.of("max-overlap", "long", "when-exposed", "ignore", "max_auth_age", "5"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").findValuesAsText("field"))
        .containsExactlyInAnyOrder("max-overlap", "when-exposed");
    assertThat(refused.json().path("errors").findValuesAsText("errorMessage"))
        .anyMatch(message -> message.equals("when-exposed must be one of [revoke, suspend]"));
  }

  private static String beyondPolicy() {
    return realm.admin("GET", "/access-keys?beyondPolicy=true&max=1000", null).expect(200).body();
  }

  @Test
  void theSignInMustBeAsFreshAsThePolicySays() {
    TestKey key = realm.pat("alice", "orders:read");
    String old = new SignIn(realm.uri(""), "account-console").token("bob", "bob");
    realm.policy(Map.of("max_auth_age", "0")).expect(204);
    Reply refused =
        Http.json("POST", realm.uri("/access-keys"), TestRealm.bearer(old), PAT.formatted(""));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.header("WWW-Authenticate").orElse(""))
        .contains("error=\"insufficient_user_authentication\"", "max_age=\"0\"");
    assertThat(realm.roll("alice", key, "", Map.of()).status()).isEqualTo(401);
    String wider = "{\"scopes\":[\"orders:read\",\"orders:write\"]}";
    assertThat(realm.own("alice", "PATCH", key, "", wider).status()).isEqualTo(401);
    realm.own("alice", "PATCH", key, "", "{\"scopes\":[]}").expect(200);
    realm.own("alice", "POST", key, "/suspend", "").expect(204);
    realm.revoke("alice", key).expect(204);
  }

  @Test
  void selfServiceCanNeedARoleAndOtherClients() {
    realm.policy(Map.of("self-service-role", "orders:write")).expect(204);
    make("").expect(201);
    assertThat(realm.create("bob", PAT.formatted("")).status()).isEqualTo(403);
    realm.policy(Map.of("self-service-role", "no-such-role")).expect(204);
    assertThat(make("").status()).isEqualTo(403);
    realm.policy(Map.of("self-service-clients", "another-console")).expect(204);
    assertThat(make("").status()).isEqualTo(403);
  }

  @Test
  void overlapsBudgetsAndTokenLivesAreBounded() {
    realm
        .policy(
            Map.of(
                "max-overlap", "PT1H",
                "max-token-lifespan", "PT1M",
                "revocation-budget", "PT10S"))
        .expect(204);
    TestKey key = realm.pat("alice", "orders:read");
    JsonNode claims = TestRealm.claims(realm.jwt(key));
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(60);
    JsonNode introspected = realm.introspect(key.text(), Map.of()).json();
    assertThat(introspected.path("exp").asLong() - introspected.path("iat").asLong())
        .as("and six seconds for slow clocks")
        .isEqualTo(16);
    assertThat(realm.verify(key.text(), "?client=acme-api").header("Cache-Control"))
        .hasValue("max-age=10");
    assertThat(realm.roll("alice", key, "{\"overlap\":\"PT2H\"}", Map.of()).text("field"))
        .isEqualTo("overlap");
    Instant retires =
        Instant.parse(realm.roll("alice", key, "", Map.of()).expect(200).text("retiresAt"));
    assertThat(Duration.between(Instant.now(), retires)).isLessThan(Duration.ofHours(1));
  }

  @Test
  void anExposedKeyCanBeSuspendedUntilItHasANewSecret() {
    realm.policy(Map.of("when-exposed", "suspend")).expect(204);
    TestKey key = realm.pat("alice", "orders:read");
    Http.json(
            "POST",
            realm.uri("/access-keys/exposed"),
            Map.of(),
            "{\"keys\":[\"" + key.text() + "\"]}")
        .expect(202);
    assertThat(realm.own("alice", "GET", key, "", "").text("state")).isEqualTo("exposed");
    assertThat(works(key)).isFalse();
    assertThat(realm.roll("alice", key, "{\"overlap\":\"PT1H\"}", Map.of()).status())
        .isEqualTo(400);
    TestKey rolled = TestKey.of(realm.roll("alice", key, "", Map.of()).expect(200));
    assertThat(works(rolled)).isTrue();
    assertThat(works(key)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "personal-access-token.max-lifetime, forever",
    "personal-access-token.max-lifetime, PT1S",
    "personal-access-token.default-lifetime, P400D",
    "personal-access-token.expiry, maybe",
    "personal-access-token.enabled, yes",
    "personal-access-token.prefixes, Bad Prefix",
    "personal-access-token.max-idle, PT1H",
    "api-key.max-per-owner, 0",
    "client-secret.max-lifetime, 30",
    "max_auth_age, -1",
    "max_auth_age, soon",
    "lifetime-presets, P30D##x",
    "existing-keys-enforced-from, tomorrow",
    "applications-per-person, many",
    "default-overlap, P30D",
    "max-token-lifespan, PT1H",
    "revocation-budget, PT2H",
    "when-exposed, ignore",
    "revoked-retention, PT0S",
  })
  void aBadValueIsRefusedByNameAndChangesNothing(String setting, String value) {
    realm.policy(Map.of("personal-access-token.max-lifetime", "P9D")).expect(204);

    Reply refused = realm.policy(Map.of(setting, value));

    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.text("field")).isEqualTo(setting);
    // All that the console shows is the message.
    assertThat(refused.text("errorMessage")).startsWith(setting + " must be ");
    assertThat(make(expiringIn(Duration.ofDays(8))).status()).isEqualTo(201);
    assertThat(make(expiringIn(Duration.ofDays(10))).status()).isEqualTo(400);
  }

  /** Keycloak writes a config into its realm cache before it has us validate it. */
  @Test
  void aRefusedPolicyNeverActsInTheMeantime() throws Exception {
    TestKey key = realm.pat("alice", "orders:read");
    realm.policy(Map.of("personal-access-token.enabled", "false")).expect(204);
    ExecutorService administrator = Executors.newSingleThreadExecutor();
    try {
      Future<?> saving =
          administrator.submit(
              () -> {
                for (int i = 0; i < 100; i++) {
                  realm.policy(Map.of("revocation-budget", "PT2H")).expect(400);
                }
              });
      int asked = 0;
      while (!saving.isDone() || asked == 0) {
        assertThat(works(key)).isFalse();
        asked++;
      }
      saving.get();
    } finally {
      administrator.shutdownNow();
    }
    JsonNode shown = realm.admin("GET", CONFIG, null).expect(200).json().path("config");
    assertThat(shown.path("personal-access-token.enabled").asText()).isEqualTo("false");
    assertThat(shown.path("revocation-budget").asText()).isEqualTo("default");
  }

  @Test
  void survivesExportAndImport() {
    realm.policy(Map.of("personal-access-token.max-lifetime", "P5D")).expect(204);
    JsonNode exported = exportedActions(realm);
    ObjectNode copy = shipped("policy-copy");
    copy.set("requiredActions", exported);
    try (TestRealm imported = TestRealm.imported("policy-copy", copy.toString())) {
      Reply refused = imported.create("alice", PAT.formatted(expiringIn(Duration.ofDays(6))));
      assertThat(refused.text("field")).isEqualTo("expiresAt");
      imported.create("alice", PAT.formatted(expiringIn(Duration.ofDays(4)))).expect(201);
      assertThat(exportedActions(imported)).isEqualTo(exported);
    }
  }

  private static JsonNode exportedActions(TestRealm from) {
    return from.admin("POST", "/partial-export", "").expect(200).json().path("requiredActions");
  }

  /** An import is not validated. */
  @ParameterizedTest
  @CsvSource({
    "personal-access-token.max-lifetme, P5D",
    "max-token-lifespan, PT1H",
    "personal-access-token.enabled, 0"
  })
  void thatCameInWrongByAnImportMakesNoKeysAndBreaksNone(String setting, String value) {
    ObjectNode broken = shipped("policy-broken");
    for (JsonNode action : broken.path("requiredActions")) {
      if (action.path("alias").asText().equals("create-access-key")) {
        ((ObjectNode) action.path("config")).put(setting, value);
      }
    }
    try (TestRealm other = TestRealm.imported("policy-broken", broken.toString())) {
      String action = "/authentication/required-actions/create-access-key";
      ObjectNode wrong = (ObjectNode) other.admin("GET", action, null).expect(200).json();
      assertThat(wrong.at("/config").path(setting).asText()).isEqualTo(value);
      other.admin("DELETE", action + "/config", null).expect(204);
      TestKey key = other.pat("alice", "orders:read");
      // Nor is this: the console switches the action on and off by it.
      other.admin("PUT", action, wrong.toString()).expect(204);

      for (Reply refused :
          List.of(
              other.create("alice", PAT.formatted("")), other.roll("alice", key, "", Map.of()))) {
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("detail")).contains("has to be corrected first: " + setting);
      }
      assertThat(other.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);
      JsonNode claims = TestRealm.claims(other.jwt(key));
      assertThat(claims.path("exp").asLong() - claims.path("iat").asLong())
          .isLessThanOrEqualTo(900);
      other.admin("DELETE", action + "/config", null).expect(204);
      other.create("alice", PAT.formatted("")).expect(201);
    }
  }
}
