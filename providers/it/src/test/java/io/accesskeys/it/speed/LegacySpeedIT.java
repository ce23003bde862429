package io.accesskeys.it.speed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Wrk;
import io.accesskeys.bench.realm.SeedKeys;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.bench.realm.YearKind;
import io.accesskeys.it.legacy.LegacyTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What the verification of a key of another system costs beside that of one of ours, among many
 * that were imported; on PostgreSQL, all on one server and in one realm. No figure can make it
 * fail, as in {@link SpeedIT}.
 */
@RequiresTool({"wrk", "taskset", "initdb"})
class LegacySpeedIT {

  /** How many are imported. */
  private static final int MANY = Integer.getInteger("legacy.keys", 100);

  /** How many of each sort are presented. */
  private static final int FEW = Integer.getInteger("legacy.few", 20);

  private static final int ROUNDS = Integer.getInteger("speed.rounds", 1);
  private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("speed.warmup", 0));
  private static final Duration TURN = Duration.ofSeconds(Integer.getInteger("speed.turn", 1));
  private static final int TABLE = 1_000;
  private static final double MOST = 1.2;
  private static final String OURS = "a key of ours";

  private static KeycloakServer server;
  private static TestRealm realm;
  private static LegacyTable table;
  private static List<TestKey> ours;
  private static List<TestKey> legacy;

  @BeforeAll
  static void fill() {
    boolean measures = ROUNDS > 1 || !WARM_UP.isZero();
    server =
        measures
            ? BenchmarkServer.start(
                BenchmarkServer.settings().withDatabase(Postgres.shared().database()))
            : KeycloakServer.shared();
    realm = TestRealm.create(server, "legacy-speed");
    Map<String, String> policy = new HashMap<>(LegacyTable.accepted());
    policy.put("personal-access-token.max-per-owner", "1000000");
    realm.policy(policy).expect(204);
    table = new LegacyTable(realm);
    SeedKeys seed = new SeedKeys(realm, Instant.now());
    ours =
        IntStream.range(0, FEW)
            .mapToObj(number -> seed.key(YearKind.TOKEN, "key-" + number, Optional.empty()).key())
            .toList();
    seed.sow();
    legacy =
        IntStream.range(0, FEW)
            .mapToObj(number -> new TestKey("legacy-" + number, text(number * (MANY / FEW)), 1))
            .toList();
    importAll();
  }

  private static String text(int number) {
    return "sk_live_0123456789abcdef%08d".formatted(number);
  }

  private static void importAll() {
    long start = System.nanoTime();
    Duration before = Race.cpu(server);
    for (int from = 0; from < MANY; from += TABLE) {
      StringBuilder rows = new StringBuilder("hash,owner,client,scopes,expires\n");
      for (int i = from; i < Math.min(from + TABLE, MANY); i++) {
        rows.append(LegacyTable.sha256(text(i))).append(",alice,acme-api,orders:read,\n");
      }
      JsonNode outcomes =
          table
              .post("kind=personal-access-token&algorithm=sha256", rows.toString())
              .expect(200)
              .json();
      assertThat(outcomes).allMatch(one -> one.path("result").asText().equals("created"));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "%nImported %d legacy keys in %.1f s (%.0f a second), %.0f µs of server CPU each%n",
        MANY, seconds, MANY / seconds, Race.cpu(server).minus(before).toNanos() / 1e3 / MANY);
  }

  @AfterAll
  static void stop() {
    realm.close();
    server.close();
  }

  private static Contender verify(String name, TestKey key) {
    return Contender.alone(
        name,
        server,
        200,
        new Wrk.Request(
            "GET",
            "/realms/" + realm.name() + "/access-keys/verify?client=acme-api&scope=orders:read",
            TestRealm.bearer(key.text()),
            null));
  }

  @Test
  void warm() throws IOException {
    publish(
        "legacy-warm",
        new Race(
                new Wrk(1, 4, Path.of("target")),
                List.of(
                    verify(OURS, ours.get(0)),
                    verify("a legacy key, one of " + MANY, legacy.get(0)).against(OURS, MOST)))
            .run(ROUNDS, WARM_UP, TURN)
            .table());
  }

  @Test
  void cold() throws IOException {
    List<Burst> bursts = List.of(new Burst(server, realm, ours), new Burst(server, realm, legacy));
    List<List<Double>> costs = List.of(new ArrayList<>(), new ArrayList<>());
    // The first ones warm up what is not about keys.
    int rounds = WARM_UP.isZero() ? ROUNDS : 2 * ROUNDS;
    for (int round = 0; round < rounds; round++) {
      if (!WARM_UP.isZero()) {
        Burst.forgetKeys();
      }
      // An import makes a server look again for every digest.
      assertThat(table.token("sk_live_forget" + System.nanoTime(), "alice").path("result").asText())
          .isEqualTo("created");
      for (int i = 0; i < bursts.size(); i++) {
        int turn = (i + round) % bursts.size();
        costs.get(turn).add(bursts.get(turn).cost());
      }
    }
    double first = median(costs.get(0), ROUNDS);
    double second = median(costs.get(1), ROUNDS);
    publish(
        "legacy-cold",
        "| server CPU, µs per request, at the first request with a key | |%n|---|---|%n| %s | %.0f |%n| a legacy key, one of %d | %.0f: %.2f × (at most %.1f) |%n"
            .formatted(OURS, first, MANY, second, second / first, MOST));
  }

  private static double median(List<Double> costs, int last) {
    List<Double> counted =
        costs.subList(costs.size() - last, costs.size()).stream().sorted().toList();
    return counted.get(counted.size() / 2);
  }

  private static void publish(String name, String text) throws IOException {
    System.out.printf("%n%s%n%n%s%n", name, text);
    Files.writeString(Path.of("target", name + ".md"), text);
  }
}
