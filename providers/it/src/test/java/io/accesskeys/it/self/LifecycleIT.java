package io.accesskeys.it.self;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every state of a key and what can be done in it; the clock is moved, nobody waits. */
@Contract
class LifecycleIT {

  private static final Duration DAY = Duration.ofDays(1);

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("lifecycle");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  /** A key of alice that is in this state when the clock is a day ahead. */
  private static TestKey keyThatWillBe(String state) {
    Instant now = Instant.now();
    TestKey key =
        realm.pat(
            "alice",
            Map.of(
                "scopes",
                List.of("orders:read"),
                "expiresAt",
                now.plus(state.equals("expired") ? DAY.dividedBy(2) : DAY.multipliedBy(20))
                    .toString(),
                "notBefore",
                (state.equals("pending") ? now.plus(DAY.multipliedBy(2)) : now).toString()));
    return switch (state) {
      case "rolling" ->
          TestKey.of(realm.roll("alice", key, "{\"overlap\":\"P3D\"}", Map.of()).expect(200));
      case "suspended" -> after(key, realm.own("alice", "POST", key, "/suspend", "").expect(204));
      case "revoked" -> after(key, realm.revoke("alice", key).expect(204));
      case "exposed" -> exposed(key);
      default -> key;
    };
  }

  private static TestKey exposed(TestKey key) {
    realm.policy(Map.of("when-exposed", "suspend")).expect(204);
    String body = "{\"keys\":[\"" + key.text() + "\"]}";
    Reply reply = Http.json("POST", realm.uri("/access-keys/exposed"), Map.of(), body);
    return after(key, reply.expect(202));
  }

  private static TestKey after(TestKey key, Reply done) {
    assertThat(done.status()).isLessThan(300);
    return key;
  }

  @ParameterizedTest
  @CsvSource(
      useHeadersInDisplayName = true,
      textBlock =
          """
          state,     verify, grant, active, self, edit, widen, roll, suspend, resume, remove, selfRevoke, revoke
          pending,   401,    400,   false,  401,  200,  200,   409,  204,     204,    409,    204,        204
          active,    200,    200,   true,   200,  200,  200,   200,  204,     204,    409,    204,        204
          rolling,   200,    200,   true,   200,  200,  200,   409,  204,     204,    409,    204,        204
          suspended, 401,    400,   false,  401,  200,  200,   409,  204,     204,    409,    204,        204
          expired,   401,    400,   false,  401,  200,  200,   400,  204,     204,    204,    204,        204
          exposed,   401,    400,   false,  401,  200,  200,   200,  204,     204,    204,    204,        204
          revoked,   401,    400,   false,  401,  409,  409,   409,  409,     409,    204,    204,        204
          """)
  void whatCanBeDoneInAState(
      String state,
      int verify,
      int grant,
      boolean active,
      int self,
      int edit,
      int widen,
      int roll,
      int suspend,
      int resume,
      int remove,
      int selfRevoke,
      int revoke) {
    TestKey key = keyThatWillBe(state);
    TestKey other = keyThatWillBe(state);
    TestKey rolled = keyThatWillBe(state);
    TestKey removed = keyThatWillBe(state);
    realm.ahead(
        DAY,
        () -> {
          assertThat(realm.own("alice", "GET", key, "", "").text("state")).isEqualTo(state);
          assertThat(realm.adminKey("GET", key, "", null).text("state")).isEqualTo(state);
          assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(verify);
          assertThat(realm.grant(key.text(), Map.of()).status()).isEqualTo(grant);
          assertThat(realm.introspect(key.text(), Map.of()).json().path("active").asBoolean())
              .isEqualTo(active);
          assertThat(
                  Http.get(realm.uri("/access-keys/self"), TestRealm.bearer(key.text())).status())
              .isEqualTo(self);
          assertThat(own("PATCH", key, "", "{\"name\":\"renamed\"}")).isEqualTo(edit);
          assertThat(own("PATCH", key, "", "{\"scopes\":[\"orders:read\",\"orders:write\"]}"))
              .isEqualTo(widen);
          assertThat(own("POST", rolled, "/roll", "")).isEqualTo(roll);
          assertThat(own("POST", removed, "/remove", "")).isEqualTo(remove);
          assertThat(own("POST", key, "/suspend", "")).isEqualTo(suspend);
          assertThat(own("POST", key, "/resume", "")).isEqualTo(resume);
          assertThat(
                  Http.json(
                          "DELETE",
                          realm.uri("/access-keys/self"),
                          TestRealm.bearer(other.text()),
                          "")
                      .status())
              .isEqualTo(selfRevoke);
          assertThat(own("DELETE", key, "", "")).isEqualTo(revoke);
          assertThat(realm.own("alice", "GET", key, "", "").text("state")).isEqualTo("revoked");
          assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
        });
    realm.policy(Map.of()).expect(204);
  }

  private static int own(String method, TestKey key, String path, String body) {
    return realm.own("alice", method, key, path, body).status();
  }

  @Test
  void aKeyBeginsRollsAndEndsByTheClockAlone() {
    Instant now = Instant.now();
    TestKey key =
        realm.pat(
            "alice",
            Map.of(
                "scopes", List.of("orders:read"),
                "notBefore", now.plus(DAY).toString(),
                "expiresAt", now.plus(DAY.multipliedBy(9)).toString()));
    assertThat(works(key)).isFalse();
    realm.ahead(DAY.multipliedBy(2), () -> assertThat(works(key)).isTrue());
    TestKey[] next = new TestKey[1];
    realm.ahead(
        DAY.multipliedBy(3),
        () ->
            next[0] =
                TestKey.of(
                    realm.roll("alice", key, "{\"overlap\":\"P2D\"}", Map.of()).expect(200)));
    realm.ahead(DAY.multipliedBy(4), () -> assertThat(works(key)).isTrue());
    realm.ahead(
        DAY.multipliedBy(6),
        () -> {
          assertThat(works(key)).isFalse();
          assertThat(works(next[0])).isTrue();
        });
    realm.ahead(DAY.multipliedBy(10), () -> assertThat(works(next[0])).isFalse());
  }

  @Test
  void aKeyThatIsNotUsedExpiresWherePolicySaysSo() {
    realm.policy(Map.of("personal-access-token.max-idle", "P5D")).expect(204);
    TestKey idle = realm.pat("alice", "orders:read");
    TestKey busy = realm.pat("alice", "orders:read");
    realm.ahead(
        DAY.multipliedBy(4),
        () -> {
          assertThat(works(busy)).isTrue();
          awaitUse(busy);
          // Nobody else jumps two days within the ten seconds that a node remembers a key.
          realm.own("alice", "PATCH", busy, "", "{\"name\":\"busy\"}").expect(200);
        });
    realm.ahead(
        DAY.multipliedBy(6),
        () -> {
          assertThat(works(idle)).isFalse();
          assertThat(works(busy)).isTrue();
          assertThat(realm.own("alice", "GET", idle, "", "").text("state")).isEqualTo("expired");
        });
    realm.policy(Map.of()).expect(204);
    assertThat(works(idle)).isTrue();
  }

  private static void awaitUse(TestKey key) {
    realm.writeUses();
    assertThat(realm.adminKey("GET", key, "/usage", null).json().path("useCount").asInt())
        .isPositive();
  }

  private static boolean works(TestKey key) {
    return realm.verify(key.text(), "?client=acme-api").status() == 200;
  }
}
