package io.accesskeys.policy;

import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.LIST_TYPE;

import io.accesskeys.key.WrittenInstant;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The declaration of a setting: what is shown of it, and what its values may be and mean.
 *
 * @param parse the meaning of a text without blanks around it; empty if it is none of its values
 * @param rule what a value must be, in words: {@code must be …}
 */
record Setting<T>(PolicySetting shown, Function<String, Optional<T>> parse, String rule) {

  /** What this setting says in a policy; what is wrong is noted there. */
  T in(SettingValues values) {
    return values.read(shown, parse, rule);
  }

  String name() {
    return shown.name();
  }

  /**
   * One of the constants of an enum, by their names in lower case with hyphens.
   *
   * @param preset what holds where it is absent
   */
  static <E extends Enum<E>> Setting<E> choice(String name, E preset, String label, String help) {
    Map<String, E> words = new LinkedHashMap<>();
    for (E constant : preset.getDeclaringClass().getEnumConstants()) {
      words.put(word(constant), constant);
    }
    return oneOf(
        new PolicySetting(name, LIST_TYPE, word(preset), label, help, List.copyOf(words.keySet())),
        words);
  }

  /** A switch that is on where nobody has set it. */
  static Setting<Boolean> on(String name, String label, String help) {
    return oneOf(
        new PolicySetting(name, BOOLEAN_TYPE, "true", label, help, List.of()),
        Map.of("true", true, "false", false));
  }

  static Setting<Integer> number(PolicySetting shown, int least, int most) {
    return new Setting<>(
        shown,
        text ->
            only(text, digits -> digits.matches("[0-9]{1,9}"))
                .map(Integer::valueOf)
                .filter(number -> number >= least && number <= most),
        "must be a whole number from " + least + " to " + most);
  }

  /** A duration that may be {@value PolicySetting#NONE}. */
  static Setting<Optional<Duration>> optionalDuration(PolicySetting shown, Duration least) {
    return new Setting<>(
        shown,
        text ->
            only(
                orNone(text, Duration::parse),
                life ->
                    life.isEmpty()
                        || BoundedDuration.within(life.get(), least, BoundedDuration.LONGEST)),
        "must be an ISO-8601 duration of at least " + least + ", or none");
  }

  /** Several durations, given in ascending order. */
  static Setting<List<Duration>> durations(PolicySetting shown) {
    return new Setting<>(
        shown,
        text ->
            only(
                split(text).map(Duration::parse).sorted().toList(),
                lives ->
                    lives.stream()
                        .allMatch(
                            life ->
                                BoundedDuration.within(
                                    life, Duration.ofNanos(1), BoundedDuration.LONGEST))),
        "must be ISO-8601 durations up to " + BoundedDuration.LONGEST + ", such as P30D");
  }

  /** An instant, or nothing. */
  static Setting<Optional<Instant>> instant(PolicySetting shown) {
    return new Setting<>(
        shown,
        text ->
            Optional.of(
                text.isEmpty() ? Optional.empty() : Optional.of(WrittenInstant.parse(text))),
        "must be an ISO-8601 instant in UTC, such as 2027-01-31T00:00:00Z");
  }

  /** Text that is there or not. */
  static Setting<Optional<String>> word(PolicySetting shown) {
    return new Setting<>(
        shown, text -> Optional.of(only(text, word -> !word.isEmpty())), "must be one word");
  }

  static Setting<Set<String>> words(PolicySetting shown) {
    return words(shown, word -> true, "must be words");
  }

  /** Words each of which meets a condition. */
  static Setting<Set<String>> words(PolicySetting shown, Predicate<String> each, String rule) {
    return new Setting<>(
        shown,
        text ->
            only(
                split(text).collect(Collectors.toUnmodifiableSet()),
                words -> words.stream().allMatch(each)),
        rule);
  }

  /** The words of a setting that has several. */
  static Stream<String> split(String text) {
    return Stream.of(text.split(PolicySetting.SEPARATOR, -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty());
  }

  /** The value, if it meets the condition. */
  static <T> Optional<T> only(T value, Predicate<T> condition) {
    return Optional.of(value).filter(condition);
  }

  /** What a text says that may be {@value PolicySetting#NONE}. */
  static <T> Optional<T> orNone(String text, Function<String, T> parse) {
    return text.equals(PolicySetting.NONE) ? Optional.empty() : Optional.of(parse.apply(text));
  }

  private static <T> Setting<T> oneOf(PolicySetting shown, Map<String, T> words) {
    return new Setting<>(
        shown,
        text -> Optional.ofNullable(words.get(text)),
        "must be one of " + new TreeSet<>(words.keySet()));
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
