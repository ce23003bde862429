package io.accesskeys.policy;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Limits.Rolling;
import io.accesskeys.policy.RealmPolicy.Applications;
import io.accesskeys.policy.RealmPolicy.SelfService;
import io.accesskeys.policy.RealmPolicy.Suggestions;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads a policy from its settings, and notes every setting that is wrong, with the reason. */
final class PolicyReader {

  private final SettingsOfRealm settings = PolicySetting.REALM;
  private final SettingValues values;

  PolicyReader(PolicySources sources) {
    this.values = new SettingValues(sources);
  }

  RealmPolicy read() {
    values.noteUnknown();
    Map<KeyKind, KindPolicy> kinds = new EnumMap<>(KeyKind.class);
    for (KeyKind kind : KeyKind.values()) {
      kinds.put(kind, kind(PolicySetting.of(kind)));
    }
    Duration maxOverlap = settings.maxOverlap.in(values);
    return new RealmPolicy(
        Map.copyOf(kinds),
        settings.presets.in(values),
        Duration.ofSeconds(settings.freshLogin.in(values)),
        new SelfService(settings.clients.in(values), settings.role.in(values)),
        settings.pageGives.in(values),
        new Applications(
            settings.applicationRole.in(values),
            settings.applicationsPerPerson.in(values),
            settings.applicationRoles.in(values)),
        settings.defaultOverlap.in(values, maxOverlap),
        maxOverlap,
        settings.tokenLifespan.in(values),
        settings.budget.in(values),
        settings.acceptedEventEvery.in(values),
        settings.revocationEndpoint.in(values),
        settings.whenExposed.in(values),
        settings.whenSuccessorUnused.in(values),
        settings.whenRetiredUsed.in(values),
        settings.retention.in(values),
        new Suggestions(
            settings.suggestionMinUses.in(values), settings.suggestionMinDays.in(values)),
        trustedProxies(),
        settings.legacyKeys.in(values),
        values.invalid());
  }

  /** What a value of each setting must be; of those that were read. */
  Map<String, String> rules() {
    return values.rules();
  }

  TrustedProxies trustedProxies() {
    TrustedProxies named = settings.trustedProxies.in(values);
    // The default would let every client say where it is.
    return values.isReplacedByDefault(settings.trustedProxies.shown())
        ? TrustedProxies.UNREADABLE
        : named;
  }

  private KindPolicy kind(SettingsOfKind kind) {
    Optional<Duration> maxLifetime = kind.maxLifetime.in(values);
    return new KindPolicy(
        kind.enabled.in(values),
        kind.prefixes.in(values),
        kind.expiry.in(values),
        kind.defaultLifetime.in(values, maxLifetime.orElse(BoundedDuration.LONGEST)),
        maxLifetime,
        kind.maxIdle.in(values),
        kind.maxPerOwner.in(values),
        kind.requiredRestrictions.in(values),
        kind.selfRoll.flatMap(setting -> setting.in(values)),
        new Rolling(
            kind.rollEvery.in(values),
            settings.rollWindow.in(values),
            settings.whenRollOverdue.in(values)),
        settings.enforcedFrom.in(values));
  }
}
