package io.accesskeys.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Metrics;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.keycloak.cache.LocalCache;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.Provider;

/**
 * What is remembered of uses of keys: every one is counted, a refusal leaves an error event as
 * well. The same refusal from the same address leaves one event a minute, and made-up ids leave
 * {@value #MADE_UP_IDS} together, so that nobody can flood the event store.
 */
public final class Audit implements Provider {

  /** Detail of events: the public id of the key. */
  public static final String KEY_ID = "access_key_id";

  /** The outcome of a token that was minted from a key, where none is accepted. */
  public static final String MINTED_TOKEN = "minted_token";

  /** How many ids that no key has are written down a minute, for each reason and address. */
  private static final int MADE_UP_IDS = 20;

  private static final String COUNTER = "access.keys.verifications";
  private static final String LEGACY_COUNTER = "access.keys.legacy.accepted";
  private static final String REPORTED_COUNTER = "access.keys.would.refuse";

  private final KeycloakSession session;
  private final LocalCache<String, AtomicInteger> recent;
  private final Map<Outcome, Counter> counters;
  private final Map<String, Counter> legacy;

  /** What is counted apart: how a key came in, and what became of it. */
  record Outcome(String way, String outcome) {
    Counter count() {
      return counter(way, outcome);
    }
  }

  /**
   * An audit for one session.
   *
   * @param counters those that were looked up before: a look-up costs more than all the rest here
   * @param legacy the same of accepted legacy keys, by entry point
   */
  Audit(
      KeycloakSession session,
      LocalCache<String, AtomicInteger> recent,
      Map<Outcome, Counter> counters,
      Map<String, Counter> legacy) {
    this.session = session;
    this.recent = recent;
    this.counters = counters;
    this.legacy = legacy;
  }

  /** The counter of this outcome, for what has no session. */
  public static Counter counter(String way, String outcome) {
    return counter(
        COUNTER,
        "Uses of access keys, by entry point and by what became of them",
        "way",
        way,
        "outcome",
        outcome);
  }

  /** Counts an accepted use. No event: successes come by the million. */
  public void accepted(String way) {
    count(way, "accepted");
  }

  /** Counts an accepted use of a key that another system made: who has yet to roll. */
  public void acceptedLegacy(String way) {
    legacy
        .computeIfAbsent(
            way,
            one ->
                counter(
                    LEGACY_COUNTER,
                    "Accepted uses of keys that another system made and nobody has rolled yet",
                    "way",
                    one))
        .increment();
  }

  /**
   * Counts an accepted use that a restriction would have refused if it did not only report.
   *
   * @param restriction its type
   */
  public void reported(String way, String restriction) {
    counter(
            REPORTED_COUNTER,
            "Accepted uses that a restriction would have refused if it did not only report",
            "way",
            way,
            "restriction",
            restriction)
        .increment();
  }

  /**
   * Counts a refusal and leaves its event.
   *
   * @param from the address of the client, if it is known
   * @param unsent makes an event of the right type; asked for one that is left only, since making
   *     it costs more than the refusal
   */
  public void refused(Denial denial, Optional<String> from, Supplier<EventBuilder> unsent) {
    count(denial.way(), denial.reason());
    if (!isFirst(denial, from.orElse("unknown"))) {
      return;
    }
    EventBuilder event = unsent.get().ipAddress(from.orElse(null));
    event.detail("way", denial.way()).detail(Details.REASON, denial.reason());
    denial.keyId().ifPresent(id -> event.detail(KEY_ID, id));
    denial.details().forEach(event::detail);
    event.error(Errors.INVALID_TOKEN);
  }

  /** Whether there was no such denial of this key within the last minute. */
  public boolean isFirst(Denial denial) {
    return isFirst(denial, "");
  }

  private static Counter counter(String name, String description, String... tags) {
    return Counter.builder(name)
        .description(description)
        .tags(tags)
        .register(Metrics.globalRegistry);
  }

  private void count(String way, String outcome) {
    counters.computeIfAbsent(new Outcome(way, outcome), Outcome::count).increment();
  }

  private boolean isFirst(Denial denial, String address) {
    return times(denial, denial.keyId().orElse(""), address) == 0
        && (denial.ofKnownKey() || times(denial, "any", address) < MADE_UP_IDS);
  }

  /** How often there was such a denial within the last minute; this one counts from now on. */
  private int times(Denial denial, String keyId, String address) {
    String realm = session.getContext().getRealm().getId();
    String which = String.join("|", realm, denial.way(), denial.reason(), keyId, address);
    return recent.get(which).getAndIncrement();
  }

  @Override
  public void close() {}
}
