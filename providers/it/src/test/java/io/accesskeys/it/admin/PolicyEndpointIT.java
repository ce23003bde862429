package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.policy.PolicySetting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code …/access-keys/policy}: the policy as a whole, for administrators and tools. */
@Contract
class PolicyEndpointIT {

  private static final String PATH = "/access-keys/policy";
  private static final String CONFIG = "/authentication/required-actions/create-access-key/config";

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("policy-endpoint");
    realm.change(
        "/events/config", Map.of("adminEventsEnabled", true, "adminEventsDetailsEnabled", true));
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @BeforeEach
  void backToDefaults() {
    realm.admin("DELETE", PATH, null).expect(204);
  }

  private static JsonNode policy() {
    return realm.admin("GET", PATH, null).expect(200).json();
  }

  private static JsonNode setting(String name) {
    for (JsonNode setting : policy().path("settings")) {
      if (setting.path("name").asText().equals(name)) {
        return setting;
      }
    }
    throw new AssertionError("No setting " + name);
  }

  private static JsonNode shownInConsole() {
    return realm.admin("GET", CONFIG, null).expect(200).json().path("config");
  }

  @Test
  void saysOfEverySettingWhatThereIsToKnow() {
    assertThat(policy().path("settings").findValuesAsText("name"))
        .isEqualTo(PolicySetting.ALL.stream().map(PolicySetting::name).toList());
    realm.admin("PATCH", PATH, "{\"api-key.max-lifetime\":\"P10D\"}").expect(200);
    JsonNode setting = setting("api-key.max-lifetime");
    assertThat(setting.path("value").asText()).isEqualTo("P10D");
    assertThat(setting.path("defaultValue").asText()).isEqualTo("P365D");
    assertThat(setting.path("source").asText()).isEqualTo("action");
    assertThat(setting.path("bounds").asText())
        .startsWith("must be an ISO-8601 duration of at least");
    assertThat(setting.path("help").asText()).isNotEmpty();
    assertThat(setting("api-key.enabled").path("source").asText()).isEqualTo("default");
    // A maximum shortens the default lifetime, and this says what holds.
    assertThat(setting("api-key.default-lifetime").path("value").asText()).isEqualTo("PT240H");
    assertThat(policy().path("broken")).isEmpty();
    assertThat(policy().at("/action/registered").asBoolean()).isTrue();
  }

  @Test
  void putReplacesPatchMergesAndTheConsoleShowsTheSame() {
    realm
        .admin(
            "PUT",
            PATH,
            "{\"max_auth_age\":60,\"api-key.enabled\":false,\"self-service-clients\":[\"a\",\"b\"]}")
        .expect(200);
    assertThat(shownInConsole().toString())
        .isEqualTo(
            "{\"max_auth_age\":\"60\",\"self-service-clients\":\"a##b\",\"api-key.enabled\":\"false\"}");
    realm
        .admin(
            "PATCH",
            PATH,
            "{\"max_auth_age\":null,\"api-key.enabled\":\"default\",\"max-overlap\":\"PT1H\"}")
        .expect(200);
    assertThat(shownInConsole()).hasSize(2);
    assertThat(setting("max_auth_age").path("source").asText()).isEqualTo("default");
    assertThat(setting("max-overlap").path("value").asText()).isEqualTo("PT1H");
    assertThat(setting("self-service-clients").path("value").asText()).isEqualTo("a##b");
    realm.admin("PUT", PATH, "{}").expect(200);
    assertThat(shownInConsole()).isEmpty();
    assertThat(policy().path("settings").findValuesAsText("source")).containsOnly("default");
  }

  @Test
  void whatItSaysCanBeSentBack() {
    realm.admin("PATCH", PATH, "{\"trusted-proxies\":\"10.0.0.0/8\"}").expect(200);
    JsonNode values = policy().path("values");
    realm.admin("PUT", PATH, values.toString()).expect(200);
    assertThat(policy().path("values")).isEqualTo(values);
  }

  @Test
  void everyWrongSettingIsNamedAndNothingIsChanged() {
    realm.admin("PUT", PATH, "{\"max-overlap\":\"PT3H\"}").expect(200);
    Reply refused =
        realm.admin(
            "PATCH",
            PATH,
            "{\"max-overlap\":\"PT2H\",\"max-token-lifespan\":\"PT1H\",\"api-key.max-lifetme\":\"P1D\","
                + "\"client-secret.required-restrictions\":\"geo\"}");
    assertThat(refused.expect(400).header("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    assertThat(refused.json().path("errors").findValuesAsText("field"))
        .containsExactly(
            "api-key.max-lifetme", "client-secret.required-restrictions", "max-token-lifespan");
    assertThat(refused.text("field")).isEqualTo("api-key.max-lifetme");
    assertThat(setting("max-overlap").path("value").asText()).isEqualTo("PT3H");
    assertThat(shownInConsole().toString()).isEqualTo("{\"max-overlap\":\"PT3H\"}");
  }

  @Test
  void settingsAreJudgedTogether() {
    Reply refused =
        realm.admin(
            "PUT", PATH, "{\"api-key.max-lifetime\":\"P3D\",\"api-key.default-lifetime\":\"P9D\"}");
    assertThat(refused.expect(400).text("field")).isEqualTo("api-key.default-lifetime");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|''",
        "[]|''",
        "{|''",
        "{\"max-overlap\":{}}|max-overlap",
        "{\"trusted-proxies\":[1]}|trusted-proxies[0]",
        "{\"trusted-proxies\":[\"a##b\"]}|trusted-proxies[0]",
        "{\"dryRun\":\"yes\"}|dryRun",
        "{\"nonsense\":null}|nonsense",
        "{\"nonsense\":\"x\"}|nonsense",
        "{\"max-overlap\":true}|max-overlap",
        "{\"max-overlap\":\"\"}|max-overlap"
      })
  void aBadBodyIsRefused(String body, String field) {
    for (String verb : List.of("PUT", "PATCH")) {
      Reply refused = realm.admin(verb, PATH, body).expect(400);
      assertThat(refused.json().path("field").asText()).as(refused.toString()).isEqualTo(field);
    }
    assertThat(policy().path("settings").findValuesAsText("source")).containsOnly("default");
  }

  @Test
  void aTrialSaysHowManyKeysItWouldEndAndChangesNothing() {
    realm.admin("PUT", PATH, "{\"personal-access-token.max-lifetime\":\"none\"}").expect(200);
    TestKey one = realm.pat("alice", "orders:read");
    TestKey other = realm.pat("bob", "orders:read");
    realm.revoke("bob", other).expect(204);

    assertThat(ends("{\"personal-access-token.enabled\":false,\"dryRun\":true}")).isEqualTo(1);
    assertThat(ends("{\"api-key.enabled\":false,\"dryRun\":true}")).isZero();
    assertThat(ends("{\"personal-access-token.max-lifetime\":\"P1D\",\"dryRun\":true}")).isZero();
    String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
    String enforced =
        "{\"personal-access-token.max-lifetime\":\"P1D\",\"existing-keys-enforced-from\":\"%s\",\"dryRun\":%b}";
    assertThat(ends(enforced.formatted(tomorrow, true))).isEqualTo(1);
    assertThat(
            ends(
                "{\"personal-access-token.required-restrictions\":\"ip\","
                    + "\"existing-keys-enforced-from\":\""
                    + tomorrow
                    + "\",\"dryRun\":true}"))
        .isEqualTo(1);
    assertThat(setting("personal-access-token.max-lifetime").path("value").asText())
        .isEqualTo("none");
    realm.admin("PATCH", PATH, enforced.formatted(tomorrow, false)).expect(200);
    // They end by the policy that holds already.
    assertThat(ends("{\"personal-access-token.enabled\":false,\"dryRun\":true}")).isZero();
    realm.revoke("alice", one).expect(204);
  }

  private static int ends(String body) {
    JsonNode tried = realm.admin("PATCH", PATH, body).expect(200).json().path("dryRun");
    assertThat(tried.path("more").asBoolean()).isFalse();
    assertThat(tried.path("changes")).isNotEmpty();
    return tried.path("ends").asInt();
  }

  @Test
  void changesAtTheSameTimeAllCount() throws Exception {
    List<String> names =
        PolicySetting.ALL.stream()
            .map(PolicySetting::name)
            .filter(name -> name.endsWith(".max-per-owner") || name.endsWith(".max-lifetime"))
            .toList();
    ExecutorService tools = Executors.newFixedThreadPool(names.size());
    try {
      List<Future<Reply>> sent = new ArrayList<>();
      for (String name : names) {
        String value = name.endsWith("lifetime") ? "P77D" : "77";
        sent.add(
            tools.submit(() -> realm.admin("PATCH", PATH, "{\"" + name + "\":\"" + value + "\"}")));
      }
      for (Future<Reply> reply : sent) {
        reply.get().expect(200);
      }
    } finally {
      tools.shutdownNow();
    }
    assertThat(names)
        .allSatisfy(name -> assertThat(setting(name).path("value").asText()).contains("77"));
    assertThat(policy().path("differences")).isEmpty();
  }

  @Test
  void takesTheRightsThatTheRealmTakes() {
    Map<String, String> viewer = realm.asAdminWith("view-realm");
    Map<String, String> manager = realm.asAdminWith("manage-realm");
    Map<String, String> others = realm.asAdminWith("view-users", "manage-clients");
    String body = "{\"max-overlap\":\"PT1H\"}";
    assertThat(realm.adminAs(viewer, "GET", PATH, null).status()).isEqualTo(200);
    for (String verb : List.of("PUT", "PATCH", "DELETE")) {
      assertThat(realm.adminAs(viewer, verb, PATH, body).status()).isEqualTo(403);
      assertThat(realm.adminAs(others, verb, PATH, body).status()).isEqualTo(403);
      assertThat(realm.adminAs(Map.of(), verb, PATH, body).status()).isEqualTo(401);
      assertThat(realm.adminAs(realm.as("alice"), verb, PATH, body).status()).isEqualTo(403);
    }
    assertThat(realm.adminAs(others, "GET", PATH, null).status()).isEqualTo(403);
    realm.adminAs(manager, "PATCH", PATH, body).expect(200);
  }

  @Test
  void aChangeLeavesAnAdminEvent() {
    realm.admin("PATCH", PATH, "{\"max-overlap\":\"PT1H\"}").expect(200);
    JsonNode event =
        realm
            .admin("GET", "/admin-events?resourcePath=access-keys/policy&max=1", null)
            .expect(200)
            .json()
            .path(0);
    assertThat(event.path("operationType").asText()).isEqualTo("UPDATE");
    assertThat(event.path("resourceType").asText()).isEqualTo("ACCESS_KEY_POLICY");
    assertThat(event.path("representation").asText()).contains("\"max-overlap\":\"PT1H\"");
  }

  @Test
  void actsAtOnce() {
    realm.admin("PATCH", PATH, "{\"personal-access-token.enabled\":true}").expect(200);
    TestKey key = realm.pat("alice", "orders:read");
    for (boolean enabled : new boolean[] {false, true}) {
      realm.admin("PATCH", PATH, "{\"personal-access-token.enabled\":" + enabled + "}").expect(200);
      assertThat(realm.verify(key.text(), "?client=acme-api").status())
          .isEqualTo(enabled ? 200 : 401);
    }
  }
}
