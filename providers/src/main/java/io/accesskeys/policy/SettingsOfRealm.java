package io.accesskeys.policy;

import static io.accesskeys.policy.PolicySetting.several;
import static io.accesskeys.policy.PolicySetting.text;
import static java.util.stream.Collectors.joining;
import static org.keycloak.provider.ProviderConfigProperty.LIST_TYPE;
import static org.keycloak.provider.ProviderConfigProperty.ROLE_TYPE;

import java.util.List;
import java.util.stream.Stream;

/** The settings for all kinds of keys of a realm. */
final class SettingsOfRealm {

  private SettingsOfRealm() {}

  static List<PolicySetting> all() {
    return Stream.concat(general().stream(), SettingsOfLegacyKeys.all().stream()).toList();
  }

  private static List<PolicySetting> general() {
    return List.of(
        text(
            PolicySetting.FRESH_LOGIN,
            "300",
            "Maximum age of authentication",
            "To create, roll or widen a key, a person must have signed in within so many seconds."),
        several(
            PolicySetting.PRESETS,
            Stream.of("P7D", "P30D", "P60D", "P90D").collect(joining(PolicySetting.SEPARATOR)),
            "Lifetimes offered",
            "What people who make a key choose from. ISO-8601 durations."),
        text(
            PolicySetting.ENFORCE_FROM,
            "",
            "Existing keys must comply from",
            "From this instant on, the maximum lifetimes and required restrictions also end keys made"
                + " under a laxer policy. Until then they show when they will end, and their owners are told. ISO-8601 instant in UTC;"
                + " empty leaves existing keys alone."),
        several(
            PolicySetting.CLIENTS,
            "account-console",
            "Clients for self-service",
            "Client IDs whose users' tokens may manage keys."),
        new PolicySetting(
            PolicySetting.ROLE,
            ROLE_TYPE,
            "",
            "Role for own keys",
            "Realm role that a person needs to create a key; empty for none.",
            List.of()),
        new PolicySetting(
            PolicySetting.PAGE_GIVES,
            LIST_TYPE,
            "key",
            "The page at sign-in gives",
            "A key, or a JWT that was minted from one and lives as long as minted tokens may: the"
                + " key ends with it and is shown to nobody.",
            List.of("key", "token")),
        new PolicySetting(
            PolicySetting.APPLICATION_ROLE,
            ROLE_TYPE,
            "",
            "Role for applications",
            "Realm role that a person needs to register applications; empty lets nobody.",
            List.of()),
        text(
            PolicySetting.APPLICATIONS_PER_PERSON,
            "5",
            "Applications per person",
            "How many applications a person may have."),
        several(
            PolicySetting.APPLICATION_ROLES,
            "",
            "Roles of new applications",
            "Realm roles that the service account of a new application gets."),
        text(
            PolicySetting.DEFAULT_OVERLAP,
            "PT24H",
            "Default overlap of a roll",
            "How long the old secret stays good. ISO-8601 duration."),
        text(
            PolicySetting.MAX_OVERLAP,
            "P7D",
            "Longest overlap of a roll",
            "ISO-8601 duration; PT0S allows no overlap."),
        text(
            PolicySetting.TOKEN_LIFESPAN,
            "PT15M",
            "Longest life of a minted token",
            "No JWT minted from a key lives longer. ISO-8601 duration, at most PT15M."),
        text(
            PolicySetting.BUDGET,
            "PT30S",
            "Revocation budget",
            "How long a gateway may go on honouring our last answer. ISO-8601 duration, at most"
                + " PT1H."),
        text(
            PolicySetting.ACCEPTED_EVENTS,
            "0",
            "Events of accepted uses",
            "Uses accepted at forward-auth are counted and leave no event; a number leaves one for about"
                + " every so many. 0 for none."),
        new PolicySetting(
            PolicySetting.REVOCATION_ENDPOINT,
            LIST_TYPE,
            "keycloak",
            "Revocation endpoint in discovery",
            "Which revocation endpoint the realm's discovery documents name: Keycloak's own, which"
                + " answers 200 to a key and does not revoke it, or that of access keys, which"
                + " revokes keys and passes every other token to Keycloak.",
            List.of("keycloak", "access-keys")),
        new PolicySetting(
            PolicySetting.WHEN_EXPOSED,
            LIST_TYPE,
            "revoke",
            "When a key was exposed",
            "A key whose current secret was found in public is revoked for good, or suspended until"
                + " its owner gives it a new secret.",
            List.of("revoke", "suspend")),
        text(
            PolicySetting.ROLL_WINDOW,
            "P7D",
            "Time for a roll that is due",
            "How long the old secret stays good once a roll is due, where the key says nothing else."
                + " ISO-8601 duration of at least PT1H."),
        new PolicySetting(
            PolicySetting.WHEN_ROLL_OVERDUE,
            LIST_TYPE,
            "extend",
            "When a roll is overdue",
            "A key that was not rolled in time stays good and its owner is told again, or is refused"
                + " until it is rolled.",
            List.of("extend", "expire")),
        new PolicySetting(
            PolicySetting.WHEN_SUCCESSOR_UNUSED,
            LIST_TYPE,
            "extend",
            "When a new secret was never used",
            "The owner is told a day before the old secret retires; by \"extend\" its end is also put"
                + " off, once, by as long as the overlap was.",
            List.of("extend", "notify")),
        new PolicySetting(
            PolicySetting.WHEN_RETIRED_USED,
            LIST_TYPE,
            "notify",
            "When a retired secret is used",
            "The owner of the key is told; by \"suspend\" the key is also refused until its owner"
                + " resumes it.",
            List.of("notify", "suspend")),
        text(
            PolicySetting.RETENTION,
            "P90D",
            "Retention of revoked keys",
            "How long a revoked key is kept, so that its use is recognised. ISO-8601 duration."),
        several(
            PolicySetting.TRUSTED_PROXIES,
            "",
            "Trusted proxies",
            "Addresses and CIDR ranges of the proxies in front of Keycloak. The client is then the"
                + " rightmost address in their header that is none of them; empty takes the address"
                + " that Keycloak finds, which is the leftmost."));
  }
}
