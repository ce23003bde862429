package io.accesskeys.it.speed;

import io.accesskeys.bench.Cluster;
import io.accesskeys.bench.Database;
import io.accesskeys.bench.Heap;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.OnTwoNodes;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Wrk;
import io.accesskeys.bench.realm.ManyKeys;
import io.accesskeys.bench.realm.SeedKeys;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.bench.realm.YearKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a verification costs among many keys, beside what it costs among few, on PostgreSQL. No
 * figure can make it fail, as in {@link SpeedIT}. In {@code mvn verify} the few and the many are
 * two realms of the shared cluster, and nothing waits until they are forgotten: that shows that
 * every row works. The profile {@code benchmark} starts servers that have nothing else to do.
 */
@RequiresTool({"wrk", "taskset", "initdb"})
@OnTwoNodes
class ScaleIT {

  /** What is many: of these, one in fifty is alice's, and one in a hundred has two secrets. */
  private static final int MANY = Integer.getInteger("scale.keys", 1_000);

  /** What is few, and how many of the many can be presented. */
  private static final int FEW = Integer.getInteger("scale.few", 20);

  /** From so many on the figures say something. */
  private static final boolean MEASURES = MANY >= 100_000;

  private static final int ROUNDS = Integer.getInteger("speed.rounds", 1);
  private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("speed.warmup", 0));
  private static final Duration TURN = Duration.ofSeconds(Integer.getInteger("speed.turn", 1));

  /** Jobs about the many would run meanwhile. */
  private static final List<String> NO_JOBS =
      List.of(
          "--spi-access-key-jobs--default--interval=1000000",
          "--spi-access-key-jobs--default--mail-interval=1000000");

  private static final List<KeycloakServer> SERVERS = new ArrayList<>();

  private static Place few;
  private static Place many;
  private static Place cluster;

  /** A server with keys, and those that can be presented. */
  private record Place(KeycloakServer server, TestRealm realm, List<TestKey> keys) {

    static Place with(KeycloakServer server, String name) {
      TestRealm realm = TestRealm.create(server, name);
      realm.policy(Map.of("personal-access-token.max-per-owner", "1000000")).expect(204);
      SeedKeys seed = new SeedKeys(realm, Instant.now());
      List<TestKey> keys =
          IntStream.range(0, FEW)
              .mapToObj(number -> seed.key(YearKind.TOKEN, "key-" + number, Optional.empty()).key())
              .toList();
      seed.sow();
      return new Place(server, realm, keys);
    }

    Contender verify(String row, TestKey key) {
      return Contender.alone(
          row,
          server,
          200,
          new Wrk.Request(
              "GET",
              "/realms/" + realm.name() + "/access-keys/verify?client=acme-api&scope=orders:read",
              TestRealm.bearer(key.text()),
              null));
    }
  }

  @BeforeAll
  static void fill() {
    if (MEASURES) {
      fillServers();
    } else {
      few = Place.with(Cluster.shared().first(), "scale-few");
      many = Place.with(Cluster.shared().first(), "scale-many");
      ManyKeys.fill(Cluster.shared().database(), many.realm(), MANY - FEW, MANY / 50);
      cluster = few;
    }
  }

  private static void fillServers() {
    few = Place.with(start(alone(database())), "scale");
    Database.OnPostgres full = database();
    many = Place.with(start(alone(full)), "scale");
    ManyKeys.fill(full, many.realm(), MANY - FEW, MANY / 50);
    List<KeycloakServer.Settings> nodes =
        Cluster.nodes(database()).stream().map(ScaleIT::benchmarked).toList();
    KeycloakServer first = start(nodes.get(0));
    start(nodes.get(1));
    cluster = Place.with(first, "scale");
  }

  @AfterAll
  static void stop() {
    if (!MEASURES) {
      few.realm().close();
      many.realm().close();
    }
    SERVERS.forEach(KeycloakServer::close);
  }

  private static KeycloakServer start(KeycloakServer.Settings settings) {
    KeycloakServer server = BenchmarkServer.start(settings);
    SERVERS.add(server);
    return server;
  }

  private static Database.OnPostgres database() {
    return (Database.OnPostgres) Postgres.shared().database();
  }

  private static KeycloakServer.Settings alone(Database database) {
    return benchmarked(BenchmarkServer.settings().withDatabase(database));
  }

  private static KeycloakServer.Settings benchmarked(KeycloakServer.Settings settings) {
    KeycloakServer.Settings like = BenchmarkServer.like(settings);
    return like.withOptions(Stream.concat(like.options().stream(), NO_JOBS.stream()).toList());
  }

  @Test
  void warm() throws IOException {
    TestKey rolling = many.realm().pat("alice", "orders:read");
    TestKey rolled = TestKey.of(many.realm().roll("alice", rolling, "{}", Map.of()).expect(200));
    String fewKeys = FEW + " keys";
    String manyKeys = MANY + " keys, of which their owner has " + MANY / 50;
    publish(
        "scale-warm",
        new Race(
                new Wrk(1, 4, Path.of("target")),
                List.of(
                    few.verify(fewKeys, few.keys().get(0)),
                    many.verify(manyKeys, many.keys().get(0)).against(fewKeys, 1.05),
                    many.verify(
                            MANY + " keys, of which their owner has one",
                            many.realm().pat("bob", "orders:read"))
                        .against(manyKeys),
                    many.verify("a new secret while the old one is good", rolled)
                        .against(manyKeys, 1.05),
                    many.verify("the old secret meanwhile", rolling).against(manyKeys, 1.05),
                    cluster
                        .verify("one of two nodes, " + fewKeys, cluster.keys().get(0))
                        .against(fewKeys)))
            .run(ROUNDS, WARM_UP, TURN)
            .table());
  }

  @Test
  void cold() throws IOException {
    List<Burst> bursts =
        Stream.of(few, many)
            .map(place -> new Burst(place.server(), place.realm(), place.keys()))
            .toList();
    List<List<Double>> costs = List.of(new ArrayList<>(), new ArrayList<>());
    // The first ones warm up what is not about keys.
    int rounds = WARM_UP.isZero() ? ROUNDS : 2 * ROUNDS;
    for (int round = 0; round < rounds; round++) {
      forgetKeys();
      for (int i = 0; i < bursts.size(); i++) {
        costs.get(i).add(bursts.get(i).cost());
      }
    }
    StringBuilder table =
        new StringBuilder("| | server CPU, µs per request, at the first request with a key |\n");
    table.append("|---|---|\n");
    for (int i = 0; i < bursts.size(); i++) {
      List<Double> counted =
          costs.get(i).subList(rounds - ROUNDS, rounds).stream().sorted().toList();
      table.append(
          "| %d keys | %.0f (%.0f to %.0f) |%n"
              .formatted(
                  i == 0 ? FEW : MANY,
                  counted.get(counted.size() / 2),
                  counted.get(0),
                  counted.get(counted.size() - 1)));
    }
    publish("scale-cold", table.toString());
  }

  @Test
  void memory() throws IOException {
    Burst burst = new Burst(many.server(), many.realm(), many.keys());
    burst.cost();
    forgetKeys();
    // Of what is past its time some is removed only when another is looked at.
    burst.first();
    long before = Heap.liveBytes(many.server());
    burst.cost();
    long after = Heap.liveBytes(many.server());
    publish(
        "scale-memory",
        "%d bytes of heap per key that is remembered, its use included%n"
            .formatted((after - before) / (FEW - 1)));
  }

  /** Takes as long as a server remembers a key. */
  private static void forgetKeys() {
    if (MEASURES) {
      Burst.forgetKeys();
    }
  }

  private static void publish(String name, String table) throws IOException {
    System.out.printf("%n%s%n%n%s%n", name, table);
    Files.writeString(Path.of("target", name + ".md"), table);
  }
}
