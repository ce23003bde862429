package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Stores keys that come from elsewhere. One that nobody could create under the policy as it stands
 * is refused, or kept and reported; a key that nobody can use is not judged.
 */
public final class KeyImporter {

  private final RealmModel realm;
  private final KeyStore store;
  private final RealmPolicy policy;
  private final BeyondPolicy choice;
  private final Consumer<AccessKey> stored;
  private final Instant now;

  /** Counted once for each owner: a row must not cost a query more. */
  private final Map<String, Long> alive = new HashMap<>();

  /** What becomes of keys that the policy as it stands does not let anybody create. */
  public enum BeyondPolicy {
    /** They are refused. */
    REFUSE,
    /** They are stored as they were, as keys stay that were there when the policy was tightened. */
    KEEP
  }

  /**
   * What became of a key.
   *
   * @param stored whether it was stored
   * @param beyond the members for which nobody could create it now, with what the policy says
   */
  public record Imported(Stored stored, Map<String, String> beyond) {}

  /** Whether a key was stored. */
  public enum Stored {
    YES,
    NO
  }

  KeyImporter(
      KeycloakSession session,
      RealmPolicy policy,
      BeyondPolicy choice,
      Consumer<AccessKey> stored,
      Instant now) {
    this.realm = session.getContext().getRealm();
    this.store = session.getProvider(KeyStore.class);
    this.policy = policy;
    this.choice = choice;
    this.stored = stored;
    this.now = now;
  }

  /**
   * Keeps others from storing keys for these owners meanwhile. Before the first key is added, and
   * in one order for all: two imports would wait for each other in a circle.
   */
  public void lock(Collection<String> ownerIds) {
    new TreeSet<>(ownerIds)
        .forEach(owner -> alive.computeIfAbsent(owner, id -> store.lock(realm, id).alive(now)));
  }

  /** Why no key is stored, under a policy that does not say what its author meant. */
  public Optional<String> unreadable() {
    return KeyIssuer.unreadable(policy);
  }

  /** Stores a key whose id is free and whose owner is locked, if {@link #unreadable} is empty. */
  public Imported add(AccessKey key) {
    Map<String, String> beyond = beyond(key);
    if (!beyond.isEmpty() && choice == BeyondPolicy.REFUSE) {
      return new Imported(Stored.NO, beyond);
    }
    store.add(key);
    stored.accept(key);
    if (isAlive(key)) {
      alive.merge(key.ownerId(), 1L, Long::sum);
    }
    return new Imported(Stored.YES, beyond);
  }

  private Map<String, String> beyond(AccessKey key) {
    Map<String, String> beyond = new LinkedHashMap<>();
    if (!isAlive(key)) {
      return beyond;
    }
    KindPolicy rules = policy.of(key.kind());
    if (!rules.enabled()) {
      beyond.put(
          "kind", "is disabled in this realm. Ask an administrator to enable it in the policy");
    }
    if (key.isLegacy() && !policy.legacyTexts().areAcceptedAt(now)) {
      beyond.put("secrets", "are legacy, and legacy-last-day accepts none");
    }
    lifetime(key, rules).ifPresent(reason -> beyond.put("expiresAt", reason));
    GrantCheck.lackOfRestrictions(key.grant(), rules)
        .ifPresent(reason -> beyond.put("restrictions", reason));
    schedule(key, rules).ifPresent(reason -> beyond.put("roll.every", reason));
    long owned = alive.getOrDefault(key.ownerId(), 0L);
    if (owned >= rules.maxPerOwner()) {
      beyond.put("owner", "has " + owned + " keys, and may have " + rules.maxPerOwner());
    }
    return beyond;
  }

  private boolean isAlive(AccessKey key) {
    return key.validity().revoked().isEmpty()
        && key.validity().expires().filter(end -> !end.isAfter(now)).isEmpty();
  }

  private Optional<String> lifetime(AccessKey key, KindPolicy rules) {
    // A row may say that it begins ahead, and would live the longer.
    Instant begun = key.validity().begun().isAfter(now) ? now : key.validity().begun();
    Optional<Duration> most =
        rules.expiryChoice() == ExpiryChoice.FIXED
            ? Optional.of(rules.defaultLifetime())
            : rules.maxLifetime();
    return most.filter(
            life ->
                key.validity().expires().filter(end -> !end.isAfter(begun.plus(life))).isEmpty())
        .map(life -> "must be at most " + life + " after its creation or renewal");
  }

  private static Optional<String> schedule(AccessKey key, KindPolicy rules) {
    Optional<Period> every = key.roll().flatMap(RollSchedule::every);
    return rules
        .rolling()
        .every()
        .filter(
            most ->
                every.isEmpty()
                    || RollSchedule.lengthOf(every.get()).compareTo(RollSchedule.lengthOf(most))
                        > 0)
        .map(most -> "must be at most " + most);
  }
}
