package io.accesskeys.audit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How the jobs of this node go, as metrics. */
public final class JobGauges {

  private JobGauges() {}

  /**
   * Makes the metrics of a job.
   *
   * @param name what it is called
   * @param lag how long ago its next run should have started; zero if it is in time
   * @param failures how often something went wrong since the node has started
   */
  public static void register(String name, Supplier<Duration> lag, LongSupplier failures) {
    TimeGauge.builder("access.keys.job.lag", () -> lag.get().toMillis(), TimeUnit.MILLISECONDS)
        .description("How long ago the next run of a job of this node should have started")
        .tag("job", name)
        .register(Metrics.globalRegistry);
    FunctionCounter.builder("access.keys.job.failures", failures, LongSupplier::getAsLong)
        .description("What jobs of this node could not do and have left to their next run")
        .tag("job", name)
        .register(Metrics.globalRegistry);
  }
}
