package io.accesskeys.it.endurance;

import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.endurance.RolledKey.Former;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Rolls in all ways on nodes that die meanwhile: alice rolls her tokens, programs roll their keys
 * by these themselves, and schedules become due. And an administrator makes keys.
 */
final class RollLoad implements AutoCloseable {

  private static final int KEYS = 12;

  /**
   * Mails are slower than rolls, and hold up the schedules: one thread of a node does both. In a
   * long run those that are left at the end must not take longer than the run.
   */
  private static final Duration BETWEEN_ROLLS =
      Duration.ofMillis(Integer.getInteger("rolls.pause", 200));

  private static final Duration BETWEEN_PLANS = Duration.ofMillis(400);

  private final List<MortalNode> nodes;
  private final List<RolledKey> byHand;
  private final List<List<RolledKey>> byThemselves;
  private final Queue<TestKey> made = new ConcurrentLinkedQueue<>();
  private final Queue<TestKey> pickups = new ConcurrentLinkedQueue<>();
  private final Queue<TestKey> deliveries = new ConcurrentLinkedQueue<>();
  private final Queue<String> strange = new ConcurrentLinkedQueue<>();
  private final Repetition threads;

  RollLoad(List<MortalNode> nodes, long seed) {
    this.nodes = nodes;
    this.threads = new Repetition(seed);
    TestRealm realm = nodes.get(0).realm().orElseThrow();
    this.byHand = keys(() -> realm.pat("alice", "orders:read"));
    this.byThemselves =
        List.of(keys(() -> realm.apiKey("orders:read")), keys(() -> realm.apiKey("orders:read")));
  }

  private static List<RolledKey> keys(Supplier<TestKey> made) {
    return Stream.generate(made).limit(KEYS).map(RolledKey::new).toList();
  }

  /**
   * Two threads that share keys, two that have keys of their own, one that plans, two that make.
   */
  void start() {
    threads.repeat(BETWEEN_ROLLS, this::rollByHand);
    threads.repeat(BETWEEN_ROLLS, this::rollByHand);
    byThemselves.forEach(own -> threads.repeat(BETWEEN_ROLLS, random -> rollByItself(own, random)));
    threads.repeat(BETWEEN_PLANS, this::schedule);
    threads.repeat(BETWEEN_ROLLS, this::make);
    threads.repeat(BETWEEN_ROLLS, this::make);
  }

  /** Ends all of it, after the answers that are awaited. */
  void finish() throws InterruptedException, ExecutionException, TimeoutException {
    threads.finish();
  }

  @Override
  public void close() {
    threads.close();
  }

  List<RolledKey> byHand() {
    return byHand;
  }

  List<RolledKey> byThemselves() {
    return byThemselves.stream().flatMap(List::stream).toList();
  }

  /** Keys that were made while nodes died, and nothing more became of them. */
  List<TestKey> made() {
    return List.copyOf(made);
  }

  /** Keys made with a roll that their owner is to pick up. */
  List<TestKey> pickups() {
    return List.copyOf(pickups);
  }

  /** Keys made with a roll whose secret is delivered. */
  List<TestKey> deliveries() {
    return List.copyOf(deliveries);
  }

  /** Answers that nobody should get, whatever dies. */
  List<String> strange() {
    return List.copyOf(strange);
  }

  private void rollByHand(Random random) {
    RolledKey key = any(byHand, random);
    TestRealm realm = anywhere(random);
    Former former = random.nextBoolean() ? Former.ENDED : Former.RETIRING;
    String body =
        former == Former.ENDED
            ? "{\"overlap\":\"PT0S\",\"replacePending\":true}"
            : "{\"overlap\":\"PT24H\"}";
    roll(key, former, () -> realm.roll("alice", key.made(), body, Map.of()));
  }

  /** Whoever holds the key knows the secrets that were shown, and tries again with the newest. */
  private void rollByItself(List<RolledKey> own, Random random) {
    RolledKey key = any(own, random);
    TestRealm realm = anywhere(random);
    String text = key.newest().key().text();
    if (random.nextBoolean()) {
      answer(() -> realm.verify(text, "?client=acme-api"), 200);
    }
    roll(
        key,
        Former.RETIRING,
        () ->
            Http.json(
                "POST",
                realm.uri("/access-keys/self/roll"),
                TestRealm.bearer(text),
                "{\"overlap\":\"PT24H\",\"replacePending\":true}"));
  }

  private void roll(RolledKey key, Former former, Supplier<Reply> request) {
    try {
      Reply reply = request.get();
      if (reply.status() == 200) {
        key.shown(TestKey.of(reply), former);
      } else if (reply.status() != 409) {
        strange.add(key.made().id() + ": " + reply);
        key.unanswered();
      }
    } catch (UncheckedIOException e) {
      // A node that does not listen has not heard it; any other may have done it.
      if (!(e.getCause() instanceof ConnectException)) {
        key.unanswered();
      }
    }
  }

  private void make(Random random) {
    TestRealm realm = anywhere(random);
    String request =
        """
        {"kind":"api-key","name":"made","client":"acme-api","owner":{"client":"billing-worker"},
         "scopes":["orders:read"]}
        """;
    answer(() -> realm.admin("POST", "/access-keys", request), 201)
        .map(TestKey::of)
        .forEach(made::add);
  }

  private void schedule(Random random) {
    TestRealm realm = anywhere(random);
    boolean pickup = random.nextBoolean();
    String request =
        """
        {"kind":"personal-access-token","name":"planned","client":"acme-api",
         "scopes":["orders:read"],"roll":{"at":"%s","overlap":"P1D","delivery":"%s"}}
        """
            .formatted(
                Instant.now().plusMillis(3_000 + random.nextInt(5_000)),
                pickup ? "pickup" : "test-attribute");
    answer(() -> realm.create("alice", request), 201)
        .map(TestKey::of)
        .forEach(pickup ? pickups::add : deliveries::add);
  }

  /** The answer, if one came. */
  private Stream<Reply> answer(Supplier<Reply> request, int status) {
    try {
      Reply reply = request.get();
      if (reply.status() == status) {
        return Stream.of(reply);
      }
      strange.add(reply.toString());
    } catch (UncheckedIOException e) {
      // The node is gone, as it should be.
    }
    return Stream.empty();
  }

  private TestRealm anywhere(Random random) {
    return any(nodes.stream().map(MortalNode::realm).flatMap(Optional::stream).toList(), random);
  }

  private static <T> T any(List<T> all, Random random) {
    return all.get(random.nextInt(all.size()));
  }
}
