package io.accesskeys.it.restriction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.DirectGrant;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Restrictions in report mode: what they would refuse is let in and counted. */
class ReportOnlyIT {

  private static final Map<String, Object> ELSEWHERE =
      Map.of("type", "ip", "allow", List.of("203.0.113.0/24"), "mode", "report");
  private static final String REPORTING =
      "{\"type\":\"ip\",\"allow\":[\"203.0.113.0/24\"],\"mode\":\"report\"}";
  private static final String ENFORCED = "{\"type\":\"ip\",\"allow\":[\"127.0.0.0/8\",\"::1\"]}";

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("report-only");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @BeforeEach
  void anyPolicy() {
    realm.policy(Map.of()).expect(204);
  }

  private static TestKey pat(Map<String, ?> restriction) {
    return realm.pat(
        "alice", Map.of("scopes", List.of("orders:read"), "restrictions", List.of(restriction)));
  }

  private static String body(String restriction) {
    return "{\"restrictions\":[" + restriction + "]}";
  }

  private static String newKey(String restriction) {
    return "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\",\"restrictions\":["
        + restriction
        + "]}";
  }

  /** How many uses of this entry point the metric has. */
  private static double counted(String way) {
    String metrics =
        Http.get(URI.create(realm.server().managementUri() + "/metrics"), Map.of()).body();
    Matcher line =
        Pattern.compile(
                "access_keys_would_refuse_total\\{restriction=\"ip\",way=\"" + way + "\"} (\\S+)")
            .matcher(metrics);
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  @Nested
  class AUse {

    private TestKey key;

    @BeforeEach
    void make() {
      key = pat(ELSEWHERE);
    }

    private void isLetInAndCounted(String way, Runnable use) {
      double before = counted(way);
      use.run();
      assertThat(counted(way)).as(way).isEqualTo(before + 1);
    }

    private boolean active(String token) {
      return realm.introspect(token, Map.of()).expect(200).json().path("active").asBoolean();
    }

    @Test
    void isLetInByEveryEntryPointAndCounted() {
      isLetInAndCounted(
          "verify",
          () -> {
            Reply verified = realm.verify(key.text(), "?client=acme-api").expect(200);
            assertThat(verified.header("Cache-Control")).hasValue("max-age=6");
          });
      isLetInAndCounted("introspection", () -> assertThat(active(key.text())).isTrue());
      isLetInAndCounted("grant", () -> realm.jwt(key));
      String jwt = realm.jwt(key);
      isLetInAndCounted("introspection_jwt", () -> assertThat(active(jwt)).isTrue());
      isLetInAndCounted(
          "self",
          () -> Http.get(realm.uri("/access-keys/self"), TestRealm.bearer(key.text())).expect(200));
      isLetInAndCounted(
          "exchange",
          () ->
              realm
                  .oidc(
                      "token",
                      TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"),
                      Map.of(
                          "grant_type",
                          "urn:ietf:params:oauth:grant-type:token-exchange",
                          "subject_token",
                          key.text(),
                          "subject_token_type",
                          "urn:access-keys:token-type:access-key"))
                  .expect(200));
    }

    @Test
    void isLetInByADirectGrantAndCounted() {
      DirectGrant flow = DirectGrant.withOnly(realm, "personal-access-token-authenticator");
      isLetInAndCounted("direct_grant", () -> flow.jwt("alice", key));
    }

    @Test
    void byAClientSecretAuthenticatesItsClientAndIsCounted() {
      TestKey secret =
          realm.clientSecret("billing-worker", Map.of("restrictions", List.of(ELSEWHERE)));
      isLetInAndCounted(
          "client_authentication",
          () ->
              realm
                  .oidc(
                      "token",
                      TestRealm.basic("billing-worker", secret.text()),
                      Map.of("grant_type", "client_credentials"))
                  .expect(200));
    }

    @Test
    void thatTheRuleAllowsIsNotCounted() {
      TestKey met =
          pat(Map.of("type", "ip", "allow", List.of("127.0.0.0/8", "::1"), "mode", "report"));
      double before = counted("verify");
      realm.verify(met.text(), "?client=acme-api").expect(200);
      assertThat(counted("verify")).isEqualTo(before);
    }

    @Test
    void isExplainedAsOneThatWouldBeRefused() {
      JsonNode explained =
          realm
              .adminKey("POST", key, "/explain", "{\"address\":\"198.51.100.1\"}")
              .expect(200)
              .json();
      assertThat(explained.path("allowed").asBoolean()).isTrue();
      assertThat(explained.path("wouldRefuse").toString())
          .isEqualTo("[{\"restriction\":\"ip\",\"restrictionReason\":\"address_not_allowed\"}]");
      assertThat(
              realm
                  .adminKey("POST", key, "/explain", "{\"address\":\"203.0.113.9\"}")
                  .expect(200)
                  .json()
                  .has("wouldRefuse"))
          .isFalse();
    }
  }

  @Test
  void theModeIsShownInWordsAndLeftOutWhereItEnforces() {
    JsonNode key = realm.own("alice", "GET", pat(ELSEWHERE), "", "").expect(200).json();
    assertThat(key.path("restrictions").path(0).path("mode").asText()).isEqualTo("report");
    JsonNode summary = key.path("restrictionSummaries").path(0);
    assertThat(summary.path("mode").asText()).isEqualTo("report");
    assertThat(summary.path("summary").asText())
        .isEqualTo("reports, does not refuse: from 203.0.113.0/24");
    JsonNode enforced =
        realm
            .create("alice", newKey(ENFORCED.replace("{", "{\"mode\":\"enforce\",")))
            .expect(201)
            .json();
    assertThat(enforced.path("restrictions").path(0).has("mode")).isFalse();
    assertThat(enforced.path("restrictionSummaries").path(0).has("mode")).isFalse();
  }

  @Test
  void anUnknownModeIsRefusedByItsName() {
    Reply refused = realm.create("alice", newKey(ENFORCED.replace("{", "{\"mode\":\"log\",")));
    assertThat(refused.expect(400).text("field")).isEqualTo("restrictions[0].mode");
    assertThat(refused.text("detail")).contains("enforce or report");
  }

  @Test
  void toSwitchToReportNeedsAFreshSignInAndToSwitchBackDoesNot() {
    TestKey key = pat(Map.of("type", "ip", "allow", List.of("127.0.0.0/8", "::1")));
    realm.policy(Map.of("max_auth_age", "0")).expect(204);
    realm
        .own("alice", "PATCH", key, "", body(ENFORCED.replace("{", "{\"mode\":\"report\",")))
        .expect(401);
    realm.own("alice", "PATCH", key, "", body(ENFORCED + "," + REPORTING)).expect(200);
    realm.own("alice", "PATCH", key, "", body(ENFORCED)).expect(200);
    realm.policy(Map.of()).expect(204);
    realm
        .own("alice", "PATCH", key, "", body(ENFORCED.replace("{", "{\"mode\":\"report\",")))
        .expect(200);
    realm.policy(Map.of("max_auth_age", "0")).expect(204);
    realm.own("alice", "PATCH", key, "", body(ENFORCED)).expect(200);
  }

  @Test
  void aDryRunSaysWhetherAnEditWidensAndChangesNothing() {
    TestKey key = pat(Map.of("type", "ip", "allow", List.of("127.0.0.0/8", "::1")));
    realm.policy(Map.of("max_auth_age", "0")).expect(204);
    String before = realm.own("alice", "GET", key, "", "").expect(200).body();
    String dry = ",\"dryRun\":true}";
    JsonNode wider = dryRun(key, body(REPORTING).replaceFirst("}$", dry));
    assertThat(wider.path("widens").asBoolean()).isTrue();
    assertThat(wider.at("/key/restrictions/0/mode").asText()).isEqualTo("report");
    JsonNode narrower = dryRun(key, body(ENFORCED + "," + REPORTING).replaceFirst("}$", dry));
    assertThat(narrower.path("widens").asBoolean()).isFalse();
    assertThat(realm.own("alice", "GET", key, "", "").expect(200).body()).isEqualTo(before);
    assertThat(
            realm
                .adminKey("PATCH", key, "", body(REPORTING).replaceFirst("}$", dry))
                .expect(200)
                .json()
                .path("widens")
                .asBoolean())
        .isTrue();
    Reply inQuery = realm.own("alice", "PATCH", key, "?dryRun=true", body(ENFORCED));
    assertThat(inQuery.expect(400).text("field")).isEqualTo("dryRun");
  }

  private static JsonNode dryRun(TestKey key, String json) {
    return realm.own("alice", "PATCH", key, "", json).expect(200).json();
  }

  @Test
  void nothingIsSuggestedFromNoUses() {
    TestKey key = pat(ELSEWHERE);
    JsonNode none = realm.own("alice", "GET", key, "/suggestion", "").expect(200).json();
    assertThat(none.path("notSuggested").findValuesAsText("reason"))
        .containsExactly("too_few_uses", "too_few_uses");
    assertThat(none.has("scopes") || none.has("restrictions") || none.has("basedOn")).isFalse();
    realm.own("alice", "POST", key, "/suggestion", "{\"scopes\":[]}").expect(409);
    realm.own("alice", "POST", key, "/suggestion", body(ENFORCED)).expect(409);
    assertThat(realm.own("alice", "POST", key, "/suggestion", "{}").expect(400).text("field"))
        .isEqualTo("scopes");
    realm.own("bob", "GET", key, "/suggestion", "").expect(404);
    realm.own("bob", "POST", key, "/suggestion", "{\"scopes\":[]}").expect(404);
  }

  @Nested
  class ARequirement {

    private final Map<String, String> required =
        Map.of("personal-access-token.required-restrictions", "ip");

    @Test
    void isNotMetAtCreationNorByAnEdit() {
      TestKey key = pat(Map.of("type", "ip", "allow", List.of("127.0.0.0/8", "::1")));
      realm.policy(required).expect(204);
      Reply refused = realm.create("alice", newKey(REPORTING));
      assertThat(refused.expect(400).text("field")).isEqualTo("restrictions");
      assertThat(refused.text("detail")).contains("only reports, which counts as none");
      realm.own("alice", "PATCH", key, "", body(REPORTING)).expect(400);
      realm.own("alice", "PATCH", key, "", body(REPORTING + "," + ENFORCED)).expect(200);
    }

    @Test
    void isNotMetByKeysThatAreThere() {
      TestKey reporting = pat(ELSEWHERE);
      TestKey both =
          realm.pat(
              "alice",
              Map.of(
                  "scopes",
                  List.of("orders:read"),
                  "restrictions",
                  List.of(
                      ELSEWHERE, Map.of("type", "ip", "allow", List.of("127.0.0.0/8", "::1")))));
      String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
      realm
          .policy(TestRealm.and(required, Map.of("existing-keys-enforced-from", tomorrow)))
          .expect(204);
      assertThat(realm.own("alice", "GET", reporting, "", "").text("endsAt")).isEqualTo(tomorrow);
      assertThat(realm.own("alice", "GET", both, "", "").json().has("endsAt")).isFalse();
      assertThat(found("beyondPolicy=true")).contains(reporting.id()).doesNotContain(both.id());
      assertThat(found("restricted=false")).contains(reporting.id()).doesNotContain(both.id());
      realm.ahead(
          Duration.ofHours(25),
          () -> {
            realm.verify(reporting.text(), "?client=acme-api").expect(401);
            realm.verify(both.text(), "?client=acme-api").expect(200);
          });
    }

    private String found(String query) {
      return realm.admin("GET", "/access-keys?max=1000&" + query, null).expect(200).body();
    }
  }

  @Test
  void exportAndImportKeepTheMode() {
    TestKey key = pat(ELSEWHERE);
    String row = "[" + rowOf(key).toString().replace(key.id(), "0123456789REPORT") + "]";
    realm.admin("POST", "/access-keys/import", row).expect(200);
    JsonNode imported =
        realm.admin("GET", "/access-keys/0123456789REPORT", null).expect(200).json();
    assertThat(imported.path("restrictions").path(0).path("mode").asText()).isEqualTo("report");
    assertThat(realm.admin("POST", "/access-keys/import", row).expect(200).body())
        .contains("unchanged");
    realm.policy(Map.of("personal-access-token.required-restrictions", "ip")).expect(204);
    assertThat(
            realm
                .admin(
                    "POST",
                    "/access-keys/import",
                    row.replace("0123456789REPORT", "1123456789REPORT"))
                .expect(200)
                .body())
        .contains("refused", "only reports");
  }

  private static JsonNode rowOf(TestKey key) {
    for (JsonNode row :
        realm.admin("GET", "/access-keys/export?max=1000", null).expect(200).json()) {
      if (row.path("id").asText().equals(key.id())) {
        return row;
      }
    }
    throw new AssertionError("No row of " + key.id());
  }
}
