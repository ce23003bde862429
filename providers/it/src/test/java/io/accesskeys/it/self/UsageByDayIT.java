package io.accesskeys.it.self;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.key.KeyText;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What owners and administrators see of the uses of a key. */
class UsageByDayIT {

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("usage-by-day");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static int use(String text, String query) {
    return Http.get(
            realm.uri("/access-keys/verify?client=acme-api" + query), TestRealm.bearer(text))
        .status();
  }

  private static JsonNode shown(TestKey key, String path) {
    realm.writeUses();
    JsonNode own = realm.own("alice", "GET", key, path, "").expect(200).json();
    assertThat(realm.adminKey("GET", key, path, null).expect(200).json()).isEqualTo(own);
    return own;
  }

  @Test
  void usesAreShownByDay() {
    TestKey key = realm.pat("alice", "orders:read", "orders:write");
    assertThat(use(key.text(), "&scope=orders:read")).isEqualTo(200);
    assertThat(use(key.text(), "")).isEqualTo(200);
    realm.introspect(key.text(), Map.of()).expect(200);
    JsonNode usage = shown(key, "/usage");
    JsonNode day = usage.at("/days/0");
    assertThat(LocalDate.parse(day.path("day").asText()))
        .isBetween(
            LocalDate.now(ZoneOffset.UTC).minusDays(1), LocalDate.now(ZoneOffset.UTC).plusDays(1));
    assertThat(day.path("accepted").asInt()).isEqualTo(3);
    assertThat(day.path("refused").asInt()).isZero();
    assertThat(day.at("/secrets/1").asInt()).isEqualTo(3);
    assertThat(usage.path("scopes").findValuesAsText("name")).containsExactly("orders:read");
    assertThat(usage.path("addresses").findValuesAsText("name")).containsExactly("127.0.0.0/24");
    assertThat(usage.path("entryPoints").findValuesAsText("name"))
        .containsExactly("introspection", "verify");
  }

  @Test
  void refusalsAreShownInWordsAndStrangersPushNothingOut() {
    TestKey key = realm.pat("alice", "orders:read");
    assertThat(use(key.text(), "&scope=orders:write")).isEqualTo(403);
    realm.own("alice", "POST", key, "/suspend", "").expect(204);
    assertThat(use(key.text(), "")).isEqualTo(401);
    assertThat(use(key.text(), "")).isEqualTo(401);
    JsonNode before = shown(key, "/refusals");
    assertThat(before.findValuesAsText("reason"))
        .containsExactly("suspended", "insufficient_scope");
    assertThat(before.at("/0/times").asInt()).isEqualTo(2);
    assertThat(before.at("/0/fix").asText()).isEqualTo("Resume the key");
    assertThat(before.at("/0/entryPoint").asText()).isEqualTo("verify");
    String wrong = KeyText.generate("kcpat", key.id(), new SecureRandom()).reveal();
    for (int i = 0; i < 50; i++) {
      assertThat(use(wrong, "")).isEqualTo(401);
    }
    assertThat(shown(key, "/refusals")).isEqualTo(before);
    assertThat(shown(key, "/usage").at("/days/0/wrongSecrets").asInt()).isEqualTo(50);
    assertThat(shown(key, "/usage").at("/days/0/refused").asInt()).isEqualTo(3);
  }

  @Test
  void whatARestrictionWouldHaveRefusedIsMarked() {
    TestKey key =
        realm.pat(
            "alice",
            Map.of(
                "scopes",
                List.of("orders:read"),
                "restrictions",
                List.of(
                    Map.of("type", "ip", "allow", List.of("203.0.113.0/24"), "mode", "report"))));
    assertThat(use(key.text(), "")).isEqualTo(200);
    JsonNode refusal = shown(key, "/refusals").path(0);
    assertThat(refusal.path("mode").asText()).isEqualTo("report");
    assertThat(refusal.path("cause").asText()).isEqualTo("ip");
    assertThat(shown(key, "/usage").at("/days/0/reported").asInt()).isEqualTo(1);
  }
}
