package io.accesskeys.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Reading a text that is twice as long costs twice as much, whatever it is made of: nobody buys
 * seconds of a server with a header.
 *
 * <p>Compared is the CPU time of this thread alone, so that it does not matter what else the
 * machine does, and of each length the least that was ever seen: more runs only bring both nearer
 * to what they are. Some texts cost more from one length on, as where a buffer no longer suffices;
 * what is quadratic grows too fast each time it is doubled.
 */
class LinearCostTest {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** How many times as much twice as much may cost: two, and what caches and tables add. */
  private static final double MOST = 2.5;

  private static final int DOUBLINGS = 3;

  /** Some thousand of these have everything compiled. */
  private static final int SHORT = 200;

  private static final int HEADER = 8_192;
  private static final Duration MOST_FOR_HEADER = Duration.ofMillis(20);

  /** Even the first time, so that a failure does not take minutes. */
  private static final Duration FAR_TOO_MUCH = Duration.ofMillis(500);

  /**
   * For two headers or more. What is quadratic cannot be so cheap: less than a picosecond for each
   * pair of characters.
   */
  private static final Duration CHEAP = Duration.ofNanos(200_000);

  private static final int RUNS = 2;
  private static final int ROUNDS = 12;
  private static final Duration PAUSE = Duration.ofMillis(10);

  @ParameterizedTest
  @EnumSource
  void ofATextGrowsWithItsLengthAndNoFaster(Target target) {
    Map<String, IntFunction<String>> all = HostileTexts.all(target.seeds());
    all.values().forEach(maker -> new Cost(target, maker.apply(SHORT)).seen(RUNS));
    Duration worst = Duration.ZERO;
    String which = "";
    for (Map.Entry<String, IntFunction<String>> hostile : all.entrySet()) {
      String what = shown(hostile.getKey());
      Cost header = new Cost(target, hostile.getValue().apply(HEADER)).seen(1);
      assertThat(header.least).as("8 KB at once: %s", what).isLessThan(FAR_TOO_MUCH);
      assertThat(growth(header, hostile.getValue())).as(what).anyMatch(grown -> grown <= MOST);
      assertThat(header.least).as("8 KB: %s", what).isLessThan(MOST_FOR_HEADER);
      if (header.least.compareTo(worst) > 0) {
        worst = header.least;
        which = what;
      }
    }
    System.out.printf(
        "%-12s at most %6.3f ms for 8 KB: %s%n", target, worst.toNanos() / 1e6, which);
  }

  /** How many times as much twice as much costs, until that is little enough. */
  private static List<Double> growth(Cost header, IntFunction<String> maker) {
    List<Double> growth = new ArrayList<>();
    Cost half = header;
    do {
      Cost whole = new Cost(header.target, maker.apply(HEADER << (growth.size() + 1)));
      growth.add(growth(half, whole));
      half = whole;
    } while (growth.get(growth.size() - 1) > MOST && growth.size() < DOUBLINGS);
    return growth;
  }

  private static double growth(Cost half, Cost whole) {
    double growth = 0;
    for (int round = 0; round < ROUNDS; round++) {
      growth = (double) whole.seen(RUNS).least.toNanos() / half.seen(RUNS).least.toNanos();
      if (whole.least.compareTo(CHEAP) < 0) {
        return 1;
      }
      if (growth <= MOST) {
        return growth;
      }
      // What the compiler has thrown away, it makes again meanwhile.
      LockSupport.parkNanos(round * PAUSE.toNanos());
    }
    return growth;
  }

  /** What it costs to read a text. */
  private static final class Cost {

    private final Target target;
    private final String text;
    private Duration least = Duration.ofDays(1);

    Cost(Target target, String text) {
      this.target = target;
      this.text = text;
    }

    /** The same, seen some more times. */
    Cost seen(int times) {
      for (int time = 0; time < times; time++) {
        long before = THREADS.getCurrentThreadCpuTime();
        target.take(text);
        Duration now = Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - before);
        least = now.compareTo(least) < 0 ? now : least;
      }
      return this;
    }
  }

  private static String shown(String text) {
    return text.codePoints()
        .map(c -> Character.isISOControl(c) || c > '~' ? '?' : c)
        .limit(80)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
