package io.accesskeys.policy;

import io.accesskeys.key.KeyText;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.key.WrittenInstant;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.HashSet;
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

/** The values of settings, each read by its own rule; what is wrong is noted with the reason. */
final class SettingValues {

  static final Duration LONGEST = Duration.ofDays(36_500);
  private static final Duration SHORTEST = Duration.ofNanos(1);

  private final PolicySources sources;
  private final Map<String, String> invalid = new LinkedHashMap<>();
  private final Map<String, String> rules = new LinkedHashMap<>();
  private final Set<String> replaced = new HashSet<>();

  SettingValues(PolicySources sources) {
    this.sources = sources;
  }

  /** Notes the settings that there are not. */
  void noteUnknown() {
    Stream.concat(sources.shown().keySet().stream(), sources.kept().keySet().stream())
        .filter(name -> PolicySetting.named(name).isEmpty())
        .forEach(name -> invalid.put(name, "is no setting"));
  }

  /** The settings that were wrong so far, with the reason. */
  Map<String, String> invalid() {
    return Map.copyOf(invalid);
  }

  /** What a value of each setting must be, beside the other settings. */
  Map<String, String> rules() {
    return Map.copyOf(rules);
  }

  /** Whether a setting is wrong and no good value of it is known, so that its default holds. */
  boolean isReplacedByDefault(String name) {
    return replaced.contains(name);
  }

  List<Duration> presets() {
    return read(
        PolicySetting.PRESETS,
        text ->
            only(
                split(text).map(Duration::parse).sorted().toList(),
                lives -> lives.stream().allMatch(life -> within(life, SHORTEST, LONGEST))),
        "must be ISO-8601 durations up to " + LONGEST + ", such as P30D");
  }

  List<String> prefixes(String name) {
    return read(
        name,
        text ->
            only(
                split(text).toList(),
                list -> !list.isEmpty() && list.stream().allMatch(KeyText::isPrefix)),
        "must be prefixes of 2 to 24 lower-case letters, digits and single underscores");
  }

  Optional<Period> period(String name) {
    return read(
        name,
        text ->
            only(
                text.equals(PolicySetting.NONE)
                    ? Optional.<Period>empty()
                    : Optional.of(Period.parse(text)),
                every -> every.isEmpty() || RollSchedule.isPeriod(every.get())),
        "must be an ISO-8601 period from P1D to P10Y, or none");
  }

  Set<String> types(String name) {
    return read(
        name,
        text ->
            only(
                split(text).collect(Collectors.toUnmodifiableSet()),
                types -> types.stream().allMatch(type -> type.matches("[a-z0-9][a-z0-9-]*"))),
        "must be types of restrictions, such as ip");
  }

  Duration duration(String name, Duration least, Duration most) {
    // A maximum that somebody made shorter than the preset of another setting shortens that preset.
    Duration preset = Duration.parse(PolicySetting.preset(name));
    Duration otherwise = preset.compareTo(most) > 0 ? most : preset;
    return read(
        name,
        text -> only(Duration.parse(text), life -> within(life, least, most)),
        // So it does with one that was good under a longer maximum.
        text ->
            only(Duration.parse(text), life -> within(life, least, LONGEST))
                .map(life -> life.compareTo(most) > 0 ? most : life),
        otherwise,
        "must be an ISO-8601 duration from " + least + " to " + most);
  }

  Optional<Duration> optionalDuration(String name, Duration least) {
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

  Optional<Instant> instant(String name) {
    return read(
        name,
        text ->
            Optional.of(
                text.isEmpty()
                    ? Optional.<Instant>empty()
                    : Optional.of(WrittenInstant.parse(text))),
        "must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z");
  }

  int number(String name, int least, int most) {
    return read(
        name,
        text ->
            only(text, digits -> digits.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most),
        "must be a whole number from " + least + " to " + most);
  }

  <T> T option(String name, Map<String, T> options) {
    return read(
        name,
        text -> Optional.ofNullable(options.get(text)),
        "must be one of " + new TreeSet<>(options.keySet()));
  }

  Optional<String> word(String name) {
    return read(name, text -> Optional.of(only(text, word -> !word.isEmpty())), "must be one word");
  }

  Set<String> words(String name) {
    return read(
        name,
        text -> Optional.of(split(text).collect(Collectors.toUnmodifiableSet())),
        "must be words");
  }

  <T> T read(String name, Function<String, Optional<T>> parse, String rule) {
    T preset = parse.apply(PolicySetting.preset(name)).orElseThrow();
    return read(name, parse, parse, preset, rule);
  }

  <T> T read(String name, Function<String, Optional<T>> parse, T otherwise, String rule) {
    return read(name, parse, parse, otherwise, rule);
  }

  /**
   * The value of a setting.
   *
   * @param parse reads what the config has
   * @param parseKept reads what we keep, which was good when it was written
   * @param otherwise what holds if nobody has set it
   */
  private <T> T read(
      String name,
      Function<String, Optional<T>> parse,
      Function<String, Optional<T>> parseKept,
      T otherwise,
      String rule) {
    rules.put(name, rule);
    String shown = sources.shown().get(name);
    if (sources.resets(name)) {
      return otherwise;
    }
    Optional<T> value = parsed(shown, parse);
    if (shown != null && value.isEmpty()) {
      invalid.put(name, rule);
    }
    String kept = sources.kept().get(name);
    Optional<T> last = value.or(() -> parsed(kept, parseKept));
    if (last.isEmpty() && (shown != null || kept != null)) {
      invalid.put(name, rule);
      replaced.add(name);
    }
    return last.orElse(otherwise);
  }

  private static <T> Optional<T> parsed(String text, Function<String, Optional<T>> parse) {
    try {
      return text == null ? Optional.empty() : parse.apply(text.strip());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static boolean within(Duration life, Duration least, Duration most) {
    return life.compareTo(least) >= 0 && life.compareTo(most) <= 0;
  }

  private static <T> Optional<T> only(T value, Predicate<T> condition) {
    return Optional.of(value).filter(condition);
  }

  static Stream<String> split(String text) {
    return Stream.of(text.split(PolicySetting.SEPARATOR, -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty());
  }
}
