package io.accesskeys.it.self;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What whoever holds a key can do with it, and about it. */
class KeyItselfIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("itself");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static Reply inspect(String text) {
    return Http.get(realm.uri("/access-keys/self"), TestRealm.bearer(text));
  }

  private static Reply revoke(String text) {
    return Http.json("DELETE", realm.uri("/access-keys/self"), TestRealm.bearer(text), "");
  }

  private static Reply report(List<String> keys) {
    return Http.json(
        "POST",
        realm.uri("/access-keys/exposed"),
        Map.of(),
        JSON.valueToTree(Map.of("keys", keys)).toString());
  }

  private static boolean works(TestKey key) {
    return realm.verify(key.text(), "?client=acme-api").status() == 200;
  }

  @Nested
  class TheKey {

    @Test
    void isAskedForWithoutAnErrorWhereNoneWasSent() {
      Reply none = Http.get(realm.uri("/access-keys/self"), Map.of());
      assertThat(none.status()).isEqualTo(401);
      assertThat(none.header("WWW-Authenticate")).hasValue("Bearer");
      assertThat(inspect("kcpat_none").header("WWW-Authenticate"))
          .hasValue("Bearer error=\"invalid_token\"");
    }

    @Test
    void showsItselfButNeverItsSecret() {
      TestKey key = realm.pat("alice", "orders:read");
      Reply seen = inspect(key.text()).expect(200);
      assertThat(seen.text("id")).isEqualTo(key.id());
      assertThat(seen.json().path("scopes").toString()).isEqualTo("[\"orders:read\"]");
      assertThat(seen.body()).doesNotContain(key.text()).doesNotContain("\"secret\"");
      assertThat(seen.header("Cache-Control")).hasValue("no-store");
    }

    @Test
    void revokesItself() {
      TestKey key = realm.apiKey("orders:read");
      assertThat(works(key)).isTrue();
      revoke(key.text()).expect(204);
      assertThat(works(key)).isFalse();
      assertThat(inspect(key.text()).status()).isEqualTo(401);
      assertThat(revoke(key.text()).status()).isEqualTo(204);
    }

    @Test
    void revokesItselfAlsoWhereItIsNotLetIn() {
      TestKey key = realm.patFrom("alice", "203.0.113.0/24");
      assertThat(inspect(key.text()).status()).isEqualTo(401);
      revoke(key.text()).expect(204);
      assertThat(realm.own("alice", "GET", key, "", "").text("state")).isEqualTo("revoked");
    }

    @Test
    void isNotRevokedByARetiredSecret() {
      TestKey old = realm.pat("alice", "orders:read");
      TestKey current =
          TestKey.of(realm.roll("alice", old, "{\"overlap\":\"PT0S\"}", Map.of()).expect(200));
      assertThat(revoke(old.text()).status()).isEqualTo(401);
      assertThat(works(current)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "kcpat_AAAA", "a.b.c"})
    void thatIsNoneIsRefused(String text) {
      assertThat(inspect(text).status()).isEqualTo(401);
      assertThat(inspect(text).header("WWW-Authenticate").orElse("")).contains("invalid_token");
      assertThat(revoke(text).status()).isEqualTo(401);
    }

    @Test
    void doesNotManageOthers() {
      TestKey key = realm.pat("alice", "orders:read");
      TestKey other = realm.pat("alice", "orders:read");
      assertThat(
              Http.json(
                      "DELETE",
                      realm.uri("/access-keys/" + other.id()),
                      TestRealm.bearer(key.text()),
                      "")
                  .status())
          .isEqualTo(401);
      assertThat(works(other)).isTrue();
    }
  }

  @Nested
  class AReport {

    @Test
    void isReadWithTheEndOfItsLine() {
      TestKey key = realm.pat("alice", "orders:read");
      report(List.of(key.text() + "\n")).expect(202);
      assertThat(works(key)).isFalse();
    }

    @Test
    void ofACurrentKeyRevokesItWhoeverSendsIt() {
      TestKey mine = realm.pat("alice", "orders:read");
      TestKey service = realm.apiKey("orders:read");
      Reply answer = report(List.of(mine.text(), "nonsense", service.text()));
      assertThat(answer.status()).isEqualTo(202);
      assertThat(works(mine)).isFalse();
      assertThat(works(service)).isFalse();
      assertThat(realm.own("alice", "GET", mine, "", "").text("revocationReason"))
          .isEqualTo("Found in public");
    }

    @Test
    void ofARetiringSecretEndsTheKeyAndOfARetiredOneOnlyAlarms() {
      TestKey first = realm.pat("alice", "orders:read");
      TestKey second =
          TestKey.of(realm.roll("alice", first, "{\"overlap\":\"PT0S\"}", Map.of()).expect(200));
      report(List.of(first.text())).expect(202);
      assertThat(works(second)).isTrue();

      TestKey third =
          TestKey.of(realm.roll("alice", second, "{\"overlap\":\"PT1H\"}", Map.of()).expect(200));
      report(List.of(second.text())).expect(202);
      assertThat(works(third)).isFalse();
    }

    @Test
    void isAnsweredAlikeWhateverItHolds() {
      TestKey good = realm.pat("alice", "orders:read");
      Reply bad = report(List.of("kcpat_" + "A".repeat(65)));
      Reply known = report(List.of(good.text()));
      assertThat(known.status()).isEqualTo(bad.status()).isEqualTo(202);
      assertThat(known.body()).isEqualTo(bad.body()).isEmpty();
    }

    @Test
    void ofAThousandKeysIsTakenAndOfMoreIsNot() {
      List<String> many =
          IntStream.range(0, 1_001).mapToObj(i -> "kcpat_" + "A".repeat(61) + i).toList();
      assertThat(report(many.subList(0, 1_000)).status()).isEqualTo(202);
      assertThat(report(many).status()).isEqualTo(400);
      assertThat(report(List.of()).status()).isEqualTo(400);
    }
  }
}
