package io.accesskeys.it.restriction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A realm that requires a restriction to addresses is not content with one to all of them. */
class RequiredAddressIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Map<String, String> REQUIRED =
      Map.of("personal-access-token.required-restrictions", "ip");

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("required-address");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @BeforeEach
  void require() {
    realm.policy(REQUIRED).expect(204);
  }

  private static String restrictions(String ip) {
    return "\"restrictions\":[{\"type\":\"ip\"," + ip.replace('\'', '"') + "}]";
  }

  private static Reply make(String ip) {
    return realm.create(
        "alice",
        "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\","
            + restrictions(ip)
            + "}");
  }

  private static boolean works(TestKey key) {
    return realm.verify(key.text(), "?client=acme-api").status() == 200;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'allow':['0.0.0.0/0']",
        "'allow':['::/0']",
        "'allow':['203.0.113.0/24','::/0']",
        "'allow':['0.0.0.0/1','128.0.0.0/1']",
        "'allow':['0.0.0.0/0'],'not':['203.0.113.7']",
        "'allow':['2000::/3']"
      })
  void newKeysAndEditsDoNotMeetItWithAlmostEverything(String ip) {
    Reply refused = make(ip);
    assertThat(refused.expect(400).text("field")).isEqualTo("restrictions");
    assertThat(refused.text("detail")).contains("more than half of all addresses", "name fewer");

    TestKey key = TestKey.of(make("'allow':['127.0.0.0/8']").expect(201));
    Reply widened = realm.own("alice", "PATCH", key, "", "{" + restrictions(ip) + "}");
    assertThat(widened.expect(400).text("field")).isEqualTo("restrictions");
    assertThat(works(key)).isTrue();
    realm.revoke("alice", key).expect(204);
  }

  @Test
  void whereItIsNotRequiredItMayBeEverything() {
    realm.policy(Map.of()).expect(204);
    assertThat(works(TestKey.of(make("'allow':['0.0.0.0/0']").expect(201)))).isTrue();
  }

  @Test
  void keysThatAreThereEndAtTheDateAndAreFoundBefore() {
    realm.policy(Map.of()).expect(204);
    TestKey wide = TestKey.of(make("'allow':['0.0.0.0/0']").expect(201));
    TestKey narrow = TestKey.of(make("'allow':['127.0.0.0/8']").expect(201));
    String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
    realm
        .policy(TestRealm.and(REQUIRED, Map.of("existing-keys-enforced-from", tomorrow)))
        .expect(204);
    assertThat(realm.own("alice", "GET", wide, "", "").text("endsAt")).isEqualTo(tomorrow);
    String beyond =
        realm.admin("GET", "/access-keys?beyondPolicy=true&max=1000", null).expect(200).body();
    assertThat(beyond).contains(wide.id()).doesNotContain(narrow.id());
    assertThat(works(wide)).isTrue();
    realm.ahead(
        Duration.ofHours(25),
        () -> {
          assertThat(works(wide)).isFalse();
          assertThat(works(narrow)).isTrue();
        });
  }

  @Test
  void importedKeysAreRefusedOrReported() {
    realm.policy(Map.of()).expect(204);
    TestKey key = TestKey.of(make("'allow':['::/0']").expect(201));
    ArrayNode rows = JSON.createArrayNode();
    for (JsonNode row : realm.admin("GET", "/access-keys/export?max=1000", null).json()) {
      if (row.path("id").asText().equals(key.id())) {
        rows.add(((ObjectNode) row).put("id", "0123456789ABCDEF"));
      }
    }
    realm.policy(REQUIRED).expect(204);
    JsonNode refused = imported("", rows);
    assertThat(List.of(refused.path("result").asText(), refused.path("field").asText()))
        .containsExactly("refused", "restrictions");
    assertThat(realm.admin("GET", "/access-keys/0123456789ABCDEF", null).status()).isEqualTo(404);

    JsonNode kept = imported("?beyondPolicy=keep", rows);
    assertThat(kept.path("result").asText()).isEqualTo("created");
    assertThat(kept.path("reason").asText()).contains("beyond the policy", "counts as none");
    assertThat(imported("", rows).path("result").asText()).isEqualTo("unchanged");
    Reply wrong = realm.admin("POST", "/access-keys/import?beyondPolicy=yes", rows.toString());
    assertThat(wrong.expect(400).text("field")).isEqualTo("beyondPolicy");
  }

  private static JsonNode imported(String query, JsonNode rows) {
    return realm
        .admin("POST", "/access-keys/import" + query, rows.toString())
        .expect(200)
        .json()
        .path(0);
  }
}
