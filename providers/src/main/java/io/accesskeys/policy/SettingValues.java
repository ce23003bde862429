package io.accesskeys.policy;

import java.time.format.DateTimeParseException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The values of settings, each read by its own rule; what is wrong is noted with the reason. */
final class SettingValues {

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
        .forEach(name -> invalid.put(name, "is not a setting"));
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
  boolean isReplacedByDefault(PolicySetting setting) {
    return replaced.contains(setting.name());
  }

  /** The value of a setting, by the same rule wherever it is written. */
  <T> T read(PolicySetting setting, Function<String, Optional<T>> parse, String rule) {
    return read(setting, parse, parse, parse.apply(setting.preset()).orElseThrow(), rule);
  }

  /**
   * The value of a setting.
   *
   * @param parse reads what the config has
   * @param parseKept reads what we keep, which was good when it was written
   * @param otherwise what holds if nobody has set it
   */
  <T> T read(
      PolicySetting setting,
      Function<String, Optional<T>> parse,
      Function<String, Optional<T>> parseKept,
      T otherwise,
      String rule) {
    String name = setting.name();
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
}
