package io.accesskeys.jobs;

import io.accesskeys.health.Finding;
import io.accesskeys.health.FindingKind;
import io.accesskeys.request.ProxySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** What is wrong with the node that looks, whatever the realm. */
public final class NodeHealth {

  /** A run may be late by as long as another one takes: a node's jobs share one thread. */
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private NodeHealth() {}

  /**
   * Everything that is wrong.
   *
   * @param runs the jobs of the node
   */
  public static List<Finding> findings(List<JobRun> runs, Instant now) {
    Stream<Finding> proxies =
        ProxySettings.current().warning().stream()
            .map(
                warning ->
                    new Finding(
                        FindingKind.UNTRUSTED_PROXIES,
                        List.of(),
                        "node",
                        warning,
                        FindingKind.UNTRUSTED_PROXIES.wayOut()));
    Stream<Finding> late =
        runs.stream()
            .filter(run -> run.lag(now).compareTo(run.interval().plus(PATIENCE)) > 0)
            .map(
                run ->
                    new Finding(
                        FindingKind.JOB_BEHIND,
                        List.of(run.name()),
                        "job " + run.name(),
                        "Its next run should have started " + run.lag(now) + " ago",
                        FindingKind.JOB_BEHIND.wayOut()));
    return Stream.concat(proxies, late).toList();
  }
}
