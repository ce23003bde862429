package io.accesskeys.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Metrics;
import java.util.Collection;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * How many keys and mails of all realms a node has counted last, as metrics. They are made once,
 * with labels from fixed lists, and reading them counts nothing. All nodes show the same: take the
 * highest of them, not the sum.
 */
public final class InventoryGauges {

  private volatile Inventory counted = new Inventory(Map.of(), 0, 0, 0, 0);

  /**
   * What was counted.
   *
   * @param keys by {@code kind} and then {@code state}; zero where one is missing
   * @param rollsDue keys that are due to be rolled and have not been
   * @param expiring keys that expire within seven days
   * @param mailsPending mails that have not been sent yet
   * @param mailsFailed mails that were given up
   */
  public record Inventory(
      Map<String, Map<String, Long>> keys,
      long rollsDue,
      long expiring,
      long mailsPending,
      long mailsFailed) {}

  /** Makes the metrics, all zero. */
  public InventoryGauges(Collection<String> kinds, Collection<String> states) {
    for (String kind : kinds) {
      for (String state : states) {
        register(
            "access.keys.keys",
            "Keys of all realms, by what is stored of them: a lifetime that the policy imposes is"
                + " not looked at",
            in -> in.keys().getOrDefault(kind, Map.of()).getOrDefault(state, 0L),
            "kind",
            kind,
            "state",
            state);
      }
    }
    register(
        "access.keys.rolls.due", "Keys whose roll is due and not done yet", Inventory::rollsDue);
    register("access.keys.expiring", "Keys that expire within seven days", Inventory::expiring);
    register("access.keys.mails.pending", "Mails not sent yet", Inventory::mailsPending);
    register(
        "access.keys.mails.failed",
        "Mails that were given up after seven days, and are kept for sixty",
        Inventory::mailsFailed);
  }

  /** Shows these numbers from now on. */
  public void show(Inventory inventory) {
    counted = inventory;
  }

  private void register(
      String name, String description, ToDoubleFunction<Inventory> value, String... tags) {
    Gauge.builder(name, this, gauges -> value.applyAsDouble(gauges.counted))
        .description(description)
        .tags(tags)
        .strongReference(true)
        .register(Metrics.globalRegistry);
  }
}
