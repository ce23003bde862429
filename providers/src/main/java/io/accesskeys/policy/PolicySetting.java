package io.accesskeys.policy;

import static java.util.stream.Collectors.toMap;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_STRING_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.ROLE_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import io.accesskeys.key.KeyKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.models.Constants;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * One setting of the realm's policy, as the Admin Console shows it. Its name is in realm exports:
 * never to change.
 *
 * @param name what stands before the equals sign
 * @param type a type of {@link ProviderConfigProperty}
 * @param preset what holds where it is absent; several words are separated as Keycloak does it
 * @param options the words allowed, for a list
 */
public record PolicySetting(
    String name, String type, String preset, String label, String help, List<String> options) {

  /** What separates the words of a setting with several, in Keycloak's config maps. */
  public static final String SEPARATOR = Constants.CFG_DELIMITER;

  /** The word for "no end", where a duration may be missing on purpose. */
  static final String NONE = "none";

  /**
   * The word that sets a setting back to its default. One that is merely absent keeps its value.
   */
  static final String DEFAULT = "default";

  static final SettingsOfRealm REALM = new SettingsOfRealm();

  private static final Map<KeyKind, SettingsOfKind> KINDS =
      Stream.of(KeyKind.values()).collect(toMap(kind -> kind, SettingsOfKind::new));

  /** Every setting, in the order of the Admin Console's form. */
  public static final List<PolicySetting> ALL =
      Stream.concat(
              Stream.of(KeyKind.values()).flatMap(kind -> of(kind).all().stream()),
              REALM.all().stream())
          .toList();

  /** The settings of a kind. */
  static SettingsOfKind of(KeyKind kind) {
    return KINDS.get(kind);
  }

  /** Whether this value sets a setting back to its default. */
  public static boolean isReset(String value) {
    return value.strip().equals(DEFAULT);
  }

  /** The setting of this name; empty if there is none. */
  public static Optional<PolicySetting> named(String name) {
    return ALL.stream().filter(setting -> setting.name().equals(name)).findFirst();
  }

  /** The setting for Keycloak's forms. */
  public ProviderConfigProperty property() {
    ProviderConfigProperty property =
        new ProviderConfigProperty(
            name, label, help, type, value(), options.toArray(String[]::new));
    property.setOptions(options.isEmpty() ? null : options);
    return property;
  }

  private Object value() {
    if (preset.isEmpty()) {
      return null;
    }
    return type.equals(MULTIVALUED_STRING_TYPE) ? List.of(preset.split(SEPARATOR, -1)) : preset;
  }

  /** A setting that is a line of text. */
  static PolicySetting text(String name, String preset, String label, String help) {
    return new PolicySetting(name, STRING_TYPE, preset, label, help, List.of());
  }

  /** A setting of several words. */
  static PolicySetting several(String name, String preset, String label, String help) {
    return new PolicySetting(name, MULTIVALUED_STRING_TYPE, preset, label, help, List.of());
  }

  /** A setting that is a role of the realm, or none. */
  static PolicySetting role(String name, String label, String help) {
    return new PolicySetting(name, ROLE_TYPE, "", label, help, List.of());
  }
}
