package io.accesskeys.it.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.Seed;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.key.KeyText;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.TTest;
import org.junit.jupiter.api.Test;

/**
 * How long a refusal takes says nothing about why: of an id that does not exist, of a wrong secret
 * and of a revoked key, asked in turn over one connection. Two kinds are compared by Welch's t, as
 * dudect does: of all times, and of those without the slowest tenth, which hides small differences
 * behind the noise.
 *
 * <p>In {@code mvn verify} a few trials have to find a delay that was planted; only the long run of
 * the profile {@code heavy} can say that there is no other.
 */
class TimingIT {

  private static final int TRIALS = Integer.getInteger("timing.trials", 120);

  /** From so many on the figures say something, and the server is one as in production. */
  private static final int MANY = 10_000;

  private static final int WARM_UP = TRIALS / 5;

  /** Different texts of one kind: no single one is what makes the difference. */
  private static final int TEXTS = TRIALS < MANY ? 6 : 16;

  /** What is taken for a difference (dudect); with many trials the smallest becomes one. */
  private static final double DIFFERENT = 4.5;

  private static final double SLOWEST_KEPT = 90;

  /** A tenth of what a refusal takes where the figures say something. */
  private static final long PLANTED_NANOS = TRIALS < MANY ? 5_000_000 : 20_000;

  private final Random random = new Random(Seed.any());

  /** One kind of refusal, and how long each answer took, in nanoseconds. */
  private static final class Kind {
    private final String name;
    private final List<String> texts;
    private final long planted;
    private final double[] nanos = new double[TRIALS];

    Kind(String name, List<String> texts, long planted) {
      this.name = name;
      this.texts = texts;
      this.planted = planted;
    }

    double[] below(double limit) {
      return DoubleStream.of(nanos).filter(time -> time <= limit).toArray();
    }
  }

  @Test
  void theTimeOfARefusalDoesNotSayWhatIsWrong() {
    try (KeycloakServer server =
            TRIALS < MANY
                ? KeycloakServer.shared()
                : BenchmarkServer.start(BenchmarkServer.settings());
        TestRealm realm = TestRealm.create(server, "timing")) {
      List<Kind> kinds = kinds(realm);
      measure(realm, kinds);
      report(kinds);
      Kind wrong = kinds.get(1);
      Kind planted = kinds.get(3);
      assertThat(difference(wrong, planted)).as("the planted delay").isGreaterThan(DIFFERENT);
      if (TRIALS >= MANY) {
        for (Kind kind : List.of(kinds.get(0), kinds.get(2))) {
          assertThat(difference(wrong, kind)).as(kind.name).isLessThan(DIFFERENT);
        }
      }
    }
  }

  /** Each kind once in every round, in an order that changes. */
  private void measure(TestRealm realm, List<Kind> kinds) {
    List<Kind> order = new ArrayList<>(kinds);
    URI verify = realm.uri("/access-keys/verify?client=acme-api");
    try (KeptConnection connection = new KeptConnection(verify)) {
      for (int i = -WARM_UP; i < TRIALS; i++) {
        Collections.shuffle(order, random);
        for (Kind kind : order) {
          String text = kind.texts.get(random.nextInt(TEXTS));
          long begin = System.nanoTime();
          int status = connection.get("Authorization: Bearer " + text);
          long answered = System.nanoTime();
          while (System.nanoTime() - answered < kind.planted) {
            Thread.onSpinWait();
          }
          kind.nanos[Math.max(i, 0)] = System.nanoTime() - begin;
          assertThat(status).isEqualTo(401);
        }
      }
    }
  }

  private static List<Kind> kinds(TestRealm realm) {
    List<TestKey> keys = keys(realm);
    List<String> wrong = keys.stream().map(key -> another(key.id())).toList();
    List<TestKey> ended = keys(realm);
    ended.forEach(key -> realm.revoke("alice", key).expect(204));
    return List.of(
        new Kind("unknown id", keys.stream().map(key -> another()).toList(), 0),
        new Kind("wrong secret", wrong, 0),
        new Kind("revoked", ended.stream().map(TestKey::text).toList(), 0),
        new Kind("wrong secret, planted delay", wrong, PLANTED_NANOS));
  }

  private static List<TestKey> keys(TestRealm realm) {
    return Stream.generate(() -> realm.pat("alice", "orders:read")).limit(TEXTS).toList();
  }

  private static String another() {
    return KeyText.generate("kcpat", new SecureRandom()).reveal();
  }

  private static String another(String id) {
    return KeyText.generate("kcpat", id, new SecureRandom()).reveal();
  }

  /** The larger Welch's t of the two ways to look at the times. */
  private static double difference(Kind one, Kind other) {
    double limit =
        StatUtils.percentile(
            DoubleStream.concat(DoubleStream.of(one.nanos), DoubleStream.of(other.nanos)).toArray(),
            SLOWEST_KEPT);
    TTest test = new TTest();
    return Math.max(
        Math.abs(test.t(one.nanos, other.nanos)),
        Math.abs(test.t(one.below(limit), other.below(limit))));
  }

  private static void report(List<Kind> kinds) {
    Kind wrong = kinds.get(1);
    System.out.printf(
        "%d trials each%n%n| | median, µs | mean, µs | t |%n|---|---|---|---|%n", TRIALS);
    for (Kind kind : kinds) {
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %.2f | %s |%n",
          kind.name,
          StatUtils.percentile(kind.nanos, 50) / 1e3,
          StatUtils.mean(kind.nanos) / 1e3,
          kind == wrong ? "" : "%.1f".formatted(difference(wrong, kind)));
    }
  }
}
