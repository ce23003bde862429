package io.accesskeys.policy;

import static java.util.stream.Collectors.joining;
import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_STRING_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.ROLE_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.STRING_TYPE;

import io.accesskeys.key.KeyKind;
import java.util.ArrayList;
import java.util.List;
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
  static final String SEPARATOR = Constants.CFG_DELIMITER;

  /** The word for "no end", where a duration may be missing on purpose. */
  static final String NONE = "none";

  static final String FRESH_LOGIN = Constants.MAX_AUTH_AGE_KEY;
  static final String PRESETS = "lifetime-presets";
  static final String ENFORCE_FROM = "existing-keys-enforced-from";
  static final String CLIENTS = "self-service-clients";
  static final String ROLE = "self-service-role";
  static final String APPLICATION_ROLE = "application-role";
  static final String APPLICATIONS_PER_PERSON = "applications-per-person";
  static final String APPLICATION_ROLES = "application-default-roles";
  static final String DEFAULT_OVERLAP = "default-overlap";
  static final String MAX_OVERLAP = "max-overlap";
  static final String TOKEN_LIFESPAN = "max-token-lifespan";
  static final String BUDGET = "revocation-budget";
  static final String WHEN_EXPOSED = "when-exposed";
  static final String RETENTION = "revoked-retention";

  static final String ENABLED = "enabled";
  static final String PREFIXES = "prefixes";
  static final String EXPIRY = "expiry";
  static final String DEFAULT_LIFETIME = "default-lifetime";
  static final String MAX_LIFETIME = "max-lifetime";
  static final String MAX_IDLE = "max-idle";
  static final String MAX_PER_OWNER = "max-per-owner";

  /** Every setting, in the order of the Admin Console's form. */
  public static final List<PolicySetting> ALL =
      Stream.concat(
              Stream.of(KeyKind.values()).flatMap(kind -> ofKind(kind).stream()),
              ofRealm().stream())
          .toList();

  /** The name of a kind's own setting. */
  static String of(KeyKind kind, String what) {
    return kind.wireName() + "." + what;
  }

  /** What holds where a setting is absent. */
  static String preset(String name) {
    return ALL.stream()
        .filter(setting -> setting.name().equals(name))
        .map(PolicySetting::preset)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No setting " + name));
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

  private static List<PolicySetting> ofKind(KeyKind kind) {
    String of = kind.label() + ": ";
    List<PolicySetting> settings = new ArrayList<>();
    settings.add(
        new PolicySetting(
            of(kind, ENABLED),
            BOOLEAN_TYPE,
            "true",
            of + "enabled",
            "Switched off, no key of this kind is made or honoured; existing ones are kept.",
            List.of()));
    settings.add(
        new PolicySetting(
            of(kind, PREFIXES),
            MULTIVALUED_STRING_TYPE,
            kind.defaultPrefix(),
            of + "prefixes",
            "What the text of a new key begins with; the first is the usual one. 2 to 24 lower-case"
                + " letters, digits and single underscores.",
            List.of()));
    settings.add(
        new PolicySetting(
            of(kind, EXPIRY),
            LIST_TYPE,
            "chosen",
            of + "expiry",
            "Whether whoever makes a key chooses its expiry, or every key lives for the default"
                + " lifetime.",
            List.of("chosen", "fixed")));
    settings.add(
        text(
            of(kind, DEFAULT_LIFETIME),
            "P30D",
            of + "default lifetime",
            "ISO-8601 duration, such as P30D."));
    settings.add(
        text(
            of(kind, MAX_LIFETIME),
            "P365D",
            of + "maximum lifetime",
            "ISO-8601 duration, such as P365D; \"none\" also allows keys that never expire."));
    settings.add(
        text(
            of(kind, MAX_IDLE),
            NONE,
            of + "expiry by disuse",
            "A key that was not used for so long has expired. ISO-8601 duration, at least P1D;"
                + " \"none\" for never."));
    settings.add(
        text(
            of(kind, MAX_PER_OWNER),
            "100",
            of + "most keys per owner",
            "How many usable keys an owner may have at a time."));
    return settings;
  }

  private static List<PolicySetting> ofRealm() {
    return List.of(
        text(
            FRESH_LOGIN,
            "300",
            "Maximum age of authentication",
            "To create, roll or widen a key, a person must have signed in within so many seconds."),
        several(
            PRESETS,
            Stream.of("P7D", "P30D", "P60D", "P90D").collect(joining(SEPARATOR)),
            "Lifetimes offered",
            "What people who make a key choose from. ISO-8601 durations."),
        text(
            ENFORCE_FROM,
            "",
            "Existing keys must comply from",
            "From this instant on, the maximum lifetimes also end keys made under a laxer policy."
                + " Until then they show when they will end, and their owners are told. ISO-8601 instant in UTC;"
                + " empty leaves existing keys alone."),
        several(
            CLIENTS,
            "account-console",
            "Clients for self-service",
            "Client IDs whose users' tokens may manage keys."),
        new PolicySetting(
            ROLE,
            ROLE_TYPE,
            "",
            "Role for own keys",
            "Realm role that a person needs to create a key; empty for none.",
            List.of()),
        new PolicySetting(
            APPLICATION_ROLE,
            ROLE_TYPE,
            "",
            "Role for applications",
            "Realm role that a person needs to register applications; empty lets nobody.",
            List.of()),
        text(
            APPLICATIONS_PER_PERSON,
            "5",
            "Applications per person",
            "How many applications a person may have."),
        several(
            APPLICATION_ROLES,
            "",
            "Roles of new applications",
            "Realm roles that the service account of a new application gets."),
        text(
            DEFAULT_OVERLAP,
            "PT24H",
            "Default overlap of a roll",
            "How long the old secret stays good. ISO-8601 duration."),
        text(
            MAX_OVERLAP,
            "P7D",
            "Longest overlap of a roll",
            "ISO-8601 duration; PT0S allows no overlap."),
        text(
            TOKEN_LIFESPAN,
            "PT15M",
            "Longest life of a minted token",
            "No JWT minted from a key lives longer. ISO-8601 duration, at most PT15M."),
        text(
            BUDGET,
            "PT30S",
            "Revocation budget",
            "How long a gateway may go on honouring our last answer. ISO-8601 duration, at most"
                + " PT1H."),
        new PolicySetting(
            WHEN_EXPOSED,
            LIST_TYPE,
            "revoke",
            "When a key was exposed",
            "A key whose current secret was found in public is revoked for good, or suspended until"
                + " its owner gives it a new secret.",
            List.of("revoke", "suspend")),
        text(
            RETENTION,
            "P90D",
            "Retention of revoked keys",
            "How long a revoked key is kept, so that its use is recognised. ISO-8601 duration."));
  }

  private static PolicySetting text(String name, String preset, String label, String help) {
    return new PolicySetting(name, STRING_TYPE, preset, label, help, List.of());
  }

  private static PolicySetting several(String name, String preset, String label, String help) {
    return new PolicySetting(name, MULTIVALUED_STRING_TYPE, preset, label, help, List.of());
  }
}
