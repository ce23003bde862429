package io.accesskeys.policy;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.Limits.Overdue;
import io.accesskeys.key.Limits.Rolling;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy.Applications;
import io.accesskeys.policy.RealmPolicy.PageGives;
import io.accesskeys.policy.RealmPolicy.RevocationEndpoint;
import io.accesskeys.policy.RealmPolicy.SelfService;
import io.accesskeys.policy.RealmPolicy.WhenExposed;
import io.accesskeys.policy.RealmPolicy.WhenRetiredUsed;
import io.accesskeys.policy.RealmPolicy.WhenSuccessorUnused;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Reads a policy from its settings, and notes every setting that is wrong, with the reason. */
final class PolicyReader {

  private final SettingValues values;

  PolicyReader(PolicySources sources) {
    this.values = new SettingValues(sources);
  }

  RealmPolicy read() {
    values.noteUnknown();
    Map<KeyKind, KindPolicy> kinds = new EnumMap<>(KeyKind.class);
    for (KeyKind kind : KeyKind.values()) {
      kinds.put(kind, kind(kind));
    }
    Duration maxOverlap =
        values.duration(PolicySetting.MAX_OVERLAP, Duration.ZERO, SettingValues.LONGEST);
    Duration tokenLifespan =
        values.duration(
            PolicySetting.TOKEN_LIFESPAN, Duration.ofSeconds(1), Duration.ofMinutes(15));
    Duration budget = values.duration(PolicySetting.BUDGET, Duration.ZERO, Duration.ofHours(1));
    return new RealmPolicy(
        Map.copyOf(kinds),
        values.presets(),
        Duration.ofSeconds(values.number(PolicySetting.FRESH_LOGIN, 0, 86_400)),
        new SelfService(values.words(PolicySetting.CLIENTS), values.word(PolicySetting.ROLE)),
        values.option(
            PolicySetting.PAGE_GIVES, Map.of("key", PageGives.KEY, "token", PageGives.TOKEN)),
        applications(),
        values.duration(PolicySetting.DEFAULT_OVERLAP, Duration.ZERO, maxOverlap),
        maxOverlap,
        tokenLifespan,
        budget,
        values.number(PolicySetting.ACCEPTED_EVENTS, 0, 1_000_000),
        values.option(
            PolicySetting.REVOCATION_ENDPOINT,
            Map.of(
                "keycloak",
                RevocationEndpoint.KEYCLOAK,
                "access-keys",
                RevocationEndpoint.ACCESS_KEYS)),
        values.option(
            PolicySetting.WHEN_EXPOSED,
            Map.of("revoke", WhenExposed.REVOKE, "suspend", WhenExposed.SUSPEND)),
        values.option(
            PolicySetting.WHEN_SUCCESSOR_UNUSED,
            Map.of("extend", WhenSuccessorUnused.EXTEND, "notify", WhenSuccessorUnused.NOTIFY)),
        values.option(
            PolicySetting.WHEN_RETIRED_USED,
            Map.of("notify", WhenRetiredUsed.NOTIFY, "suspend", WhenRetiredUsed.SUSPEND)),
        values.duration(PolicySetting.RETENTION, Duration.ofDays(1), SettingValues.LONGEST),
        trustedProxies(),
        SettingsOfLegacyKeys.read(values),
        values.invalid());
  }

  /** What a value of each setting must be; of those that were read. */
  Map<String, String> rules() {
    return values.rules();
  }

  TrustedProxies trustedProxies() {
    TrustedProxies named =
        values.read(
            PolicySetting.TRUSTED_PROXIES,
            text -> TrustedProxies.in(SettingValues.split(text).toList()),
            "must be addresses and CIDR ranges without host bits, such as 10.0.0.0/8");
    // The default would let every client say where it is.
    return values.isReplacedByDefault(PolicySetting.TRUSTED_PROXIES)
        ? TrustedProxies.UNREADABLE
        : named;
  }

  private KindPolicy kind(KeyKind kind) {
    Optional<Duration> maxLifetime =
        values.optionalDuration(
            PolicySetting.of(kind, PolicySetting.MAX_LIFETIME), Duration.ofMinutes(1));
    return new KindPolicy(
        values.option(
            PolicySetting.of(kind, PolicySetting.ENABLED), Map.of("true", true, "false", false)),
        values.prefixes(PolicySetting.of(kind, PolicySetting.PREFIXES)),
        values.option(
            PolicySetting.of(kind, PolicySetting.EXPIRY),
            Map.of("chosen", ExpiryChoice.CHOSEN, "fixed", ExpiryChoice.FIXED)),
        values.duration(
            PolicySetting.of(kind, PolicySetting.DEFAULT_LIFETIME),
            Duration.ofMinutes(1),
            maxLifetime.orElse(SettingValues.LONGEST)),
        maxLifetime,
        values.optionalDuration(PolicySetting.of(kind, PolicySetting.MAX_IDLE), Duration.ofDays(1)),
        values.number(PolicySetting.of(kind, PolicySetting.MAX_PER_OWNER), 1, 1_000_000),
        values.types(PolicySetting.of(kind, PolicySetting.REQUIRED_RESTRICTIONS)),
        selfRoll(kind),
        rolling(kind),
        values.instant(PolicySetting.ENFORCE_FROM));
  }

  private Applications applications() {
    return new Applications(
        values.word(PolicySetting.APPLICATION_ROLE),
        values.number(PolicySetting.APPLICATIONS_PER_PERSON, 0, 1_000),
        values.words(PolicySetting.APPLICATION_ROLES));
  }

  private Optional<Duration> selfRoll(KeyKind kind) {
    return kind == KeyKind.CLIENT_SECRET
        ? Optional.empty()
        : values.optionalDuration(
            PolicySetting.of(kind, PolicySetting.SELF_ROLL), Duration.ofDays(1));
  }

  private Rolling rolling(KeyKind kind) {
    return new Rolling(
        values.period(PolicySetting.of(kind, PolicySetting.ROLL_EVERY)),
        values.duration(PolicySetting.ROLL_WINDOW, Duration.ofHours(1), Duration.ofDays(365)),
        values.option(
            PolicySetting.WHEN_ROLL_OVERDUE,
            Map.of("extend", Overdue.EXTEND, "expire", Overdue.EXPIRE)));
  }
}
