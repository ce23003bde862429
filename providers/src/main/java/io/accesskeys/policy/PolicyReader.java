package io.accesskeys.policy;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyText;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy.Applications;
import io.accesskeys.policy.RealmPolicy.SelfService;
import io.accesskeys.policy.RealmPolicy.WhenExposed;
import io.accesskeys.policy.RealmPolicy.WhenRetiredUsed;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a policy from its settings, and notes every setting that is wrong, with the reason. */
final class PolicyReader {

  private static final Duration SHORTEST = Duration.ofNanos(1);
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final Map<String, String> settings;
  private final Map<String, String> invalid = new LinkedHashMap<>();

  PolicyReader(Map<String, String> settings) {
    this.settings = settings;
  }

  RealmPolicy read() {
    settings.keySet().stream()
        .filter(name -> PolicySetting.ALL.stream().noneMatch(known -> known.name().equals(name)))
        .forEach(name -> invalid.put(name, "is no setting"));
    Map<KeyKind, KindPolicy> kinds = new EnumMap<>(KeyKind.class);
    for (KeyKind kind : KeyKind.values()) {
      kinds.put(kind, kind(kind));
    }
    Duration maxOverlap = duration(PolicySetting.MAX_OVERLAP, Duration.ZERO, LONGEST);
    Duration tokenLifespan =
        duration(PolicySetting.TOKEN_LIFESPAN, Duration.ofSeconds(1), Duration.ofMinutes(15));
    Duration budget = duration(PolicySetting.BUDGET, Duration.ZERO, Duration.ofHours(1));
    return new RealmPolicy(
        Map.copyOf(kinds),
        presets(),
        Duration.ofSeconds(number(PolicySetting.FRESH_LOGIN, 0, 86_400)),
        new SelfService(words(PolicySetting.CLIENTS), word(PolicySetting.ROLE)),
        applications(),
        duration(PolicySetting.DEFAULT_OVERLAP, Duration.ZERO, maxOverlap),
        maxOverlap,
        tokenLifespan,
        budget,
        option(
            PolicySetting.WHEN_EXPOSED,
            Map.of("revoke", WhenExposed.REVOKE, "suspend", WhenExposed.SUSPEND)),
        option(
            PolicySetting.WHEN_RETIRED_USED,
            Map.of("notify", WhenRetiredUsed.NOTIFY, "suspend", WhenRetiredUsed.SUSPEND)),
        duration(PolicySetting.RETENTION, Duration.ofDays(1), LONGEST),
        trustedProxies(),
        Map.copyOf(invalid));
  }

  TrustedProxies trustedProxies() {
    TrustedProxies named =
        read(
            PolicySetting.TRUSTED_PROXIES,
            text -> TrustedProxies.in(split(text).toList()),
            "must be addresses and CIDR ranges without host bits, such as 10.0.0.0/8");
    // The default would let every client say where it is.
    return invalid.containsKey(PolicySetting.TRUSTED_PROXIES) ? TrustedProxies.UNREADABLE : named;
  }

  private KindPolicy kind(KeyKind kind) {
    Optional<Duration> maxLifetime =
        optionalDuration(PolicySetting.of(kind, PolicySetting.MAX_LIFETIME), Duration.ofMinutes(1));
    return new KindPolicy(
        option(PolicySetting.of(kind, PolicySetting.ENABLED), Map.of("true", true, "false", false)),
        prefixes(PolicySetting.of(kind, PolicySetting.PREFIXES)),
        option(
            PolicySetting.of(kind, PolicySetting.EXPIRY),
            Map.of("chosen", ExpiryChoice.CHOSEN, "fixed", ExpiryChoice.FIXED)),
        duration(
            PolicySetting.of(kind, PolicySetting.DEFAULT_LIFETIME),
            Duration.ofMinutes(1),
            maxLifetime.orElse(LONGEST)),
        maxLifetime,
        optionalDuration(PolicySetting.of(kind, PolicySetting.MAX_IDLE), Duration.ofDays(1)),
        number(PolicySetting.of(kind, PolicySetting.MAX_PER_OWNER), 1, 1_000_000),
        types(PolicySetting.of(kind, PolicySetting.REQUIRED_RESTRICTIONS)),
        optionalDuration(PolicySetting.of(kind, PolicySetting.SELF_ROLL), Duration.ofDays(1)),
        instant(PolicySetting.ENFORCE_FROM));
  }

  private Applications applications() {
    return new Applications(
        word(PolicySetting.APPLICATION_ROLE),
        number(PolicySetting.APPLICATIONS_PER_PERSON, 0, 1_000),
        words(PolicySetting.APPLICATION_ROLES));
  }

  private List<Duration> presets() {
    return read(
        PolicySetting.PRESETS,
        text ->
            only(
                split(text).map(Duration::parse).sorted().toList(),
                lives -> lives.stream().allMatch(life -> within(life, SHORTEST, LONGEST))),
        "must be ISO-8601 durations up to " + LONGEST + ", such as P30D");
  }

  private List<String> prefixes(String name) {
    return read(
        name,
        text ->
            only(
                split(text).toList(),
                list -> !list.isEmpty() && list.stream().allMatch(KeyText::isPrefix)),
        "must be prefixes of 2 to 24 lower-case letters, digits and single underscores");
  }

  private Set<String> types(String name) {
    return read(
        name,
        text ->
            only(
                split(text).collect(Collectors.toUnmodifiableSet()),
                types -> types.stream().allMatch(type -> type.matches("[a-z0-9][a-z0-9-]*"))),
        "must be types of restrictions, such as ip");
  }

  private Duration duration(String name, Duration least, Duration most) {
    // A maximum that somebody made shorter than the preset of another setting shortens that preset.
    Duration preset = Duration.parse(PolicySetting.preset(name));
    Duration otherwise = preset.compareTo(most) > 0 ? most : preset;
    return read(
        name,
        text -> only(Duration.parse(text), life -> within(life, least, most)),
        otherwise,
        "must be an ISO-8601 duration from " + least + " to " + most);
  }

  private Optional<Duration> optionalDuration(String name, Duration least) {
    return read(
        name,
        text ->
            only(
                text.equals(PolicySetting.NONE)
                    ? Optional.<Duration>empty()
                    : Optional.of(Duration.parse(text)),
                life -> life.isEmpty() || within(life.get(), least, LONGEST)),
        "must be an ISO-8601 duration of at least " + least + ", or none");
  }

  private Optional<Instant> instant(String name) {
    return read(
        name,
        text ->
            Optional.of(
                text.isEmpty() ? Optional.<Instant>empty() : Optional.of(Instant.parse(text))),
        "must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z");
  }

  private int number(String name, int least, int most) {
    return read(
        name,
        text ->
            only(text, digits -> digits.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most),
        "must be a whole number from " + least + " to " + most);
  }

  private <T> T option(String name, Map<String, T> options) {
    return read(
        name,
        text -> Optional.ofNullable(options.get(text)),
        "must be one of " + new TreeSet<>(options.keySet()));
  }

  private Optional<String> word(String name) {
    return Optional.of(text(name)).filter(word -> !word.isEmpty());
  }

  private Set<String> words(String name) {
    return split(text(name)).collect(Collectors.toUnmodifiableSet());
  }

  private String text(String name) {
    return settings.getOrDefault(name, PolicySetting.preset(name)).strip();
  }

  private <T> T read(String name, Function<String, Optional<T>> parse, String rule) {
    T preset = parse.apply(PolicySetting.preset(name)).orElseThrow();
    return read(name, parse, preset, rule);
  }

  private <T> T read(String name, Function<String, Optional<T>> parse, T otherwise, String rule) {
    if (!settings.containsKey(name)) {
      return otherwise;
    }
    Optional<T> value;
    try {
      value = parse.apply(settings.get(name).strip());
    } catch (DateTimeParseException e) {
      value = Optional.empty();
    }
    if (value.isEmpty()) {
      invalid.put(name, rule);
    }
    return value.orElse(otherwise);
  }

  private static boolean within(Duration life, Duration least, Duration most) {
    return life.compareTo(least) >= 0 && life.compareTo(most) <= 0;
  }

  private static <T> Optional<T> only(T value, Predicate<T> condition) {
    return Optional.of(value).filter(condition);
  }

  private static Stream<String> split(String text) {
    return Stream.of(text.split(PolicySetting.SEPARATOR, -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty());
  }
}
