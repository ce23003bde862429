package io.accesskeys.it.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.DirectGrant;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys of another system: brought in by their hashes, accepted everywhere, and rolled away. */
@Contract
class LegacyKeysIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUERY = "?client=acme-api&scope=orders:read";
  private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
  private static final String KEY_TYPE = "urn:access-keys:token-type:access-key";

  private static final AtomicInteger ELSEWHERE = new AtomicInteger();

  private static TestRealm realm;
  private static LegacyTable table;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("legacy");
    table = new LegacyTable(realm);
    realm.change(
        realm.client("acme-gateway"),
        Map.of("attributes", Map.of("standard.token.exchange.enabled", "true")));
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @BeforeEach
  void accept() {
    realm.policy(LegacyTable.accepted()).expect(204);
  }

  private static String text() {
    return "sk_live_" + UUID.randomUUID();
  }

  private static String created(JsonNode outcome) {
    assertThat(outcome.path("result").asText()).as(outcome.toString()).isEqualTo("created");
    return outcome.path("id").asText();
  }

  private static int verify(Map<String, String> headers) {
    // The same refusal from the same address leaves one event a minute.
    Map<String, String> from =
        Map.of("X-Forwarded-For", "10.9.8." + ELSEWHERE.incrementAndGet() % 250);
    return Http.get(realm.uri("/access-keys/verify" + QUERY), TestRealm.and(headers, from))
        .status();
  }

  private static int verify(String text) {
    return verify(TestRealm.bearer(text));
  }

  private static void assertRefused(Map<String, String> headers, String reason) {
    realm.admin("DELETE", "/events", "").expect(204);
    assertThat(verify(headers)).isEqualTo(401);
    JsonNode events =
        realm.admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR", null).expect(200).json();
    assertThat(events)
        .extracting(event -> event.path("details").path("reason").asText())
        .containsExactly(reason);
  }

  private static void assertRefused(String text, String reason) {
    assertRefused(TestRealm.bearer(text), reason);
  }

  private static void policy(String setting, String value) {
    Map<String, String> settings = new HashMap<>(LegacyTable.accepted());
    settings.put(setting, value);
    realm.policy(settings).expect(204);
  }

  @Test
  void everyPlaceOfForwardAuthTakesOne() {
    String text = text();
    String id = created(table.token(text, "alice"));
    Reply reply = realm.verify(text, QUERY).expect(200);
    assertThat(reply.header("X-Auth-Key-Id")).hasValue(id);
    assertThat(reply.header("X-Auth-Username")).hasValue("alice");
    assertThat(verify(Map.of("X-API-Key", text))).isEqualTo(200);
    assertThat(verify(TestRealm.basic(text, ""))).isEqualTo(200);
    assertThat(verify(TestRealm.basic("", text))).isEqualTo(200);
    assertThat(verify(TestRealm.basic("alice", text))).isEqualTo(200);
    assertThat(verify(TestRealm.basic("bob", text))).isEqualTo(401);
    assertThat(verify(TestRealm.and(TestRealm.bearer(text), Map.of("X-API-Key", text))))
        .isEqualTo(200);
    assertThat(verify(TestRealm.and(TestRealm.bearer(text), Map.of("X-API-Key", text()))))
        .isEqualTo(401);
  }

  @Test
  void everyEndpointTakesOne() {
    String text = text() + ".x:y~z";
    String id = created(table.apiKey(text));
    JsonNode active = realm.introspect(text, Map.of()).expect(200).json();
    assertThat(active.path("access_key").path("id").asText()).isEqualTo(id);
    String jwt = realm.grant(text, Map.of()).expect(200).text("access_token");
    assertThat(TestRealm.claims(jwt).path("access_key_id").asText()).isEqualTo(id);
    assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean()).isTrue();
    Map<String, String> exchange =
        Map.of("grant_type", EXCHANGE, "subject_token", text, "subject_token_type", KEY_TYPE);
    realm
        .oidc("token", TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"), exchange)
        .expect(200);
    JsonNode self =
        Http.get(realm.uri("/access-keys/self"), TestRealm.bearer(text)).expect(200).json();
    assertThat(self.path("legacy").asBoolean()).isTrue();
    assertThat(self.path("redacted").asText()).isEqualTo("…:y~z");
    assertThat(
            realm
                .admin(
                    "POST",
                    "/access-keys/find",
                    JSON.createObjectNode().put("key", text).toString())
                .expect(200)
                .text("id"))
        .isEqualTo(id);
    JsonNode listed =
        realm.admin("GET", "/access-keys?legacy=true&max=1000", null).expect(200).json();
    assertThat(listed).extracting(key -> key.path("id").asText()).contains(id);
    Reply metrics =
        Http.anything(
            "GET", URI.create(realm.server().managementUri() + "/metrics"), Map.of(), null, "");
    assertThat(metrics.body())
        .contains("access_keys_legacy_accepted_total{way=\"grant\"")
        .contains("access_keys_legacy_accepted_total{way=\"introspection\"");
  }

  @Test
  void directGrantTakesOneInPlaceOfThePassword() {
    TestRealm other = TestRealm.create("legacy-direct");
    try {
      other.policy(LegacyTable.accepted()).expect(204);
      DirectGrant grant = DirectGrant.withOnly(other, DirectGrant.TOKEN_STEP);
      String text = text();
      created(new LegacyTable(other).token(text, "alice"));
      grant.send("alice", text).expect(200);
      assertThat(grant.send("alice", text()).status()).isEqualTo(400);
    } finally {
      other.close();
    }
  }

  @Test
  void noneIsAcceptedUnlessThePolicySaysSo() {
    realm.policy(Map.of()).expect(204);
    String text = text();
    JsonNode refused = table.apiKey(text);
    assertThat(refused.path("result").asText()).isEqualTo("refused");
    assertThat(refused.path("reason").asText()).contains("legacy-last-day accepts none");
    assertRefused(text, "malformed");
  }

  @Test
  void noneIsAcceptedAfterTheLastDay() {
    String text = text();
    created(table.apiKey(text));
    assertThat(verify(text)).isEqualTo(200);
    policy("legacy-last-day", LocalDate.now(ZoneOffset.UTC).minusDays(1).toString());
    assertRefused(text, "legacy_ended");
    policy("legacy-last-day", LocalDate.now(ZoneOffset.UTC).toString());
    assertThat(verify(text)).as("on the last day").isEqualTo(200);
  }

  @Test
  void onlyTextsThatThePolicyNamesAreLookedFor() {
    String text = "pk_live_" + UUID.randomUUID();
    created(table.apiKey(text));
    assertRefused(text, "malformed");
    policy("legacy-min-length", "40");
    assertThat(verify(text)).isEqualTo(200);
    policy("legacy-min-length", "45");
    assertThat(verify(text)).isEqualTo(401);
  }

  @Test
  void oneThatIsUnknownIsNeitherTriedAsAPasswordNorRememberedForTooLong() {
    realm.attribute("acme-api", "access-keys.account-passwords", "true");
    realm.change(realm.client("acme-api"), Map.of("directAccessGrantsEnabled", true));
    String text = text();
    assertRefused(TestRealm.basic("alice", text), "unknown");
    created(table.token(text, "alice"));
    assertThat(verify(TestRealm.basic("alice", text))).as("at once").isEqualTo(200);
    assertRefused(TestRealm.basic("alice", "sk_live_\u00e4"), "malformed");
  }

  @Test
  void itsFirstRollGivesItOurForm() {
    String text = text();
    String id = created(table.apiKey(text));
    Reply rolled = realm.admin("POST", "/access-keys/" + id + "/roll", "{}").expect(200);
    assertThat(rolled.text("secret")).startsWith("kcak_" + id);
    assertThat(rolled.json().has("legacy")).isFalse();
    assertThat(verify(rolled.text("secret"))).isEqualTo(200);
    assertThat(verify(text)).as("during the overlap").isEqualTo(200);
    realm
        .admin(
            "POST",
            "/access-keys/" + id + "/roll",
            "{\"overlap\":\"PT0S\",\"replacePending\":true}")
        .expect(200);
    assertRefused(text, "retired_secret");
  }

  @Test
  void whoeverHoldsOneCanEndIt() {
    String byApi = text();
    created(table.apiKey(byApi));
    String byItself = text();
    created(table.apiKey(byItself));
    String found = text();
    String foundId = created(table.apiKey(found));
    assertThat(verify(byApi)).isEqualTo(200);
    Http.form(
            realm.uri("/access-keys/revoke"),
            Map.of(),
            Map.of("client_id", "acme-api", "token", byApi))
        .expect(200);
    Http.json("DELETE", realm.uri("/access-keys/self"), TestRealm.bearer(byItself), "").expect(204);
    Http.json(
            "POST",
            realm.uri("/access-keys/exposed"),
            Map.of(),
            JSON.valueToTree(Map.of("keys", List.of(found + "\n", text()))).toString())
        .expect(202);
    assertThat(List.of(byApi, byItself, found)).allMatch(text -> verify(text) == 401);
    assertThat(realm.admin("GET", "/access-keys/" + foundId, null).text("revocationReason"))
        .isEqualTo("Found in public");
  }

  @Test
  void aTableTwiceChangesNothingAndAHashIsOneKeys() {
    String text = text();
    String id = created(table.apiKey(text));
    assertThat(table.apiKey(text).path("result").asText()).isEqualTo("unchanged");
    JsonNode conflict = table.token(text, "alice");
    assertThat(conflict.path("result").asText()).isEqualTo("conflict");
    assertThat(conflict.path("reason").asText()).isEqualTo("is that of the key " + id);
    String twice =
        "hash,owner,client\n%1$s,billing-worker,acme-api\n%1$s,billing-worker,acme-api\n"
            .formatted(LegacyTable.sha256(text()));
    JsonNode outcomes = table.post("kind=api-key&algorithm=sha256", twice).expect(200).json();
    assertThat(outcomes)
        .extracting(one -> one.path("result").asText())
        .containsExactly("created", "unchanged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kind=api-key|hash,owner,client|algorithm",
        "kind=client-secret&algorithm=sha256|hash,owner,client|kind",
        "kind=api-key&algorithm=bcrypt|hash,owner,client|algorithm",
        "kind=api-key&algorithm=sha256|hash,owner|''",
        "kind=api-key&algorithm=sha256|\"hash|''"
      })
  void aTableThatCannotBeReadIsRefusedWhole(String query, String table, String field) {
    Reply reply = LegacyKeysIT.table.post(query, table).expect(400);
    assertThat(reply.text("field")).isEqualTo(field);
  }

  @Test
  void aRealmCanBeCopiedOnTheSameServer() {
    String text = text();
    String id = created(table.token(text, "alice"));
    String ours = realm.pat("alice", "orders:read").text();
    TestRealm copy = TestRealm.create("legacy-copy");
    try {
      copy.policy(LegacyTable.accepted()).expect(204);
      ArrayNode rows = JSON.createArrayNode();
      realm
          .admin("GET", "/access-keys/export?max=1000", null)
          .expect(200)
          .json()
          .forEach(
              row -> {
                if (row.path("id").asText().equals(id) || ours.contains(row.path("id").asText())) {
                  rows.add(row);
                }
              });
      assertThat(rows).hasSize(2);
      assertThat(copy.verify(ours, QUERY).status()).isEqualTo(401);
      JsonNode outcomes =
          copy.admin("POST", "/access-keys/import", rows.toString()).expect(200).json();
      assertThat(outcomes).allMatch(one -> one.path("result").asText().equals("created"));
      for (String key : List.of(text, ours)) {
        assertThat(copy.verify(key, QUERY).status()).isEqualTo(200);
      }
      copy.admin("POST", "/access-keys/" + id + "/revoke", "{}").expect(204);
      assertThat(copy.verify(text, QUERY).status()).isEqualTo(401);
      assertThat(verify(text)).as("the one it was copied from").isEqualTo(200);
      assertThat(
              copy.admin("POST", "/access-keys/import", rows.toString())
                  .expect(200)
                  .json()
                  .path(0)
                  .path("result")
                  .asText())
          .isIn("conflict", "unchanged");
    } finally {
      copy.close();
    }
    assertThat(verify(text)).as("after the copy is gone").isEqualTo(200);
  }
}
