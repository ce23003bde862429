package io.accesskeys.it.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rolls on a schedule. */
class ScheduleIT {

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("schedule");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @AfterEach
  void usualPolicy() {
    realm.policy(Map.of()).expect(204);
  }

  private static String inAYear() {
    return Instant.now().plus(Duration.ofDays(360)).toString();
  }

  private static TestKey scheduled(TestRealm where, Map<String, String> roll) {
    return where.pat(
        "alice", Map.of("scopes", List.of("orders:read"), "expiresAt", inAYear(), "roll", roll));
  }

  private static TestKey scheduled(Map<String, String> roll) {
    return scheduled(realm, roll);
  }

  private static JsonNode shown(TestKey key) {
    return realm.own("alice", "GET", key, "", "").expect(200).json();
  }

  private static int verify(TestRealm where, TestKey key) {
    return where.verify(key.text(), "?client=acme-api").status();
  }

  private static int verify(TestKey key) {
    return verify(realm, key);
  }

  private static Instant instant(JsonNode json, String member) {
    return Instant.parse(json.path(member).asText());
  }

  @Test
  void isShownWithItsNextTimeAndDeadline() {
    TestKey key = scheduled(Map.of("every", "P90D", "overlap", "P3D"));
    JsonNode json = shown(key);
    assertThat(json.path("roll").toString())
        .isEqualTo("{\"every\":\"P90D\",\"overlap\":\"PT72H\",\"delivery\":\"pickup\"}");
    assertThat(instant(json, "rollDueAt"))
        .isEqualTo(instant(json, "createdAt").plus(Duration.ofDays(90)));
    assertThat(instant(json, "rollDeadline"))
        .isEqualTo(instant(json, "rollDueAt").plus(Duration.ofDays(3)));
    realm.own("alice", "PATCH", key, "", "{\"roll\":null}").expect(200);
    assertThat(shown(key).has("roll")).isFalse();
    assertThat(shown(key).has("rollDueAt")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "roll|{}",
        "roll.every|{\"every\":\"P0D\"}",
        "roll.every|{\"every\":\"P999999999Y\"}",
        "roll.every|{\"every\":\"-P1M\"}",
        "roll.at|{\"at\":\"2020-01-01T00:00:00Z\"}",
        "roll.overlap|{\"every\":\"P9D\",\"overlap\":\"PT1S\"}",
        "roll.overlap|{\"every\":\"P9D\",\"overlap\":\"P400D\"}",
        "roll.delivery|{\"every\":\"P9D\",\"delivery\":\"pigeon\"}",
        "roll.cron|{\"cron\":\"* * *\"}",
      })
  void aWrongScheduleNamesWhatIsWrong(String field, String roll) {
    Reply refused =
        realm.create(
            "alice",
            "{\"kind\":\"personal-access-token\",\"name\":\"n\",\"client\":\"acme-api\",\"roll\":"
                + roll
                + "}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("field")).isEqualTo(field);
  }

  @Test
  void ofAClientNeedsSomebodyToTellUnlessTheKeyRollsItself() {
    String body =
        """
        {"kind":"api-key","name":"n","client":"acme-api","owner":{"client":"billing-worker"},
         "roll":{"every":"P90D","delivery":"%s"}}
        """;
    Reply refused = realm.admin("POST", "/access-keys", body.formatted("pickup"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("field")).isEqualTo("roll.delivery");
    realm.admin("POST", "/access-keys", body.formatted("self")).expect(201);
    realm.change(
        realm.client("billing-worker"),
        Map.of("attributes", Map.of("access-keys.contacts", "ops@acme.example")));
    realm.admin("POST", "/access-keys", body.formatted("pickup")).expect(201);
  }

  @Test
  void aRollThatIsDueLetsTheOldSecretLiveUntilItsDeadline() {
    TestKey key = scheduled(Map.of("every", "P10D", "overlap", "P5D"));
    String deadline = shown(key).path("rollDeadline").asText();
    realm.ahead(
        Duration.ofDays(11),
        () -> {
          Reply rolled = realm.roll("alice", key, "", Map.of()).expect(200);
          assertThat(
                  Duration.between(Instant.parse(rolled.text("retiresAt")), Instant.parse(deadline))
                      .abs())
              .isLessThan(Duration.ofSeconds(2));
          // It was due on day 10, and is due next on day 20: not ten days after it was rolled.
          assertThat(instant(rolled.json(), "rollDueAt"))
              .isEqualTo(instant(rolled.json(), "createdAt").plus(Duration.ofDays(20)));
          assertThat(verify(key)).isEqualTo(200);
        });
    realm.ahead(Duration.ofDays(16), () -> assertThat(verify(key)).isEqualTo(401));
  }

  @Test
  void onceIsOnce() {
    String at = Instant.now().plus(Duration.ofDays(10)).toString();
    TestKey key = scheduled(Map.of("at", at, "delivery", "self"));
    assertThat(instant(shown(key), "rollDueAt").toString().substring(0, 19))
        .isEqualTo(at.substring(0, 19));
    realm.ahead(
        Duration.ofDays(11),
        () -> {
          Reply rolled = realm.roll("alice", key, "", Map.of()).expect(200);
          assertThat(rolled.json().has("rollDueAt")).isFalse();
        });
  }

  @Test
  void aKeyThatIsLateIsRefusedUntilItIsRolledIfThePolicySaysSo() {
    TestKey key = scheduled(Map.of("every", "P10D", "overlap", "P1D"));
    realm.ahead(Duration.ofDays(12), () -> assertThat(verify(key)).isEqualTo(200));
    realm.policy(Map.of("when-roll-overdue", "expire")).expect(204);
    realm.ahead(
        Duration.ofDays(12),
        () -> {
          assertThat(verify(key)).isEqualTo(401);
          assertThat(shown(key).path("state").asText()).isEqualTo("expired");
          TestKey current = TestKey.of(realm.roll("alice", key, "", Map.of()).expect(200));
          assertThat(verify(current)).isEqualTo(200);
          assertThat(verify(key)).isEqualTo(401);
        });
  }

  @Test
  void aPolicyGivesNewKeysItsScheduleAndNoneLaxer() {
    realm.policy(Map.of("personal-access-token.roll-every", "P30D")).expect(204);
    TestKey usual = realm.pat("alice", "orders:read");
    assertThat(shown(usual).at("/roll/every").asText()).isEqualTo("P30D");
    TestKey stricter = scheduled(Map.of("every", "P7D"));
    assertThat(shown(stricter).at("/roll/every").asText()).isEqualTo("P7D");
    for (String laxer : List.of("{\"every\":\"P31D\"}", "{\"at\":\"" + inAYear() + "\"}")) {
      Reply refused = realm.own("alice", "PATCH", stricter, "", "{\"roll\":" + laxer + "}");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("field")).isEqualTo("roll.every");
    }
    realm.own("alice", "PATCH", stricter, "", "{\"roll\":null}").expect(200);
    assertThat(shown(stricter).at("/roll/every").asText()).isEqualTo("P30D");
  }

  @Test
  void aPolicyReachesKeysThatWereMadeBeforeItFromItsDateOn() {
    TestKey key =
        realm.pat("alice", Map.of("scopes", List.of("orders:read"), "expiresAt", inAYear()));
    realm.policy(Map.of("personal-access-token.roll-every", "P30D")).expect(204);
    assertThat(shown(key).has("roll")).isFalse();
    Instant from = Instant.now().plus(Duration.ofDays(60));
    realm
        .policy(
            Map.of(
                "personal-access-token.roll-every",
                "P30D",
                "existing-keys-enforced-from",
                from.toString()))
        .expect(204);
    Instant due = instant(shown(key), "rollDueAt");
    assertThat(due).isBetween(from, from.plus(Duration.ofDays(7)));
    // A job writes it down after the date; it is the same before and after.
    realm.ahead(
        Duration.ofDays(61),
        () -> {
          realm.upkeep();
          assertThat(realm.admin("GET", "/access-keys/export?max=1000", null).body())
              .matches("(?s).*" + key.id() + "[^}]*}.*\"every\":\"P30D\".*");
          assertThat(instant(shown(key), "rollDueAt").toEpochMilli() / 1000)
              .isEqualTo(due.toEpochMilli() / 1000);
        });
  }

  @Test
  void aDeliveryOfAnotherJarGetsTheNewSecret() {
    TestKey key =
        scheduled(Map.of("every", "P10D", "overlap", "P2D", "delivery", "test-attribute"));
    realm.ahead(
        Duration.ofDays(10).plusHours(1),
        () -> {
          realm.upkeep();
          assertThat(delivered(key)).isNotEmpty();
          TestKey current = new TestKey(key.id(), delivered(key), 2);
          assertThat(verify(current)).isEqualTo(200);
          assertThat(verify(key)).isEqualTo(200);
          assertThat(shown(key).path("state").asText()).isEqualTo("rolling");
        });
    realm.ahead(Duration.ofDays(13), () -> assertThat(verify(key)).isEqualTo(401));
  }

  private static String delivered(TestKey key) {
    return realm
        .admin("GET", "", null)
        .json()
        .path("attributes")
        .path("new-secret." + key.id())
        .asText();
  }

  @Test
  void deadlinesHoldWhereNoJobEverRuns() {
    Settings settings =
        Settings.ofItsOwn()
            .withOptions(
                List.of(
                    "--spi-access-key-jobs--default--interval=864000",
                    "--spi-access-key-jobs--default--mail-interval=864000"));
    try (KeycloakServer jobless = KeycloakServer.start(settings);
        TestRealm quiet = TestRealm.create(jobless, "quiet")) {
      quiet.policy(Map.of("when-roll-overdue", "expire")).expect(204);
      TestKey late = scheduled(quiet, Map.of("every", "P10D", "overlap", "P1D"));
      TestKey old =
          quiet.pat("alice", Map.of("scopes", List.of("orders:read"), "expiresAt", inAYear()));
      TestKey current =
          TestKey.of(quiet.roll("alice", old, "{\"overlap\":\"P3D\"}", Map.of()).expect(200));
      TestKey expiring = quiet.pat("alice", "orders:read");
      quiet.ahead(Duration.ofDays(2), () -> assertThat(verify(quiet, old)).isEqualTo(200));
      quiet.ahead(
          Duration.ofDays(4),
          () -> {
            assertThat(verify(quiet, old)).isEqualTo(401);
            assertThat(verify(quiet, current)).isEqualTo(200);
            assertThat(verify(quiet, late)).isEqualTo(200);
          });
      quiet.ahead(Duration.ofDays(12), () -> assertThat(verify(quiet, late)).isEqualTo(401));
      quiet.ahead(Duration.ofDays(31), () -> assertThat(verify(quiet, expiring)).isEqualTo(401));
    }
  }
}
