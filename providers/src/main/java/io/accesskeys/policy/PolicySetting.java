package io.accesskeys.policy;

import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_STRING_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import io.accesskeys.key.KeyKind;
import java.util.List;
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

  static final String FRESH_LOGIN = Constants.MAX_AUTH_AGE_KEY;
  static final String PRESETS = "lifetime-presets";
  static final String ENFORCE_FROM = "existing-keys-enforced-from";
  static final String CLIENTS = "self-service-clients";
  static final String ROLE = "self-service-role";
  static final String PAGE_GIVES = "page-at-sign-in-gives";
  static final String APPLICATION_ROLE = "application-role";
  static final String APPLICATIONS_PER_PERSON = "applications-per-person";
  static final String APPLICATION_ROLES = "application-default-roles";
  static final String DEFAULT_OVERLAP = "default-overlap";
  static final String MAX_OVERLAP = "max-overlap";
  static final String TOKEN_LIFESPAN = "max-token-lifespan";
  static final String BUDGET = "revocation-budget";
  static final String ACCEPTED_EVENTS = "accepted-event-every";
  static final String REVOCATION_ENDPOINT = "revocation-endpoint";
  static final String WHEN_EXPOSED = "when-exposed";
  static final String WHEN_RETIRED_USED = "when-retired-used";
  static final String ROLL_WINDOW = "roll-window";
  static final String WHEN_ROLL_OVERDUE = "when-roll-overdue";
  static final String WHEN_SUCCESSOR_UNUSED = "when-successor-unused";
  static final String RETENTION = "revoked-retention";
  static final String TRUSTED_PROXIES = "trusted-proxies";
  static final String LEGACY_PREFIXES = "legacy-prefixes";
  static final String LEGACY_MIN_LENGTH = "legacy-min-length";
  static final String LEGACY_LAST_DAY = "legacy-last-day";
  static final String LEGACY_PEPPER = "legacy-pepper";

  static final String ENABLED = "enabled";
  static final String PREFIXES = "prefixes";
  static final String EXPIRY = "expiry";
  static final String DEFAULT_LIFETIME = "default-lifetime";
  static final String MAX_LIFETIME = "max-lifetime";
  static final String MAX_IDLE = "max-idle";
  static final String MAX_PER_OWNER = "max-per-owner";
  static final String REQUIRED_RESTRICTIONS = "required-restrictions";
  static final String SELF_ROLL = "self-roll";
  static final String ROLL_EVERY = "roll-every";

  /** Every setting, in the order of the Admin Console's form. */
  public static final List<PolicySetting> ALL =
      Stream.concat(
              Stream.of(KeyKind.values()).flatMap(kind -> SettingsOfKind.all(kind).stream()),
              SettingsOfRealm.all().stream())
          .toList();

  /** The name of a kind's own setting. */
  static String of(KeyKind kind, String what) {
    return kind.wireName() + "." + what;
  }

  /** The name of the setting that requires restrictions of a kind. */
  public static String requiredRestrictions(KeyKind kind) {
    return of(kind, REQUIRED_RESTRICTIONS);
  }

  /** What holds where a setting is absent. */
  static String preset(String name) {
    return named(name)
        .map(PolicySetting::preset)
        .orElseThrow(() -> new IllegalArgumentException("No setting " + name));
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
}
