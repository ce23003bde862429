package io.accesskeys.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.key.KeyText;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What somebody who has nothing can make the server do. */
class CostIT {

  private static final SecureRandom RANDOM = new SecureRandom();

  private static TestRealm realm;
  private static TestKey good;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("cost");
    good = realm.pat("alice", "orders:read");
    realm.change(realm.client("acme-api"), Map.of("webOrigins", List.of("https://app.test")));
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static String madeUp() {
    return KeyText.generate("kcpat", RANDOM).reveal();
  }

  @Nested
  class WithoutAKey {

    private static final Map<String, String> PAGE = Map.of("Origin", "https://app.test");

    private static int verify(Map<String, String> headers) {
      return Http.get(realm.uri("/access-keys/verify"), headers).status();
    }

    @Test
    void nobodyMakesUsLookThroughAllClients() {
      List<Map<String, String>> requests =
          List.of(
              PAGE,
              TestRealm.and(PAGE, TestRealm.bearer("nonsense")),
              TestRealm.and(PAGE, TestRealm.basic("alice", "nonsense")),
              TestRealm.basic("alice", "nonsense"));
      requests.forEach(CostIT.WithoutAKey::verify);
      try (SqlLog sql = SqlLog.of(realm.server())) {
        for (Map<String, String> request : requests) {
          assertThat(verify(request)).isEqualTo(401);
        }
        // It is remembered for a minute, which may end meanwhile.
        assertThat(sql.statements())
            .filteredOn(line -> line.contains(" CLIENT "))
            .hasSizeLessThan(2);
      }
    }

    @Test
    void nobodyMakesUsLookTwiceForAKeyThatTheyMadeUp() {
      String text = madeUp();
      try (SqlLog sql = SqlLog.of(realm.server())) {
        for (int i = 0; i < 20; i++) {
          assertThat(
                  Http.json("DELETE", realm.uri("/access-keys/self"), TestRealm.bearer(text), "")
                      .status())
              .isEqualTo(401);
        }
        assertThat(sql.statements())
            .filteredOn(line -> line.contains(" ACCESS_KEY "))
            .hasSizeBetween(1, 2);
      }
    }
  }

  /** What is remembered of clients is what is true of them. */
  @Test
  void anotherApiClientIsSeenAtOnceAndSoIsItsEnd() {
    Map<String, String> key = TestRealm.bearer(good.text());
    assertThat(Http.get(realm.uri("/access-keys/verify"), key).status()).isEqualTo(200);
    realm
        .admin(
            "POST",
            "/clients",
            "{\"clientId\":\"second\",\"attributes\":{\"access-keys.enabled\":\"true\"}}")
        .expect(201);
    assertThat(Http.get(realm.uri("/access-keys/verify"), key).status()).isEqualTo(400);
    realm.attribute("second", "access-keys.enabled", "false");
    assertThat(Http.get(realm.uri("/access-keys/verify"), key).status()).isEqualTo(200);
    realm.attribute("second", "access-keys.enabled", "true");
    assertThat(Http.get(realm.uri("/access-keys/verify"), key).status()).isEqualTo(400);
    realm.admin("DELETE", realm.client("second"), null).expect(204);
    assertThat(Http.get(realm.uri("/access-keys/verify"), key).status()).isEqualTo(200);
  }
}
