package io.accesskeys.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The policy of a realm with where each setting comes from, for whoever looks after it. */
public final class PolicyState {

  /** Where the value of a setting comes from. */
  public enum Source {
    /** The config of the required action says so. */
    ACTION,
    /** The config says nothing, or nothing readable, and this was its last good value. */
    KEPT,
    /** Nobody has set it, or it was set back. */
    DEFAULT
  }

  /**
   * A setting of which the config of the required action does not show what holds.
   *
   * @param shown what it shows; null if nothing
   * @param inForce what holds
   */
  public record Difference(String setting, String shown, String inForce) {}

  private final PolicySources sources;
  private final RealmPolicy policy;
  private final Map<String, String> rules;
  private final Map<String, String> broken;
  private final boolean registered;
  private final boolean enabled;

  /**
   * @param uninstalled settings that name something which is not installed, with the reason
   */
  PolicyState(PolicySources sources, PolicyAction action, Map<String, String> uninstalled) {
    PolicyReader reader = new PolicyReader(sources);
    this.sources = sources;
    this.policy = reader.read();
    this.rules = reader.rules();
    this.broken = new TreeMap<>(policy.invalid());
    this.broken.putAll(uninstalled);
    this.registered = action.isRegistered();
    this.enabled = action.isEnabled();
  }

  /** What holds. */
  public RealmPolicy policy() {
    return policy;
  }

  /** What a value of this setting must be. */
  public String rule(PolicySetting setting) {
    return rules.getOrDefault(setting.name(), "");
  }

  /** Settings that cannot be read, or name what is not installed, with the reason. */
  public Map<String, String> broken() {
    return broken;
  }

  /** Whether the realm has the required action, whose config shows the policy. */
  public boolean actionRegistered() {
    return registered;
  }

  /** Whether people can be sent to the page of the required action. */
  public boolean actionEnabled() {
    return enabled;
  }

  /** Where the value of a setting comes from. */
  public Source source(PolicySetting setting) {
    String name = setting.name();
    boolean unreadable = policy.invalid().containsKey(name);
    if (sources.resets(name)) {
      return Source.DEFAULT;
    }
    if (sources.shown().containsKey(name) && !unreadable) {
      return Source.ACTION;
    }
    boolean usable = !unreadable || sources.shown().containsKey(name);
    return sources.kept().containsKey(name) && usable ? Source.KEPT : Source.DEFAULT;
  }

  /** What holds of a setting, as text. */
  public String value(PolicySetting setting) {
    String written =
        switch (source(setting)) {
          case ACTION -> sources.shown().get(setting.name()).strip();
          case KEPT -> sources.kept().get(setting.name());
          case DEFAULT -> setting.preset();
        };
    return shortened(setting, written);
  }

  /** The settings of which the config of the required action does not show what holds. */
  public List<Difference> differences() {
    List<Difference> differences = new ArrayList<>();
    for (PolicySetting setting : PolicySetting.ALL) {
      String shown = sources.shown().get(setting.name());
      boolean hidden = source(setting) == Source.KEPT;
      if (hidden || (shown != null && policy.invalid().containsKey(setting.name()))) {
        differences.add(new Difference(setting.name(), shown, value(setting)));
      }
    }
    return differences;
  }

  /** A maximum that is shorter than what was set, or the default, shortens it. */
  private String shortened(PolicySetting setting, String written) {
    return holding(setting)
        .filter(holds -> !holds.equals(Duration.parse(written)))
        .map(Duration::toString)
        .findFirst()
        .orElse(written);
  }

  private Stream<Duration> holding(PolicySetting setting) {
    if (setting.equals(PolicySetting.REALM.defaultOverlap.shown())) {
      return Stream.of(policy.defaultOverlap());
    }
    return policy.kinds().entrySet().stream()
        .filter(kind -> setting.equals(PolicySetting.of(kind.getKey()).defaultLifetime.shown()))
        .map(kind -> kind.getValue().defaultLifetime())
        .filter(Objects::nonNull);
  }
}
