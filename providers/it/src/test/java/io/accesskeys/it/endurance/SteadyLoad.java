package io.accesskeys.it.endurance;

import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Gateways that ask two nodes about good and bad keys without end, and an administrator at each who
 * makes keys and revokes some, whatever happens to the nodes meanwhile.
 */
final class SteadyLoad implements AutoCloseable {

  private static final int GATEWAYS_PER_NODE = 8;
  private static final int GOOD_KEYS = 40;
  private static final Duration PAUSE = Duration.ofMillis(25);
  private static final Duration BETWEEN_WRITES = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();

  private final List<TestRealm> nodes;
  private final Repetition threads = new Repetition(0);
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Map<String, TestKey> good = new ConcurrentHashMap<>();
  private final Map<TestKey, Long> revoked = new ConcurrentHashMap<>();

  /**
   * What a gateway was told.
   *
   * @param node the number of the node
   * @param asked when, in nanoseconds
   * @param revoked when the answer to its revocation had come; 0 for a good key
   * @param status 0 if none came in time
   */
  record Answer(int node, long asked, long answered, long revoked, int status) {

    boolean isOfGoodKey() {
      return revoked == 0;
    }
  }

  /** Begins at once; the realm is the same at both nodes. */
  SteadyLoad(List<TestRealm> nodes) {
    this.nodes = nodes;
    Stream.generate(() -> nodes.get(0).apiKey("orders:read"))
        .limit(GOOD_KEYS)
        .forEach(key -> good.put(key.id(), key));
    for (int node = 0; node < nodes.size(); node++) {
      int here = node;
      for (int i = 0; i < GATEWAYS_PER_NODE; i++) {
        threads.repeat(PAUSE, random -> ask(here, random));
      }
      threads.repeat(BETWEEN_WRITES, random -> write(here, random));
    }
  }

  /** All answers until now. */
  List<Answer> answers() {
    return List.copyOf(answers);
  }

  /** Keys whose creation was answered and whose revocation was not asked for. */
  Collection<TestKey> good() {
    return List.copyOf(good.values());
  }

  /** Keys whose revocation was answered. */
  Collection<TestKey> revoked() {
    return List.copyOf(revoked.keySet());
  }

  /** Ends all of it, after the answers that are awaited. */
  void finish() throws InterruptedException, ExecutionException, TimeoutException {
    threads.finish();
  }

  @Override
  public void close() {
    threads.close();
  }

  private void ask(int node, Random random) throws InterruptedException {
    List<Map.Entry<TestKey, Long>> ended = List.copyOf(revoked.entrySet());
    if (ended.isEmpty() || random.nextInt(4) > 0) {
      List<TestKey> known = List.copyOf(good.values());
      TestKey key = known.get(random.nextInt(known.size()));
      long asked = System.nanoTime();
      int status = verify(node, key);
      // One that was taken away meanwhile is about to be revoked.
      if (good.containsKey(key.id())) {
        answers.add(new Answer(node, asked, System.nanoTime(), 0, status));
      }
    } else {
      Map.Entry<TestKey, Long> key = ended.get(random.nextInt(ended.size()));
      long asked = System.nanoTime();
      int status = verify(node, key.getKey());
      answers.add(new Answer(node, asked, System.nanoTime(), key.getValue(), status));
    }
  }

  private int verify(int node, TestKey key) throws InterruptedException {
    URI uri = nodes.get(node).uri("/access-keys/verify?client=acme-api");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + key.text())
            .build();
    try {
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  /** Makes a key, or takes one that was made and revokes it. */
  private void write(int node, Random random) {
    try {
      if (random.nextBoolean() || good.size() <= GOOD_KEYS) {
        TestKey made = nodes.get(node).apiKey("orders:read");
        good.put(made.id(), made);
        return;
      }
      List<TestKey> known = List.copyOf(good.values());
      TestKey key = known.get(random.nextInt(known.size()));
      // Nobody else asks for its revocation, and no answer counts it as good any more.
      if (good.remove(key.id()) != null
          && nodes.get(node).adminKey("DELETE", key, "", null).status() == 204) {
        revoked.put(key, System.nanoTime());
      }
    } catch (UncheckedIOException | AssertionError e) {
      // No answer, or none that says that it is done: nobody was told anything.
    }
  }
}
