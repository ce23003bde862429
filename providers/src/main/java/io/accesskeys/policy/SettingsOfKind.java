package io.accesskeys.policy;

import static io.accesskeys.policy.PolicySetting.several;
import static io.accesskeys.policy.PolicySetting.text;
import static org.keycloak.provider.ProviderConfigProperty.BOOLEAN_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.MULTIVALUED_STRING_TYPE;

import io.accesskeys.key.KeyKind;
import java.util.ArrayList;
import java.util.List;

/** The settings that each kind of key has for itself. */
final class SettingsOfKind {

  private SettingsOfKind() {}

  static List<PolicySetting> all(KeyKind kind) {
    String of = kind.label() + ": ";
    List<PolicySetting> settings = new ArrayList<>();
    settings.add(
        new PolicySetting(
            PolicySetting.of(kind, PolicySetting.ENABLED),
            BOOLEAN_TYPE,
            "true",
            of + "enabled",
            "Switched off, no key of this kind is made or honoured; existing ones are kept.",
            List.of()));
    settings.add(
        new PolicySetting(
            PolicySetting.of(kind, PolicySetting.PREFIXES),
            MULTIVALUED_STRING_TYPE,
            kind.defaultPrefix(),
            of + "prefixes",
            "What the text of a new key begins with; the first is the usual one. 2 to 24 lower-case"
                + " letters, digits and single underscores.",
            List.of()));
    settings.add(
        new PolicySetting(
            PolicySetting.of(kind, PolicySetting.EXPIRY),
            LIST_TYPE,
            "chosen",
            of + "expiry",
            "Whether whoever makes a key chooses its expiry, or every key lives for the default"
                + " lifetime.",
            List.of("chosen", "fixed")));
    settings.add(
        text(
            PolicySetting.of(kind, PolicySetting.DEFAULT_LIFETIME),
            "P30D",
            of + "default lifetime",
            "ISO-8601 duration, such as P30D."));
    settings.add(
        text(
            PolicySetting.of(kind, PolicySetting.MAX_LIFETIME),
            "P365D",
            of + "maximum lifetime",
            "ISO-8601 duration, such as P365D; \"none\" also allows keys that never expire."));
    settings.add(
        text(
            PolicySetting.of(kind, PolicySetting.MAX_IDLE),
            PolicySetting.NONE,
            of + "expiry by disuse",
            "A key that was not used for so long has expired. ISO-8601 duration, at least P1D;"
                + " \"none\" for never."));
    settings.add(
        text(
            PolicySetting.of(kind, PolicySetting.MAX_PER_OWNER),
            "100",
            of + "most keys per owner",
            "How many usable keys an owner may have at a time."));
    settings.add(
        several(
            PolicySetting.of(kind, PolicySetting.REQUIRED_RESTRICTIONS),
            "",
            of + "required restrictions",
            "Types of which every key must have one restriction each: ip, client, referrer, android,"
                + " ios, or one that another extension brings."));
    if (kind != KeyKind.CLIENT_SECRET) {
      settings.add(selfRoll(kind));
    }
    settings.add(
        text(
            PolicySetting.of(kind, PolicySetting.ROLL_EVERY),
            PolicySetting.NONE,
            of + "rolled at least every",
            "Every key must get a new secret so often. ISO-8601 period, such as P90D or P3M; \"none\""
                + " leaves it to whoever makes a key."));
    return settings;
  }

  /** Not of client secrets, which authenticate nowhere else than their client does. */
  private static PolicySetting selfRoll(KeyKind kind) {
    return text(
        PolicySetting.of(kind, PolicySetting.SELF_ROLL),
        PolicySetting.NONE,
        kind.label() + ": rolls itself",
        "How long after its creation or renewal a key may give itself a new secret. ISO-8601 duration,"
            + " at least P1D; \"none\" for never.");
  }
}
