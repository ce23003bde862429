package io.accesskeys.policy;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Changes the policy of a realm as a whole: what is kept of it, and the config of the required
 * action, so that the Admin Console shows the same. Changes at the same time come one after the
 * other.
 */
public final class PolicyEditor {

  private static final String MEND = "; set it to a good value or to null in the same request";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final StoredPolicy kept;
  private final PolicySources sources;

  /**
   * A change that can be stored.
   *
   * @param settings what shall be set; all else shall be as by default
   * @param names of the settings that become others
   * @param before what holds now
   * @param after what will hold
   */
  public record Change(
      Map<String, String> settings, Set<String> names, RealmPolicy before, RealmPolicy after) {}

  private PolicyEditor(
      KeycloakSession session, RealmModel realm, StoredPolicy kept, PolicyAction action) {
    this.session = session;
    this.realm = realm;
    this.kept = kept;
    this.sources = new PolicySources(action.config(), kept.settings());
  }

  /** An editor that only finds out what a change would be. */
  public static PolicyEditor trial(KeycloakSession session, RealmModel realm) {
    return new PolicyEditor(
        session,
        realm,
        new PolicyRows(session).find(realm.getId()),
        PolicyAction.stored(session, realm));
  }

  /** An editor for which all others wait until this transaction ends. */
  public static PolicyEditor locked(KeycloakSession session, RealmModel realm) {
    RealmLock.makeRow(session, realm.getId());
    StoredPolicy kept = new PolicyRows(session).lock(realm.getId());
    return new PolicyEditor(session, realm, kept, PolicyAction.fresh(session, realm));
  }

  /**
   * The change to these settings and no others.
   *
   * @param sent by name; empty for the default
   * @throws InvalidPolicyException with each setting that is wrong
   */
  public Change replace(Map<String, Optional<String>> sent) throws InvalidPolicyException {
    return change(new TreeMap<>(), sent, new TreeMap<>());
  }

  /**
   * The change to these settings beside the others that are set.
   *
   * @param sent by name; empty for the default
   * @throws InvalidPolicyException with each setting that is wrong, also if it was so before: what
   *     its author meant is for them to say
   */
  public Change merge(Map<String, Optional<String>> sent) throws InvalidPolicyException {
    Map<String, String> wrong = new TreeMap<>();
    RealmPolicy.of(sources)
        .invalid()
        .forEach(
            (name, rule) -> {
              if (!sent.containsKey(name)) {
                wrong.put(name, rule + MEND);
              }
            });
    return change(new TreeMap<>(kept.after(sources.shown()).settings()), sent, wrong);
  }

  /**
   * What is wrong with a config that is to be put in place of the action's: of what it says, beside
   * what is kept.
   *
   * @return each setting that is wrong, with the reason
   */
  public Map<String, String> wrong(Map<String, String> config) {
    RealmPolicy after = RealmPolicy.of(new PolicySources(config, kept.settings()));
    Map<String, String> wrong = new TreeMap<>(after.invalid());
    RealmPolicies.uninstalled(session, after).forEach(wrong::putIfAbsent);
    wrong.keySet().retainAll(config.keySet());
    return wrong;
  }

  /** Stores a change. */
  public void store(Change change) {
    PolicyAction action = new PolicyAction(realm);
    boolean registered =
        PolicyAction.stored(session, realm).isRegistered()
            || (!kept.actionKnown() && action.register(session));
    StoredPolicy next = new StoredPolicy(change.settings(), kept.actionKnown() || registered);
    session.getProvider(RealmPolicies.class).write(realm, next);
    action.show(change.settings());
  }

  private Change change(
      Map<String, String> settings, Map<String, Optional<String>> sent, Map<String, String> wrong)
      throws InvalidPolicyException {
    sent.forEach(
        (name, value) -> {
          if (value.isPresent()) {
            settings.put(name, value.get());
          } else {
            settings.remove(name);
            if (!isKnown(name)) {
              wrong.put(name, "is not a setting");
            }
          }
        });
    RealmPolicy after = RealmPolicy.of(settings);
    after.invalid().forEach(wrong::putIfAbsent);
    RealmPolicies.uninstalled(session, after).forEach(wrong::putIfAbsent);
    if (!wrong.isEmpty()) {
      throw new InvalidPolicyException(wrong);
    }
    return new Change(settings, changed(settings), RealmPolicy.of(sources), after);
  }

  private boolean isKnown(String name) {
    return PolicySetting.named(name).isPresent()
        || sources.shown().containsKey(name)
        || sources.kept().containsKey(name);
  }

  private Set<String> changed(Map<String, String> settings) {
    Map<String, String> before = kept.after(sources.shown()).settings();
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(settings.keySet());
    names.removeIf(name -> Objects.equals(before.get(name), settings.get(name)));
    return names;
  }
}
