package io.accesskeys.benchmark;

import io.accesskeys.SampleKey;
import io.accesskeys.SeededRandom;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Limits;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.policy.RealmPolicy;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What of a decision needs no Keycloak, step by step. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class KeyBenchmark {

  private static final Instant NOW = SampleKey.CREATED.plus(Duration.ofDays(30));

  private final KeyText text = KeyText.generate("kcpat", new SeededRandom(7));
  private final String presented = text.reveal();
  private final String malformed = presented.substring(0, presented.length() - 1) + '!';
  private final AccessKey key =
      SampleKey.of(text)
          .scheduled(
              Optional.of(
                  new RollSchedule(
                      Optional.of(Period.ofDays(90)),
                      Optional.empty(),
                      Duration.ofDays(7),
                      "pickup")));
  private final Map<String, String> settings =
      new HashMap<>(Map.of("revocation-budget", "PT30S", "max_auth_age", "300"));

  /** Shape and checksum of a good key. */
  @Benchmark
  public Optional<KeyText> parse() {
    return KeyText.parse(presented);
  }

  /** The same of what is no key, seen at its last character. */
  @Benchmark
  public Optional<KeyText> parseMalformed() {
    return KeyText.parse(malformed);
  }

  /** The hash, and its comparison with what is stored. */
  @Benchmark
  public Optional<KeySecret> hash() {
    return key.secretOf(text);
  }

  /** The state at an instant. */
  @Benchmark
  public KeyState state() {
    return key.stateAt(NOW, Limits.NONE);
  }

  /** When the next roll is due. */
  @Benchmark
  public Optional<Instant> rollDue() {
    return key.rollDue(Limits.NONE);
  }

  /** The realm's policy, which was read before. */
  @Benchmark
  public RealmPolicy policy() {
    return RealmPolicy.of(settings);
  }
}
