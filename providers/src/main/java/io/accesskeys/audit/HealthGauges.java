package io.accesskeys.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.Collection;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What a node's last look at all realms has found, as metrics. They are made once, with a label
 * from a fixed list, and reading them counts nothing.
 */
public final class HealthGauges {

  private volatile Map<String, Long> findings = Map.of();
  private volatile Map<String, Long> brokenRules = Map.of();

  /**
   * Makes the metrics, all zero.
   *
   * @param kinds of findings
   * @param rules for API clients
   */
  public HealthGauges(Collection<String> kinds, Collection<String> rules) {
    kinds.forEach(
        kind ->
            register(
                "access.keys.health.findings",
                "Things that are wrong with what access keys rely on, in all realms",
                "kind",
                kind,
                gauges -> gauges.findings.getOrDefault(kind, 0L)));
    rules.forEach(
        rule ->
            register(
                "access.keys.api.clients.broken",
                "API clients that break a rule, so that all keys for them are refused",
                "rule",
                rule,
                gauges -> gauges.brokenRules.getOrDefault(rule, 0L)));
  }

  /**
   * Shows these numbers from now on.
   *
   * @param byKind findings by kind; zero where one is missing
   * @param byRule API clients by the rule that they break; one that breaks several counts in each
   */
  public void show(Map<String, Long> byKind, Map<String, Long> byRule) {
    findings = Map.copyOf(byKind);
    brokenRules = Map.copyOf(byRule);
  }

  private void register(
      String name,
      String description,
      String label,
      String value,
      ToDoubleFunction<HealthGauges> is) {
    Gauge.builder(name, this, is)
        .description(description)
        .tag(label, value)
        .strongReference(true)
        .register(Metrics.globalRegistry);
  }
}
