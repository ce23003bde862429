package io.accesskeys.it.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Http;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Rolls with a new expiry, by administrators and by keys themselves; use of retired secrets. */
class RollByOthersIT {

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("roll-by-others");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @AfterEach
  void usualPolicy() {
    realm.policy(Map.of()).expect(204);
  }

  private static Reply verify(TestKey key) {
    return realm.verify(key.text(), "?client=acme-api");
  }

  private static Reply rollItself(TestKey key, String body, Map<String, String> headers) {
    Reply reply =
        Http.json(
            "POST",
            realm.uri("/access-keys/self/roll"),
            TestRealm.and(TestRealm.bearer(key.text()), headers),
            body);
    return reply;
  }

  private static String in(Duration time) {
    return Instant.now().plus(time).toString();
  }

  @Nested
  class ANewExpiry {

    @Test
    void revivesAnExpiredTokenUnderANewSecretOnly() {
      TestKey old =
          realm.pat(
              "alice",
              Map.of("scopes", List.of("orders:read"), "expiresAt", in(Duration.ofHours(1))));
      realm.ahead(
          Duration.ofHours(2),
          () -> {
            assertThat(verify(old).status()).isEqualTo(401);
            Reply without = realm.roll("alice", old, "", Map.of());
            assertThat(without.status()).isEqualTo(400);
            assertThat(without.text("field")).isEqualTo("expiresAt");
            String end = in(Duration.ofDays(9));
            assertThat(
                    realm
                        .roll(
                            "alice",
                            old,
                            "{\"overlap\":\"PT1H\",\"expiresAt\":\"" + end + "\"}",
                            Map.of())
                        .text("field"))
                .isEqualTo("overlap");

            Reply rolled =
                realm.roll("alice", old, "{\"expiresAt\":\"" + end + "\"}", Map.of()).expect(200);

            assertThat(rolled.text("state")).isEqualTo("active");
            assertThat(rolled.text("expiresAt").substring(0, 19)).isEqualTo(end.substring(0, 19));
            assertThat(rolled.text("renewedAt")).isNotEmpty();
            assertThat(verify(TestKey.of(rolled)).status()).isEqualTo(200);
            assertThat(verify(old).status()).isEqualTo(401);
          });
    }

    @Test
    void doesNotLetTheOldSecretOutliveItsOwn() {
      String soon = in(Duration.ofHours(1));
      TestKey old = realm.pat("alice", Map.of("scopes", List.of(), "expiresAt", soon));
      Reply rolled =
          realm
              .roll(
                  "alice",
                  old,
                  "{\"overlap\":\"PT24H\",\"expiresAt\":\"%s\"}".formatted(in(Duration.ofDays(9))),
                  Map.of())
              .expect(200);
      assertThat(rolled.text("retiresAt").substring(0, 19)).isEqualTo(soon.substring(0, 19));
    }

    @Test
    void countsTheLifeThatThePolicyAllowsAnew() {
      realm.policy(Map.of("personal-access-token.max-lifetime", "P10D")).expect(204);
      TestKey key =
          realm.pat("alice", Map.of("scopes", List.of(), "expiresAt", in(Duration.ofDays(9))));
      realm.ahead(
          Duration.ofDays(8),
          () -> {
            String end = Instant.now().plus(Duration.ofDays(17)).toString();
            realm.roll("alice", key, "{\"expiresAt\":\"" + end + "\"}", Map.of()).expect(200);
            assertThat(realm.admin("GET", "/access-keys?beyondPolicy=true&max=1000", null).body())
                .doesNotContain(key.id());
          });
    }
  }

  @Nested
  class AnAdministrator {

    @Test
    void seesTheNewSecretAndLeavesAnAdminEvent() {
      TestKey old = realm.pat("alice", "orders:read");
      Reply rolled = realm.adminKey("POST", old, "/roll", "{\"overlap\":\"PT0S\"}").expect(200);
      TestKey current = TestKey.of(rolled);
      assertThat(verify(current).status()).isEqualTo(200);
      assertThat(verify(old).status()).isEqualTo(401);
      assertThat(rolled.json().at("/owner/user").asText())
          .isEqualTo(TestRealm.id(realm.user("alice")));
      assertThat(rolled.header("Cache-Control")).hasValue("no-store");
      String events = realm.admin("GET", "/admin-events?max=5", null).expect(200).body();
      assertThat(events).contains("access-keys/" + old.id()).doesNotContain(current.text());
      assertThat(realm.adminKey("POST", old, "/roll", "{\"overlap\":1}").status()).isEqualTo(400);
    }
  }

  @Nested
  class AKeyItself {

    private final Map<String, String> allowed = Map.of("api-key.self-roll", "P90D");

    @Test
    void mayNotUnlessThePolicyAllowsIt() {
      TestKey key = realm.apiKey("orders:read");
      assertThat(rollItself(key, "", Map.of()).status()).isEqualTo(400);
      assertThat(verify(key).status()).isEqualTo(200);
    }

    @Test
    void getsANewSecretAndNothingMore() {
      realm.policy(allowed).expect(204);
      TestKey old = realm.apiKey("orders:read");
      JsonNode before = realm.adminKey("GET", old, "", null).expect(200).json();

      Reply rolled = rollItself(old, "{\"overlap\":\"PT1H\"}", Map.of("If-Match", "\"1\""));

      TestKey current = TestKey.of(rolled.expect(200));
      assertThat(verify(current).status()).isEqualTo(200);
      assertThat(verify(current).header("X-Access-Key-Retires-At")).hasValue("");
      assertThat(verify(old).header("X-Access-Key-Retires-At")).hasValue(rolled.text("retiresAt"));
      JsonNode after = realm.adminKey("GET", old, "", null).expect(200).json();
      for (String member : List.of("expiresAt", "scopes", "restrictions", "owner", "createdAt")) {
        assertThat(after.path(member)).as(member).isEqualTo(before.path(member));
      }
      assertThat(rollItself(current, "", Map.of("If-Match", "\"1\"")).status()).isEqualTo(409);
    }

    @Test
    void canGetOnAfterAnAnswerThatWasLost() {
      realm.policy(allowed).expect(204);
      TestKey old = realm.apiKey("orders:read");
      TestKey lost = TestKey.of(rollItself(old, "", Map.of()).expect(200));

      assertThat(rollItself(old, "", Map.of()).status()).isEqualTo(409);
      TestKey current =
          TestKey.of(rollItself(old, "{\"replacePending\":true}", Map.of()).expect(200));

      assertThat(verify(old).status()).isEqualTo(200);
      assertThat(verify(current).status()).isEqualTo(200);
      assertThat(verify(lost).status()).isEqualTo(401);
    }

    @Test
    void keepsTheSecretThatItRollsWithEvenIfThatWasNeverUsedBefore() {
      realm.policy(allowed).expect(204);
      TestKey first = realm.apiKey("orders:read");
      TestKey second = TestKey.of(rollItself(first, "", Map.of()).expect(200));
      String again = "{\"replacePending\":true}";

      TestKey lost = TestKey.of(rollItself(second, again, Map.of()).expect(200));
      TestKey current = TestKey.of(rollItself(second, again, Map.of()).expect(200));

      assertThat(verify(first).status()).isEqualTo(401);
      assertThat(verify(second).status()).isEqualTo(200);
      assertThat(verify(lost).status()).isEqualTo(401);
      assertThat(verify(current).status()).isEqualTo(200);
    }

    @Test
    void keepsItsOldSecretLongEnoughToTryAgainAndItsExpiryForEver() {
      realm.policy(allowed).expect(204);
      TestKey key = realm.apiKey("orders:read");
      assertThat(rollItself(key, "{\"overlap\":\"PT0S\"}", Map.of()).text("field"))
          .isEqualTo("overlap");
      assertThat(
              rollItself(key, "{\"expiresAt\":\"" + in(Duration.ofDays(9)) + "\"}", Map.of())
                  .text("field"))
          .isEqualTo("expiresAt");
      assertThat(rollItself(key, "{\"unknown\":1}", Map.of()).status()).isEqualTo(400);
      assertThat(verify(key).status()).isEqualTo(200);
    }

    @Test
    void canDoItUntilTheEndOfItsFamily() {
      realm.policy(Map.of("api-key.self-roll", "P2D")).expect(204);
      TestKey key = realm.apiKey("orders:read");
      realm.ahead(
          Duration.ofHours(49),
          () -> {
            assertThat(verify(key).status()).isEqualTo(200);
            assertThat(rollItself(key, "", Map.of()).status()).isEqualTo(400);
          });
    }

    @Test
    void needsToBeGoodWhereItIsUsed() {
      realm.policy(allowed).expect(204);
      TestKey key = realm.apiKey("orders:read");
      realm.adminKey("POST", key, "/suspend", "").expect(204);
      assertThat(rollItself(key, "", Map.of()).status()).isEqualTo(401);
      assertThat(rollItself(new TestKey("x", "nonsense", 1), "", Map.of()).status()).isEqualTo(401);
    }
  }

  @Nested
  class ARetiredSecret {

    private TestKey retired(TestKey key) {
      return TestKey.of(realm.roll("alice", key, "{\"overlap\":\"PT0S\"}", Map.of()).expect(200));
    }

    private String state(TestKey key) {
      return realm.own("alice", "GET", key, "", "").text("state");
    }

    @Test
    void isRefusedAndByDefaultNothingElseHappens() {
      TestKey old = realm.pat("alice", "orders:read");
      TestKey current = retired(old);
      assertThat(verify(old).status()).isEqualTo(401);
      assertThat(realm.grant(old.text(), Map.of()).status()).isEqualTo(400);
      assertThat(realm.introspect(old.text(), Map.of()).body()).isEqualTo("{\"active\":false}");
      assertThat(verify(current).status()).isEqualTo(200);
      assertThat(realm.admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR", null).body())
          .contains("retired_secret");
    }

    @Test
    void suspendsTheKeyIfThePolicySaysSoUntilItsOwnerResumesIt() {
      realm.policy(Map.of("when-retired-used", "suspend")).expect(204);
      TestKey old = realm.pat("alice", "orders:read");
      TestKey current = retired(old);
      assertThat(verify(current).status()).isEqualTo(200);

      assertThat(verify(old).status()).isEqualTo(401);

      assertThat(verify(current).status()).isEqualTo(401);
      assertThat(state(current)).isEqualTo("suspended");
      assertThat(realm.admin("GET", "/events?type=UPDATE_CREDENTIAL", null).body())
          .contains("suspend-reused");
      realm.own("alice", "POST", current, "/resume", "").expect(204);
      assertThat(verify(current).status()).isEqualTo(200);
    }

    @Test
    void doesSoOnEveryWayIn() {
      realm.policy(Map.of("when-retired-used", "suspend")).expect(204);
      TestKey byGrant = realm.pat("alice", "orders:read");
      TestKey afterGrant = retired(byGrant);
      assertThat(realm.grant(byGrant.text(), Map.of()).status()).isEqualTo(400);
      assertThat(state(afterGrant)).isEqualTo("suspended");
      TestKey byIntrospection = realm.pat("alice", "orders:read");
      TestKey afterIntrospection = retired(byIntrospection);
      realm.introspect(byIntrospection.text(), Map.of()).expect(200);
      assertThat(state(afterIntrospection)).isEqualTo("suspended");
    }

    @Test
    void isNoCrimeInATokenThatWasMintedBeforeOrInARollThatIsRepeated() {
      realm
          .policy(Map.of("when-retired-used", "suspend", "personal-access-token.self-roll", "P90D"))
          .expect(204);
      TestKey old = realm.pat("alice", "orders:read");
      String jwt = realm.jwt(old);
      TestKey current = retired(old);
      assertThat(realm.introspect(jwt, Map.of()).body()).isEqualTo("{\"active\":false}");
      assertThat(rollItself(old, "", Map.of()).status()).isEqualTo(401);
      assertThat(state(current)).isEqualTo("active");
    }

    @Test
    void ofAnotherKeyOrAWrongOneSuspendsNothing() {
      realm.policy(Map.of("when-retired-used", "suspend")).expect(204);
      TestKey key = realm.pat("alice", "orders:read");
      TestKey other = retired(realm.pat("alice", "orders:read"));
      assertThat(verify(new TestKey(key.id(), key.text() + "x", 1)).status()).isEqualTo(401);
      assertThat(state(key)).isEqualTo("active");
      assertThat(state(other)).isEqualTo("active");
    }
  }

  @Nested
  class ScannerRules {

    @Test
    void nameEveryPrefixOfTheRealm() {
      realm.policy(Map.of("api-key.prefixes", "acme_live##acme_test")).expect(204);
      Reply rules = realm.admin("GET", "/access-keys/scanner-rules", null).expect(200);
      assertThat(rules.header("Content-Type").orElse("")).startsWith("text/plain");
      assertThat(rules.body())
          .contains("title = \"Access keys of the realm roll-by-others\"")
          .contains("id = \"access-key-acme-live\"", "keywords = [\"acme_test_\"]")
          .contains("kcpat_[0-9A-Za-z]{65}");
      assertThat(
              realm.adminAs(realm.as("alice"), "GET", "/access-keys/scanner-rules", null).status())
          .isEqualTo(403);
    }
  }
}
