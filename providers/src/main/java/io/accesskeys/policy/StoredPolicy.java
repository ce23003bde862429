package io.accesskeys.policy;

import java.util.Map;
import java.util.TreeMap;

/**
 * What we keep of a realm's policy, so that nothing is loosened by a tool that rewrites or deletes
 * the required action.
 *
 * @param settings the last good value of every setting that was set
 * @param actionKnown whether the realm has ever had the required action: we register it once, and
 *     never again after somebody has removed it
 */
record StoredPolicy(Map<String, String> settings, boolean actionKnown) {

  /** Of a realm that has never said anything. */
  static final StoredPolicy NONE = new StoredPolicy(Map.of(), false);

  StoredPolicy {
    settings = Map.copyOf(settings);
  }

  /**
   * The same after somebody has changed the config: what it says and can be read is kept, what it
   * sets back is dropped, and all else stays.
   *
   * @param config the config of the required action
   */
  StoredPolicy after(Map<String, String> config) {
    PolicySources sources = new PolicySources(config, settings);
    Map<String, String> invalid = RealmPolicy.of(sources).invalid();
    Map<String, String> next = new TreeMap<>(settings);
    sources
        .shown()
        .forEach(
            (name, value) -> {
              if (sources.resets(name)) {
                next.remove(name);
              } else if (!invalid.containsKey(name)) {
                next.put(name, value.strip());
              }
            });
    return new StoredPolicy(next, actionKnown);
  }

  /** The same, of a realm that has had the required action. */
  StoredPolicy withActionKnown() {
    return new StoredPolicy(settings, true);
  }
}
