package io.accesskeys.rest.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.http.Problem.WrongMember;
import io.accesskeys.policy.PolicySetting;
import io.accesskeys.policy.PolicyState;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The policy of a realm, for its administrators.
 *
 * @param values what holds, by the name of the setting; can be sent back as it is
 * @param settings every setting with what there is to know of it
 * @param broken settings that cannot be read or name what is not installed, with the reason: no key
 *     is created until they are mended
 * @param differences settings of which the required action does not show what holds
 * @param action whether the realm has the required action that shows the policy
 * @param dryRun what a change would do that was only tried; absent if nothing was tried
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PolicyRepresentation(
    Map<String, String> values,
    List<Setting> settings,
    List<WrongMember> broken,
    List<Difference> differences,
    Action action,
    DryRun dryRun) {

  /**
   * A setting.
   *
   * @param value what holds; several words are separated by {@code ##}
   * @param defaultValue what holds if nobody sets it
   * @param source {@code action} if the required action says so, {@code kept} if it no longer does,
   *     {@code default} if nobody has set it
   * @param type as Keycloak's forms have it
   * @param options the words allowed, for a list; absent otherwise
   * @param bounds what a value must be
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Setting(
      String name,
      String value,
      String defaultValue,
      String source,
      String type,
      List<String> options,
      String label,
      String help,
      String bounds) {

    private static Setting of(PolicySetting setting, PolicyState state) {
      return new Setting(
          setting.name(),
          state.value(setting),
          setting.preset(),
          state.source(setting).name().toLowerCase(Locale.ROOT),
          setting.type(),
          setting.options().isEmpty() ? null : setting.options(),
          setting.label(),
          setting.help(),
          state.rule(setting));
    }
  }

  /**
   * A setting of which the required action does not show what holds.
   *
   * @param shown what it shows; absent if nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Difference(String field, String shown, String inForce) {

    static List<Difference> of(PolicyState state) {
      return state.differences().stream()
          .map(one -> new Difference(one.setting(), one.shown(), one.inForce()))
          .toList();
    }
  }

  /**
   * The required action {@code create-access-key}.
   *
   * @param enabled whether people can be sent to its page; the policy holds in any case
   */
  public record Action(boolean registered, boolean enabled) {}

  /**
   * What a change would do.
   *
   * @param changes names of the settings that would become others
   * @param ends how many usable keys would end: at once, or from the date on at which existing keys
   *     must comply
   * @param more whether there are more than that, which were not counted
   */
  public record DryRun(List<String> changes, int ends, boolean more) {

    static DryRun of(Set<String> changes, int ends, boolean more) {
      return new DryRun(List.copyOf(changes), ends, more);
    }
  }

  static PolicyRepresentation of(PolicyState state) {
    Map<String, String> values = new TreeMap<>();
    PolicySetting.ALL.forEach(setting -> values.put(setting.name(), state.value(setting)));
    return new PolicyRepresentation(
        values,
        PolicySetting.ALL.stream().map(setting -> Setting.of(setting, state)).toList(),
        broken(state),
        Difference.of(state),
        new Action(state.actionRegistered(), state.actionEnabled()),
        null);
  }

  static List<WrongMember> broken(PolicyState state) {
    return state.broken().entrySet().stream()
        .map(wrong -> new WrongMember(wrong.getKey(), wrong.getValue()))
        .toList();
  }

  PolicyRepresentation with(DryRun tried) {
    return new PolicyRepresentation(values, settings, broken, differences, action, tried);
  }
}
