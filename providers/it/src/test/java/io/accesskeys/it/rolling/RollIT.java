package io.accesskeys.it.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rolling by hand, with an overlap. */
@Contract
class RollIT {

  private static final Map<String, String> FIRST = Map.of("If-Match", "\"1\"");

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("roll");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @Test
  void bothSecretsWorkDuringTheOverlap() {
    TestKey old = realm.pat("alice", "orders:read");
    Instant before = Instant.now();

    Reply rolled = realm.roll("alice", old, "{\"overlap\":\"PT2H\"}", FIRST).expect(200);

    TestKey current = TestKey.of(rolled);
    assertThat(current.id()).isEqualTo(old.id());
    assertThat(current.text()).isNotEqualTo(old.text());
    assertThat(current.version()).isEqualTo(2);
    assertThat(rolled.text("state")).isEqualTo("rolling");
    assertThat(Duration.between(before, Instant.parse(rolled.text("retiresAt"))))
        .isCloseTo(Duration.ofHours(2), Duration.ofMinutes(1));
    assertThat(rolled.header("Cache-Control")).hasValue("no-store");
    assertThat(works(old)).isTrue();
    assertThat(works(current)).isTrue();
    JsonNode about = realm.introspect(old.text(), Map.of()).json().path("access_key");
    assertThat(about.path("retires_at").asText()).isEqualTo(rolled.text("retiresAt"));
    assertThat(
            realm.introspect(current.text(), Map.of()).json().path("access_key").has("retires_at"))
        .isFalse();
  }

  @Test
  void withoutOverlapTheOldSecretAndItsTokensEndAtOnce() {
    TestKey old = realm.pat("alice", "orders:read");
    String jwt = realm.jwt(old);

    TestKey current =
        TestKey.of(realm.roll("alice", old, "{\"overlap\":\"PT0S\"}", FIRST).expect(200));

    assertThat(works(old)).isFalse();
    assertThat(works(current)).isTrue();
    assertThat(realm.introspect(jwt, Map.of()).body()).isEqualTo("{\"active\":false}");
    assertThat(realm.introspect(realm.jwt(current), Map.of()).json().path("active").asBoolean())
        .isTrue();
  }

  @Test
  void theDefaultOverlapIsADay() {
    TestKey old = realm.pat("alice", "orders:read");
    Reply rolled = realm.roll("alice", old, "", Map.of()).expect(200);
    assertThat(Duration.between(Instant.now(), Instant.parse(rolled.text("retiresAt"))))
        .isBetween(Duration.ofHours(23), Duration.ofHours(24));
  }

  @Test
  void theOverlapEndsWithTheKey() {
    Instant expires = Instant.now().plusSeconds(3600);
    TestKey old = realm.pat("alice", Map.of("scopes", List.of(), "expiresAt", expires.toString()));
    Reply rolled = realm.roll("alice", old, "{\"overlap\":\"P7D\"}", FIRST).expect(200);
    assertThat(rolled.text("retiresAt")).isEqualTo(rolled.text("expiresAt"));
  }

  @Test
  void aStaleVersionIsAConflictAndChangesNothing() {
    TestKey old = realm.pat("alice", "orders:read");
    TestKey current = TestKey.of(realm.roll("alice", old, "", FIRST).expect(200));

    assertThat(realm.roll("alice", old, "{\"replacePending\":true}", FIRST).status())
        .isEqualTo(409);

    assertThat(works(old)).isTrue();
    assertThat(works(current)).isTrue();
  }

  @Test
  void aRunningRollIsReplacedOnlyOnRequest() {
    TestKey first = realm.pat("alice", "orders:read");
    TestKey second = TestKey.of(realm.roll("alice", first, "", Map.of()).expect(200));

    assertThat(realm.roll("alice", second, "", Map.of()).status()).isEqualTo(409);
    TestKey third =
        TestKey.of(realm.roll("alice", second, "{\"replacePending\":true}", Map.of()).expect(200));

    // Nobody had used the second yet: as after an answer that was lost, the first is what is in
    // use.
    assertThat(works(first)).isTrue();
    assertThat(works(second)).isFalse();
    assertThat(works(third)).isTrue();
  }

  @Test
  void aReplacedRollRetiresTheOlderSecretIfTheNewerIsInUse() {
    TestKey first = realm.pat("alice", "orders:read");
    TestKey second = TestKey.of(realm.roll("alice", first, "", Map.of()).expect(200));
    assertThat(works(second)).isTrue();
    awaitWrittenUse(second);

    TestKey third =
        TestKey.of(realm.roll("alice", second, "{\"replacePending\":true}", Map.of()).expect(200));

    assertThat(works(first)).isFalse();
    assertThat(works(second)).isTrue();
    assertThat(works(third)).isTrue();
  }

  private static void awaitWrittenUse(TestKey key) {
    realm.writeUses();
    assertThat(realm.adminKey("GET", key, "/usage", null).json().path("useCount").asInt())
        .isPositive();
  }

  @Test
  void aRevokedKeyCannotBeRolled() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.revoke("alice", key).expect(204);
    assertThat(realm.roll("alice", key, "", Map.of()).status()).isEqualTo(409);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "overlap|{\"overlap\":\"P8D\"}|\"1\"",
        "overlap|{\"overlap\":\"-PT1S\"}|\"1\"",
        "overlap|{\"overlap\":\"a day\"}|\"1\"",
        "overlap|{\"overlap\":24}|\"1\"",
        "expiresAt|{\"expiresAt\":\"2020-01-01T00:00:00Z\"}|\"1\"",
        "expiresAt|{\"expiresAt\":\"2090-01-01T00:00:00Z\"}|\"1\"",
        "expiresAt|{\"expiresAt\":null}|\"1\"",
        "expiry|{\"expiry\":\"P1D\"}|\"1\"",
        "replacePending|{\"replacePending\":\"yes\"}|\"1\"",
        "If-Match|{}|1",
        "If-Match|{}|W/\"1\"",
      })
  void aWrongRequestNamesWhatIsWrong(String field, String body, String ifMatch) {
    TestKey key = realm.pat("alice", "orders:read");
    Reply refused = realm.roll("alice", key, body, Map.of("If-Match", ifMatch));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("field")).isEqualTo(field);
    assertThat(works(key)).isTrue();
  }

  @Test
  void ofManyRollsThatNameTheSameVersionOneWins() throws Exception {
    TestKey key = realm.pat("alice", "orders:read");
    Callable<Reply> roll = () -> realm.roll("alice", key, "{\"overlap\":\"PT1H\"}", FIRST);
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      List<Reply> replies =
          threads.invokeAll(Stream.generate(() -> roll).limit(32).toList()).stream()
              .map(RollIT::reply)
              .toList();
      assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
      assertThat(replies).filteredOn(reply -> reply.status() == 409).hasSize(31);
    } finally {
      threads.shutdownNow();
    }
    assertThat(works(key)).isTrue();
    assertThat(
            Http.get(realm.uri("/access-keys/" + key.id()), realm.as("alice"))
                .json()
                .path("version")
                .asInt())
        .isEqualTo(2);
  }

  private static Reply reply(Future<Reply> done) {
    try {
      return done.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean works(TestKey key) {
    boolean verified = realm.verify(key.text(), "?client=acme-api").status() == 200;
    boolean introspected = realm.introspect(key.text(), Map.of()).json().path("active").asBoolean();
    boolean granted = realm.grant(key.text(), Map.of()).status() == 200;
    assertThat(List.of(introspected, granted)).containsOnly(verified);
    return verified;
  }
}
