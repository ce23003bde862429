package io.accesskeys.transfer;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.management.GrantCheck;
import io.accesskeys.management.KeyIssuer;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Judges keys that are imported by the policy as it stands. Keys that nobody can use are not. */
final class PolicyCheck {

  private final KeycloakSession session;
  private final RealmModel realm;
  private final RealmPolicy policy;
  private final Instant now;

  /** Counted once for each owner: a row must not cost a query more. */
  private final Map<String, Long> alive = new HashMap<>();

  PolicyCheck(KeycloakSession session, RealmModel realm, Instant now) {
    this.session = session;
    this.realm = realm;
    this.policy = RealmPolicy.of(session, realm);
    this.now = now;
  }

  /** Why no key is stored, under a policy that does not say what its author meant. */
  Optional<String> unreadable() {
    return KeyIssuer.unreadable(policy);
  }

  /** The members of a key's row for which nobody could create it now, with what the policy says. */
  Map<String, String> beyond(AccessKey key) {
    Map<String, String> beyond = new LinkedHashMap<>();
    if (!isAlive(key)) {
      return beyond;
    }
    KindPolicy rules = policy.of(key.kind());
    if (!rules.enabled()) {
      beyond.put("kind", "is switched off in this realm");
    }
    if (key.isLegacy() && !policy.legacyTexts().areAcceptedAt(now)) {
      beyond.put("secrets", "are legacy, and legacy-last-day accepts none");
    }
    lifetime(key, rules).ifPresent(reason -> beyond.put("expiresAt", reason));
    GrantCheck.lackOfRestrictions(key.grant(), rules)
        .ifPresent(reason -> beyond.put("restrictions", reason));
    schedule(key, rules).ifPresent(reason -> beyond.put("roll.every", reason));
    long owned = alive(key.ownerId());
    if (owned >= rules.maxPerOwner()) {
      beyond.put("owner", "has " + owned + " keys, and may have " + rules.maxPerOwner());
    }
    return beyond;
  }

  /** Notes that a key was stored. */
  void stored(AccessKey key) {
    if (isAlive(key)) {
      alive.merge(key.ownerId(), 1L, Long::sum);
    }
  }

  private boolean isAlive(AccessKey key) {
    return key.validity().revoked().isEmpty()
        && key.validity().expires().filter(end -> !end.isAfter(now)).isEmpty();
  }

  private long alive(String ownerId) {
    return alive.computeIfAbsent(
        ownerId, id -> session.getProvider(KeyStore.class).countAlive(realm, id, now));
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
