package io.accesskeys.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where the settings of a realm are written.
 *
 * @param shown the config of the required action, which administrators and tools see and edit; it
 *     counts first
 * @param kept what we keep of it, which holds where the config says nothing, or nothing readable
 */
record PolicySources(Map<String, String> shown, Map<String, String> kept) {

  /**
   * A setting that is null is missing: Keycloak has it so after it was cleared. So is one that the
   * config has without a word, as tools send a cleared field, where something else is kept: it
   * would set back what an empty list or no role loosens.
   */
  PolicySources {
    kept = withoutNulls(kept);
    shown = withoutCleared(withoutNulls(shown), kept);
  }

  /** Whether the config sets a setting back to its default. */
  boolean resets(String name) {
    String value = shown.get(name);
    return value != null && PolicySetting.isReset(value);
  }

  private static Map<String, String> withoutCleared(
      Map<String, String> shown, Map<String, String> kept) {
    Map<String, String> said = new HashMap<>(shown);
    said.entrySet()
        .removeIf(
            setting ->
                isCleared(setting.getValue())
                    && kept.containsKey(setting.getKey())
                    && !isCleared(kept.get(setting.getKey())));
    return said;
  }

  private static boolean isCleared(String value) {
    return Setting.split(value).findAny().isEmpty();
  }

  private static Map<String, String> withoutNulls(Map<String, String> settings) {
    Map<String, String> present = new HashMap<>(settings);
    present.values().removeIf(Objects::isNull);
    return present;
  }
}
