package io.accesskeys.it.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Cluster;
import io.accesskeys.bench.OnTwoNodes;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Seed;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.endurance.KeyHistory.Asked;
import io.accesskeys.it.endurance.KeyHistory.Change;
import io.accesskeys.it.endurance.KeyHistory.Pause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A key is made, rolled, suspended, revoked, runs out and loses its owner for a while, on two nodes
 * at once and by chance, while both are asked about all of its secrets. {@link KeyHistory} knows
 * which answers cannot be. A few histories in {@code mvn verify}, and thousands in the profile
 * {@code heavy}.
 */
@RequiresTool("initdb")
@OnTwoNodes
class HistoryIT {

  private static final int HISTORIES = Integer.getInteger("histories", 8);
  private static final int CHANGES = 6;

  /** How long a node may remember a key, and what a slow machine adds. */
  private static final Duration BOUND = Duration.ofSeconds(11);

  private static final long SEED = Seed.any();

  private static List<TestRealm> nodes;
  private static ExecutorService threads;

  @BeforeAll
  static void create() {
    Cluster cluster = Cluster.shared();
    TestRealm realm = TestRealm.create(cluster.first(), "history");
    // Alice signs in once, and her tokens live as long as the longest run.
    realm.change("", Map.of("accessTokenLifespan", 36_000, "ssoSessionIdleTimeout", 36_000));
    realm
        .policy(Map.of("personal-access-token.max-per-owner", "100000", "max_auth_age", "36000"))
        .expect(204);
    nodes = List.of(realm, realm.at(cluster.second()));
    // A key that lives for half a second must not be the first that a cold server makes.
    nodes.forEach(node -> node.pat("alice", "orders:read"));
    threads = Executors.newFixedThreadPool(4);
  }

  @AfterAll
  static void remove() {
    threads.shutdownNow();
    nodes.get(0).close();
  }

  @Test
  void everyAnswerCanBeExplained() throws Exception {
    System.out.println("Seed of the histories: -Dseed=" + SEED);
    long answers = 0;
    Duration latest = Duration.ZERO;
    for (int i = 0; i < HISTORIES; i++) {
      KeyHistory history = new OneKey(SEED + i).live();
      assertThat(history.faults(BOUND)).as("history %d", i).isEmpty();
      answers += history.answers();
      latest = latest.compareTo(history.latest()) < 0 ? history.latest() : latest;
    }
    System.out.printf(
        "%d histories, %d answers, all explained; another node was late by %d ms at most%n",
        HISTORIES, answers, latest.toMillis());
  }

  /** What happens to one key. */
  private static final class OneKey {

    private final KeyHistory history = new KeyHistory();
    private final Queue<TestKey> secrets = new ConcurrentLinkedQueue<>();
    private final long seed;
    private final TestKey made;
    private long expires = System.nanoTime();
    private volatile boolean changing = true;

    OneKey(long seed) {
      this.seed = seed;
      this.made = make(new Random(seed));
    }

    /** One key in eight runs out while it is looked at. */
    private TestKey make(Random random) {
      long begin = System.nanoTime();
      int node = random.nextInt(nodes.size());
      Map<String, Object> members = Map.of("scopes", List.of("orders:read"));
      if (random.nextInt(8) > 0) {
        TestKey key = nodes.get(node).pat("alice", members);
        return shown(key, true, since(node, begin));
      }
      Duration life = Duration.ofMillis(600 + random.nextInt(400));
      Instant end = Instant.now().plus(life);
      expires = System.nanoTime() + life.toNanos();
      TestKey key =
          nodes
              .get(node)
              .pat("alice", Map.of("scopes", List.of("orders:read"), "expiresAt", end.toString()));
      // The wall clock and this one may drift apart, and the server's instants are whole millis.
      long slack = TimeUnit.MILLISECONDS.toNanos(2);
      history.ended(new Change(Change.EVERY, expires - slack, expires + slack));
      return shown(key, true, since(node, begin));
    }

    private TestKey shown(TestKey key, boolean endsFormer, Change when) {
      history.rolled(key.version(), endsFormer, when);
      secrets.add(key);
      return key;
    }

    private static Change since(int node, long begin) {
      return new Change(node, begin, System.nanoTime());
    }

    KeyHistory live() throws Exception {
      List<Future<?>> asking =
          Stream.of(0, 1).<Future<?>>map(node -> threads.submit(() -> ask(node))).toList();
      List<Future<?>> changes =
          Stream.of(0, 1).<Future<?>>map(node -> threads.submit(() -> change(node))).toList();
      for (Future<?> change : changes) {
        change.get(2, TimeUnit.MINUTES);
      }
      while (System.nanoTime() - expires < 0) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
      changing = false;
      for (Future<?> each : asking) {
        each.get(2, TimeUnit.MINUTES);
      }
      return history;
    }

    /** Again and again, and once more about each secret when nothing changes any more. */
    private void ask(int node) {
      Random random = new Random(seed * 31 + node);
      while (changing) {
        List<TestKey> known = List.copyOf(secrets);
        ask(node, known.get(random.nextInt(known.size())));
      }
      secrets.forEach(secret -> ask(node, secret));
    }

    private void ask(int node, TestKey secret) {
      long begin = System.nanoTime();
      int status = nodes.get(node).verify(secret.text(), "?client=acme-api").status();
      assertThat(status).isIn(200, 401);
      history.asked(new Asked(secret.version(), status == 200, since(node, begin)));
    }

    private void change(int node) {
      Random random = new Random(seed * 17 + node);
      for (int i = 0; i < CHANGES; i++) {
        switch (random.nextInt(10)) {
          case 0 -> revoke(node);
          case 1, 2, 3 -> rollWithOverlap(node);
          case 4, 5, 6 -> roll(node);
          // One of two who suspend a key would resume what the other has suspended.
          default -> {
            if (node == 0) {
              suspendForAWhile();
            } else if (random.nextInt(4) == 0) {
              disableOwnerForAWhile();
            }
          }
        }
      }
    }

    private void revoke(int node) {
      long begin = System.nanoTime();
      if (nodes.get(node).revoke("alice", made).status() == 204) {
        history.ended(since(node, begin));
      }
    }

    private void roll(int node) {
      roll(node, true, "{\"overlap\":\"PT0S\",\"replacePending\":true}");
    }

    /** Refused while another one runs: all secrets but the newest have ended. */
    private void rollWithOverlap(int node) {
      roll(node, false, "{\"overlap\":\"PT1H\"}");
    }

    private void roll(int node, boolean endsFormer, String body) {
      long begin = System.nanoTime();
      Reply reply = nodes.get(node).roll("alice", made, body, Map.of());
      if (reply.status() == 200) {
        shown(TestKey.of(reply), endsFormer, since(node, begin));
      }
    }

    private void suspendForAWhile() {
      pause(
          0,
          () -> nodes.get(0).own("alice", "POST", made, "/suspend", "").status() == 204,
          () -> nodes.get(0).own("alice", "POST", made, "/resume", "").status() == 204);
    }

    private void disableOwnerForAWhile() {
      TestRealm realm = nodes.get(1);
      String alice = realm.user("alice");
      pause(1, () -> enable(realm, alice, false), () -> enable(realm, alice, true));
    }

    private static boolean enable(TestRealm realm, String user, boolean enabled) {
      realm.change(user, Map.of("enabled", enabled));
      return true;
    }

    private void pause(int node, BooleanSupplier off, BooleanSupplier on) {
      long begin = System.nanoTime();
      if (!off.getAsBoolean()) {
        return;
      }
      Change paused = since(node, begin);
      long end = System.nanoTime();
      Change resumed = on.getAsBoolean() ? since(node, end) : new Change(node, end, Long.MAX_VALUE);
      history.paused(new Pause(paused, resumed));
    }
  }
}
