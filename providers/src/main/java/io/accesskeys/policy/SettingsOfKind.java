package io.accesskeys.policy;

import static io.accesskeys.policy.PolicySetting.NONE;
import static io.accesskeys.policy.PolicySetting.several;
import static io.accesskeys.policy.PolicySetting.text;
import static io.accesskeys.policy.Setting.only;
import static io.accesskeys.policy.Setting.split;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings that each kind of key has for itself, in the order in which they are shown. */
final class SettingsOfKind {

  final Setting<Boolean> enabled;
  final Setting<List<String>> prefixes;
  final Setting<ExpiryChoice> expiry;
  final BoundedDuration defaultLifetime;
  final Setting<Optional<Duration>> maxLifetime;
  final Setting<Optional<Duration>> maxIdle;
  final Setting<Integer> maxPerOwner;
  final Setting<Set<String>> requiredRestrictions;

  /** Not of client secrets, which authenticate nowhere else than their client does. */
  final Optional<Setting<Optional<Duration>>> selfRoll;

  final Setting<Optional<Period>> rollEvery;

  private final KeyKind kind;
  private final List<PolicySetting> all = new ArrayList<>();

  SettingsOfKind(KeyKind kind) {
    this.kind = kind;
    enabled = enabled();
    prefixes = prefixes();
    expiry = expiry();
    defaultLifetime = defaultLifetime();
    maxLifetime = maxLifetime();
    maxIdle = maxIdle();
    maxPerOwner = maxPerOwner();
    requiredRestrictions = requiredRestrictions();
    selfRoll = kind == KeyKind.CLIENT_SECRET ? Optional.empty() : Optional.of(selfRoll());
    rollEvery = rollEvery();
  }

  /** All of them, as they are shown. */
  List<PolicySetting> all() {
    return List.copyOf(all);
  }

  private Setting<Boolean> enabled() {
    return add(
        Setting.on(
            name("enabled"),
            label("enabled"),
            "If disabled, no key of this kind is created or accepted; existing keys are kept."));
  }

  private Setting<List<String>> prefixes() {
    return add(
        new Setting<>(
            several(
                name("prefixes"),
                kind.defaultPrefix(),
                label("prefixes"),
                "What the text of a new key begins with; the first is the usual one. 2 to 24"
                    + " lower-case letters, digits and single underscores."),
            text ->
                only(
                    split(text).toList(),
                    list -> !list.isEmpty() && list.stream().allMatch(KeyText::isPrefix)),
            "must be prefixes of 2 to 24 lower-case letters, digits and single underscores"));
  }

  private Setting<ExpiryChoice> expiry() {
    return add(
        Setting.choice(
            name("expiry"),
            ExpiryChoice.CHOSEN,
            label("expiry"),
            "Whether whoever makes a key chooses its expiry, or every key lives for the default"
                + " lifetime."));
  }

  private BoundedDuration defaultLifetime() {
    BoundedDuration setting =
        new BoundedDuration(
            text(
                name("default-lifetime"),
                "P30D",
                label("default lifetime"),
                "ISO-8601 duration, such as P30D."),
            Duration.ofMinutes(1),
            BoundedDuration.LONGEST);
    all.add(setting.shown());
    return setting;
  }

  private Setting<Optional<Duration>> maxLifetime() {
    return add(
        Setting.optionalDuration(
            text(
                name("max-lifetime"),
                "P365D",
                label("maximum lifetime"),
                "ISO-8601 duration, such as P365D; \"none\" also allows keys that never expire."),
            Duration.ofMinutes(1)));
  }

  private Setting<Optional<Duration>> maxIdle() {
    return add(
        Setting.optionalDuration(
            text(
                name("max-idle"),
                NONE,
                label("expiry by disuse"),
                "A key that was not used for so long has expired. ISO-8601 duration, at least P1D;"
                    + " \"none\" for never."),
            Duration.ofDays(1)));
  }

  private Setting<Integer> maxPerOwner() {
    return add(
        Setting.number(
            text(
                name("max-per-owner"),
                "100",
                label("most keys per owner"),
                "How many usable keys an owner may have at a time."),
            1,
            1_000_000));
  }

  private Setting<Set<String>> requiredRestrictions() {
    return add(
        Setting.words(
            several(
                name("required-restrictions"),
                "",
                label("required restrictions"),
                "Types of which every key must have one restriction each: ip, client, referrer,"
                    + " android, ios, or one that another extension brings."),
            type -> type.matches("[a-z0-9][a-z0-9-]*"),
            "must be types of restrictions, such as ip"));
  }

  private Setting<Optional<Duration>> selfRoll() {
    return add(
        Setting.optionalDuration(
            text(
                name("self-roll"),
                NONE,
                label("rolls itself"),
                "How long after its creation or renewal a key may give itself a new secret. ISO-8601"
                    + " duration, at least P1D; \"none\" for never."),
            Duration.ofDays(1)));
  }

  private Setting<Optional<Period>> rollEvery() {
    return add(
        new Setting<>(
            text(
                name("roll-every"),
                NONE,
                label("rolled at least every"),
                "Every key must get a new secret so often. ISO-8601 period, such as P90D or P3M;"
                    + " \"none\" leaves it to whoever makes a key."),
            text ->
                only(
                    Setting.orNone(text, Period::parse),
                    every -> every.isEmpty() || RollSchedule.isPeriod(every.get())),
            "must be an ISO-8601 period from P1D to P10Y, or none"));
  }

  /** In realm exports: never to change. */
  private String name(String what) {
    return kind.wireName() + "." + what;
  }

  private String label(String what) {
    return kind.label() + ": " + what;
  }

  private <T> Setting<T> add(Setting<T> setting) {
    all.add(setting.shown());
    return setting;
  }
}
