package io.accesskeys.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Cluster;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.OnTwoNodes;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Waiting;
import io.accesskeys.bench.realm.Browser;
import io.accesskeys.bench.realm.CreateKeyForm;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.legacy.LegacyTable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two nodes on one PostgreSQL: what one does, the other knows. What is a matter of chance is tried
 * a few times in {@code mvn verify}, and a thousand times in the profile {@code heavy}.
 */
@RequiresTool("initdb")
@OnTwoNodes
class ClusterIT {

  /** How long a node remembers a key, and what a slow machine may add. */
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(12);

  private static final int TRIALS = Integer.getInteger("trials", 10);

  /** More would not be on one page of a search. */
  private static final int FORMS = Math.min(TRIALS, 100);

  private static Cluster cluster;
  private static TestRealm realm;

  @BeforeAll
  static void create() {
    cluster = Cluster.shared();
    realm = TestRealm.create(cluster.first(), "cluster");
    realm.policy(Map.of("personal-access-token.max-per-owner", "100000")).expect(204);
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static int verifyOn(KeycloakServer node, TestKey key) {
    return verifyOn(node, realm, key);
  }

  private static int verifyOn(KeycloakServer node, TestRealm realm, TestKey key) {
    URI uri = realm.at(node).uri("/access-keys/verify?client=acme-api");
    return Http.get(uri, TestRealm.bearer(key.text())).status();
  }

  private static Duration untilRefusedBySecond(TestKey key, Duration limit) {
    long start = System.nanoTime();
    while (verifyOn(cluster.second(), key) == 200) {
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      assertThat(waited).as("a revoked key is still honoured").isLessThan(limit);
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Test
  void aKeyOfOneNodeIsGoodAtTheOtherAtOnceEvenIfThatHasLookedBefore() {
    for (int i = 0; i < 10; i++) {
      TestKey key = realm.pat("alice", "orders:read");
      assertThat(verifyOn(cluster.second(), key)).isEqualTo(200);
      assertThat(verifyOn(cluster.first(), key)).isEqualTo(200);
    }
  }

  @Test
  void aLegacyKeyThatOneNodeImportsIsGoodAtTheOtherEvenIfThatHasLookedBefore() {
    try (TestRealm other = TestRealm.create(cluster.first(), "cluster-legacy")) {
      other.policy(LegacyTable.accepted()).expect(204);
      LegacyTable table = new LegacyTable(other);
      for (int i = 0; i < 5; i++) {
        TestKey key = new TestKey("", "sk_live_0123456789-" + i, 1);
        assertThat(verifyOn(cluster.second(), other, key)).isEqualTo(401);
        String id = table.token(key.text(), "alice").path("id").asText();
        assertThat(verifyOn(cluster.second(), other, key)).isEqualTo(200);
        other.admin("POST", "/access-keys/" + id + "/revoke", "{}").expect(204);
        assertThat(Waiting.until(() -> verifyOn(cluster.second(), other, key) == 401, TIME_TO_LIVE))
            .isTrue();
      }
    }
  }

  @Test
  void aRevocationOnOneNodeHoldsOnTheOther() {
    List<Duration> delays = new ArrayList<>();
    for (int i = 0; i < TRIALS; i++) {
      TestKey key = realm.pat("alice", "orders:read");
      assertThat(verifyOn(cluster.second(), key)).isEqualTo(200);
      realm.revoke("alice", key).expect(204);
      delays.add(untilRefusedBySecond(key, TIME_TO_LIVE));
    }
    delays.sort(null);
    System.out.printf(
        "Revoked on one node, refused by the other, %d trials: p50 %d ms, p99 %d ms, max %d ms%n",
        TRIALS,
        delays.get(TRIALS / 2).toMillis(),
        delays.get(Math.min(TRIALS - 1, TRIALS * 99 / 100)).toMillis(),
        delays.get(TRIALS - 1).toMillis());
    assertThat(delays.get(TRIALS / 2)).isLessThan(Duration.ofSeconds(1));
  }

  /** Both at once, since each may take as long as a node remembers something. */
  @Test
  void aRevocationAndARoleThatNobodyIsToldOfAreSeenWithinTheTimeToLive() {
    TestKey revoked = realm.pat("alice", "orders:read");
    try (TestRealm other = TestRealm.create(cluster.first(), "cluster-role")) {
      TestKey key = other.pat("alice", "orders:read");
      // Meanwhile the second node is told of the keys, and forgets them no more.
      String client = TestRealm.id(other.client("acme-api"));
      assertThat(verifyOn(cluster.second(), revoked)).isEqualTo(200);
      assertThat(verifyOn(cluster.second(), other, key)).isEqualTo(200);
      // Straight in the database: no node is told.
      long start = System.nanoTime();
      sql(
          "update ACCESS_KEY set REVOKED_AT = 1, VERSION = VERSION + 1 where ID = '"
              + revoked.id()
              + "'");
      sql(
          """
          insert into KEYCLOAK_ROLE (ID, NAME, CLIENT, CLIENT_REALM_CONSTRAINT, CLIENT_ROLE, REALM_ID)
          select 'role-of-nobody', 'boss', '%1$s', '%1$s', true, REALM_ID from CLIENT where ID = '%1$s'
          """
              .formatted(client));
      try {
        boolean refused =
            Waiting.until(
                () ->
                    verifyOn(cluster.second(), revoked) == 401
                        && verifyOn(cluster.second(), other, key) == 401,
                TIME_TO_LIVE);
        assertThat(refused).as("both are refused").isTrue();
      } finally {
        other.admin("DELETE", other.client("acme-api") + "/roles/boss", null).expect(204);
      }
      System.out.printf(
          "Revoked, and a role, with no message: refused after %d ms%n",
          Duration.ofNanos(System.nanoTime() - start).toMillis());
    }
  }

  @Test
  void thePolicyIsTheSameOnBothAtOnce() {
    TestKey key = realm.pat("alice", "orders:read");
    assertThat(verifyOn(cluster.second(), key)).isEqualTo(200);
    realm
        .policy(
            Map.of(
                "personal-access-token.enabled", "false",
                "personal-access-token.max-per-owner", "100000"))
        .expect(204);
    assertThat(Waiting.until(() -> verifyOn(cluster.second(), key) == 401, Duration.ofSeconds(2)))
        .isTrue();
    realm.policy(Map.of("personal-access-token.max-per-owner", "100000")).expect(204);
    assertThat(Waiting.until(() -> verifyOn(cluster.second(), key) == 200, Duration.ofSeconds(2)))
        .isTrue();
  }

  @Test
  void aRoleThatAnApiClientGetsOnOneNodeIsSeenByTheOtherAtOnce() {
    TestKey key = realm.pat("alice", "orders:read");
    String roles = realm.client("acme-api") + "/roles";
    for (int i = 0; i < 5; i++) {
      assertThat(verifyOn(cluster.second(), key)).isEqualTo(200);
      realm.admin("POST", roles, "{\"name\":\"boss\"}").expect(201);
      assertThat(verifyOn(cluster.first(), key)).isEqualTo(401);
      assertThat(Waiting.until(() -> verifyOn(cluster.second(), key) == 401, Duration.ofSeconds(2)))
          .isTrue();
      realm.admin("DELETE", roles + "/boss", null).expect(204);
      assertThat(Waiting.until(() -> verifyOn(cluster.second(), key) == 200, Duration.ofSeconds(2)))
          .isTrue();
    }
  }

  @Test
  void aRestrictionChangedOnOneNodeHoldsOnTheOtherAtOnce() {
    TestKey key = realm.pat("alice", "orders:read");
    for (int i = 0; i < 5; i++) {
      assertThat(verifyOn(cluster.second(), key)).isEqualTo(200);
      restrict(key, "[{\"type\":\"ip\",\"allow\":[\"203.0.113.7\"]}]");
      assertThat(Waiting.until(() -> verifyOn(cluster.second(), key) == 401, Duration.ofSeconds(2)))
          .isTrue();
      restrict(key, "[]");
      assertThat(Waiting.until(() -> verifyOn(cluster.second(), key) == 200, Duration.ofSeconds(2)))
          .isTrue();
    }
  }

  private static void restrict(TestKey key, String restrictions) {
    realm.own("alice", "PATCH", key, "", "{\"restrictions\":" + restrictions + "}").expect(200);
  }

  @Test
  void ofManyRollsOnBothNodesThatNameTheSameVersionOneWinsAndTwoSecretsAreGoodUntilTheOverlapEnds()
      throws Exception {
    TestKey oldest = realm.pat("alice", "orders:read");
    TestKey old = TestKey.of(realm.roll("alice", oldest, "{\"overlap\":\"PT0S\"}", Map.of()));

    List<Reply> replies = rollOnBothNodes(old, 100);

    assertThat(replies).filteredOn(reply -> reply.status() == 200).hasSize(1);
    assertThat(replies).filteredOn(reply -> reply.status() == 409).hasSize(99);
    TestKey current =
        TestKey.of(replies.stream().filter(reply -> reply.status() == 200).findFirst().get());
    List<TestKey> secrets = List.of(oldest, old, current);
    assertThat(verifyOnBoth(secrets)).containsExactly(401, 200, 200, 401, 200, 200);
    TestRealm second = realm.at(cluster.second());
    Duration beforeItsEnd = Duration.ofMinutes(59);
    realm.ahead(
        beforeItsEnd,
        () ->
            second.ahead(
                beforeItsEnd,
                () ->
                    assertThat(verifyOnBoth(secrets))
                        .containsExactly(401, 200, 200, 401, 200, 200)));
    Duration afterIt = Duration.ofMinutes(61);
    realm.ahead(
        afterIt,
        () ->
            second.ahead(
                afterIt,
                () ->
                    assertThat(verifyOnBoth(secrets))
                        .containsExactly(401, 401, 200, 401, 401, 200)));
  }

  /** All at once, each naming this version, half of them at each node. */
  private static List<Reply> rollOnBothNodes(TestKey key, int times) throws Exception {
    TestRealm second = realm.at(cluster.second());
    Map<String, String> version = Map.of("If-Match", "\"" + key.version() + "\"");
    ExecutorService threads = Executors.newFixedThreadPool(20);
    try {
      List<Callable<Reply>> rolls =
          Stream.iterate(0, i -> i + 1)
              .limit(times)
              .<Callable<Reply>>map(
                  i ->
                      () ->
                          (i % 2 == 0 ? realm : second)
                              .roll("alice", key, "{\"overlap\":\"PT1H\"}", version))
              .toList();
      List<Reply> replies = new ArrayList<>();
      for (Future<Reply> reply : threads.invokeAll(rolls)) {
        replies.add(reply.get());
      }
      return replies;
    } finally {
      threads.shutdownNow();
    }
  }

  /** What the first node says to each, and then the second. */
  private static List<Integer> verifyOnBoth(List<TestKey> keys) {
    return Stream.of(cluster.first(), cluster.second())
        .flatMap(node -> keys.stream().map(key -> verifyOn(node, key)))
        .toList();
  }

  /** A key that was rolled often while uses of many of its secrets had yet to be written. */
  @Test
  void aRollAndTheWritingOfUsesNeverWaitForEachOtherInACircle() throws Exception {
    TestKey key = realm.pat("alice", "orders:read");
    for (int i = 0; i < 9; i++) {
      key = TestKey.of(realm.roll("alice", key, "{\"overlap\":\"PT0S\"}", Map.of()).expect(200));
    }
    String id = key.id();
    String uses =
        """
        begin;
        update ACCESS_KEY_USAGE set USE_COUNT = USE_COUNT + 1 where KEY_ID = '%1$s';
        update ACCESS_KEY_SECRET set LAST_USED_AT = 1 where KEY_ID = '%1$s' and SECRET_NUMBER = 1;
        do $$
        begin
          -- Until somebody waits for this transaction, or for three seconds.
          for tenths in 1..30 loop
            exit when exists (select from pg_locks
              where not granted and transactionid = pg_current_xact_id()::xid);
            perform pg_sleep(0.1);
          end loop;
        end $$;
        update ACCESS_KEY_SECRET set LAST_USED_AT = 1 where KEY_ID = '%1$s' and SECRET_NUMBER = 10;
        commit;
        """
            .formatted(id);
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try {
      Future<String> written = writer.submit(() -> sql(uses));
      String asleep =
          "select count(*) from pg_stat_activity where wait_event = 'PgSleep' and query like '%"
              + id
              + "%'";
      assertThat(Waiting.until(() -> sql(asleep).strip().equals("1"), Duration.ofSeconds(10)))
          .isTrue();
      // Forgets the oldest secret, of which a use is being written.
      Reply rolled = realm.roll("alice", key, "", Map.of());
      written.get();
      assertThat(rolled.status()).isEqualTo(200);
    } finally {
      writer.shutdownNow();
    }
  }

  private static String sql(String statements) {
    return cluster.database().server().sql(cluster.database().name(), statements);
  }

  /** Both want to tell the owner, which is to happen once. */
  @Test
  void aRetiredSecretUsedOnBothNodesAtOnceIsRefusedByBoth() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < TRIALS; i++) {
        TestKey retired = realm.pat("alice", "orders:read");
        realm.roll("alice", retired, "{\"overlap\":\"PT0S\"}", Map.of()).expect(200);
        List<Callable<Integer>> uses =
            Stream.of(cluster.first(), cluster.second())
                .<Callable<Integer>>map(node -> () -> verifyOn(node, retired))
                .toList();
        for (Future<Integer> status : threads.invokeAll(uses)) {
          assertThat(status.get()).isEqualTo(401);
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void usesOnBothNodesAddUp() {
    TestKey key = realm.pat("alice", "orders:read");
    for (int i = 0; i < 5; i++) {
      assertThat(verifyOn(cluster.first(), key)).isEqualTo(200);
      assertThat(verifyOn(cluster.second(), key)).isEqualTo(200);
    }
    assertThat(
            Waiting.until(
                () ->
                    realm.adminKey("GET", key, "/usage", null).json().path("useCount").asInt()
                        == 10,
                Duration.ofSeconds(15)))
        .isTrue();
  }

  /** As after a click on each of two nodes, behind a proxy that does not keep people on one. */
  @Test
  void aFormSentToBothNodesAtOnceMakesOneKey() throws Exception {
    ExecutorService clicks = Executors.newFixedThreadPool(2);
    try {
      for (int i = 0; i < FORMS; i++) {
        Browser alice = Browser.signedIn(realm, "alice", "&kc_action=create-access-key");
        Map<String, String> form = CreateKeyForm.with(Map.of("name", "twice"));
        List<Callable<Reply>> sent =
            Stream.of(cluster.first(), cluster.second())
                .<Callable<Reply>>map(node -> () -> alice.sendTo(node, form))
                .toList();
        List<String> shown = new ArrayList<>();
        for (Future<Reply> reply : clicks.invokeAll(sent)) {
          assertThat(reply.get().status()).isLessThan(500);
          Browser.secretIn(reply.get()).ifPresent(shown::add);
        }
        assertThat(shown).hasSize(1);
      }
    } finally {
      clicks.shutdownNow();
    }
    Reply made = realm.admin("GET", "/access-keys?q=twice&max=100", null).expect(200);
    assertThat(made.json()).hasSize(FORMS);
  }
}
