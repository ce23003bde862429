package io.accesskeys.it.speed;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.Wrk;
import io.accesskeys.bench.Wrk.Load;
import io.accesskeys.it.speed.Contender.Rival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Contenders side by side, each on a server on the same core: in every round each has its turn, in
 * an order that changes. What counts is the CPU time of its server, which a busy machine hardly
 * changes, and how much more one costs than another in the same run.
 */
final class Race {

  private static final String HEAD =
      """
      | | server CPU, µs per request | against | requests per second | p50, µs | p99, µs |
      |---|---|---|---|---|---|
      """;

  private final Wrk wrk;
  private final Map<Contender, List<Turn>> turns = new LinkedHashMap<>();

  /** One turn of one contender. */
  private record Turn(double cpu, Load load) {}

  Race(Wrk wrk, List<Contender> contenders) {
    this.wrk = wrk;
    contenders.forEach(contender -> turns.put(contender, new ArrayList<>()));
  }

  /**
   * Runs all of it; fails when an answer was not the expected one. One round without a warm-up says
   * only that all of it works: there all have their turn at the same time.
   */
  Race run(int rounds, Duration warmUp, Duration turn) {
    turns.keySet().forEach(Contender::tryOut);
    if (rounds == 1 && warmUp.isZero()) {
      allAtOnce(turn);
      return this;
    }
    if (!warmUp.isZero()) {
      turns.keySet().forEach(contender -> turn(contender, warmUp.multipliedBy(share(contender))));
    }
    Random random = new Random(rounds);
    List<Contender> order = new ArrayList<>(turns.keySet());
    for (int round = 0; round < rounds; round++) {
      Collections.shuffle(order, random);
      order.forEach(contender -> turns.get(contender).add(turn(contender, turn)));
    }
    return this;
  }

  private void allAtOnce(Duration turn) {
    ExecutorService threads = Executors.newFixedThreadPool(turns.size());
    try {
      List<CompletableFuture<Void>> running =
          turns.entrySet().stream()
              .map(
                  entry ->
                      CompletableFuture.runAsync(
                          () -> entry.getValue().add(turn(entry.getKey(), turn)), threads))
              .toList();
      running.forEach(CompletableFuture::join);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Every server is warmed up for as long as the one with the most contenders. */
  private long share(Contender contender) {
    Map<KeycloakServer, Long> rows =
        turns.keySet().stream()
            .collect(Collectors.groupingBy(Contender::server, Collectors.counting()));
    return Collections.max(rows.values()) / rows.get(contender.server());
  }

  private Turn turn(Contender contender, Duration time) {
    KeycloakServer server = contender.server();
    Duration before = cpu(server);
    Load load = wrk.run(server.baseUri().toString(), contender.requests(), time);
    double spent = cpu(server).minus(before).toNanos() / 1e3;
    long wanted = contender.status() >= 400 ? load.requests() : 0;
    if (load.requests() == 0 || load.refused() != wanted || load.broken() != 0) {
      throw new AssertionError(contender.name() + ": " + load);
    }
    return new Turn(spent / load.requests(), load);
  }

  /** The CPU time that the JVM of a server has had until now. */
  static Duration cpu(KeycloakServer server) {
    return server.jvm().info().totalCpuDuration().orElseThrow();
  }

  /** The medians, and the smallest and the largest cost, as Markdown. */
  String table() {
    StringBuilder table = new StringBuilder(HEAD);
    turns.forEach(
        (contender, all) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %.1f (%.1f to %.1f) | %s | %.0f | %.0f | %.0f |%n",
                    contender.name(),
                    median(all, Turn::cpu),
                    all.stream().mapToDouble(Turn::cpu).min().orElseThrow(),
                    all.stream().mapToDouble(Turn::cpu).max().orElseThrow(),
                    compared(contender),
                    median(all, turn -> turn.load().perSecond()),
                    median(all, turn -> turn.load().median()),
                    median(all, turn -> turn.load().slow()))));
    return table.toString();
  }

  private String compared(Contender contender) {
    return contender
        .rival()
        .flatMap(
            rival ->
                turns.entrySet().stream()
                    .filter(other -> other.getKey().name().equals(rival.name()))
                    .map(other -> compared(contender, rival, other.getValue()))
                    .findFirst())
        .orElse("");
  }

  private String compared(Contender contender, Rival rival, List<Turn> others) {
    double times = median(turns.get(contender), Turn::cpu) / median(others, Turn::cpu);
    String limit =
        rival.limit().isEmpty() ? "" : " (at most %s)".formatted(rival.limit().getAsDouble());
    return String.format(Locale.ROOT, "%.2f × %s%s", times, rival.name(), limit);
  }

  private static double median(List<Turn> all, ToDoubleFunction<Turn> figure) {
    double[] sorted = all.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
