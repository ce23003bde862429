package io.accesskeys.policy;

import static io.accesskeys.policy.PolicySetting.role;
import static io.accesskeys.policy.PolicySetting.several;
import static io.accesskeys.policy.PolicySetting.text;
import static io.accesskeys.policy.Setting.choice;
import static io.accesskeys.policy.Setting.durations;
import static io.accesskeys.policy.Setting.instant;
import static io.accesskeys.policy.Setting.number;
import static io.accesskeys.policy.Setting.split;
import static io.accesskeys.policy.Setting.word;
import static io.accesskeys.policy.Setting.words;
import static java.util.stream.Collectors.joining;

import io.accesskeys.key.Limits.Overdue;
import io.accesskeys.policy.RealmPolicy.PageGives;
import io.accesskeys.policy.RealmPolicy.RevocationEndpoint;
import io.accesskeys.policy.RealmPolicy.WhenExposed;
import io.accesskeys.policy.RealmPolicy.WhenRetiredUsed;
import io.accesskeys.policy.RealmPolicy.WhenSuccessorUnused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.Constants;

// Longer than 250 lines: a list of declarations, each of which is read by itself.

/** The settings for all kinds of keys of a realm, in the order in which they are shown. */
final class SettingsOfRealm {

  private static final String TRUSTED_PROXIES = "trusted-proxies";

  private final List<PolicySetting> all = new ArrayList<>();

  final Setting<Integer> freshLogin =
      add(
          number(
              text(
                  Constants.MAX_AUTH_AGE_KEY,
                  "300",
                  "Maximum age of authentication",
                  "To create, roll or widen a key, a person must have signed in within so many seconds."),
              0,
              86_400));

  final Setting<List<Duration>> presets =
      add(
          durations(
              several(
                  "lifetime-presets",
                  Stream.of("P7D", "P30D", "P60D", "P90D")
                      .collect(joining(PolicySetting.SEPARATOR)),
                  "Lifetimes offered",
                  "What people who make a key choose from. ISO-8601 durations.")));

  final Setting<Optional<Instant>> enforcedFrom =
      add(
          instant(
              text(
                  "existing-keys-enforced-from",
                  "",
                  "Existing keys must comply from",
                  "From this instant on, the maximum lifetimes and required restrictions also end keys made"
                      + " under a laxer policy. Until then they show when they will end, and their owners are told. ISO-8601 instant in UTC;"
                      + " empty leaves existing keys alone.")));

  final Setting<Set<String>> clients =
      add(
          words(
              several(
                  "self-service-clients",
                  "account-console",
                  "Clients for self-service",
                  "Client IDs whose users' tokens may manage keys.")));

  final Setting<Optional<String>> role =
      add(
          word(
              role(
                  "self-service-role",
                  "Role for own keys",
                  "Realm role that a person needs to create a key; empty for none.")));

  final Setting<PageGives> pageGives =
      add(
          choice(
              "page-at-sign-in-gives",
              PageGives.KEY,
              "The page at sign-in gives",
              "A key, or a JWT that was minted from one and lives as long as minted tokens may: the"
                  + " key ends with it and is shown to nobody."));

  final Setting<Optional<String>> applicationRole =
      add(
          word(
              role(
                  "application-role",
                  "Role for applications",
                  "Realm role that a person needs to register applications; empty lets nobody.")));

  final Setting<Integer> applicationsPerPerson =
      add(
          number(
              text(
                  "applications-per-person",
                  "5",
                  "Applications per person",
                  "How many applications a person may have."),
              0,
              1_000));

  final Setting<Set<String>> applicationRoles =
      add(
          words(
              several(
                  "application-default-roles",
                  "",
                  "Roles of new applications",
                  "Realm roles that the service account of a new application gets.")));

  final BoundedDuration defaultOverlap =
      add(
          new BoundedDuration(
              text(
                  "default-overlap",
                  "PT24H",
                  "Default overlap of a roll",
                  "How long the old secret stays good. ISO-8601 duration."),
              Duration.ZERO,
              BoundedDuration.LONGEST));

  final BoundedDuration maxOverlap =
      add(
          new BoundedDuration(
              text(
                  "max-overlap",
                  "P7D",
                  "Longest overlap of a roll",
                  "ISO-8601 duration; PT0S allows no overlap."),
              Duration.ZERO,
              BoundedDuration.LONGEST));

  final BoundedDuration tokenLifespan =
      add(
          new BoundedDuration(
              text(
                  "max-token-lifespan",
                  "PT15M",
                  "Longest life of a minted token",
                  "No JWT minted from a key lives longer. ISO-8601 duration, at most PT15M."),
              Duration.ofSeconds(1),
              Duration.ofMinutes(15)));

  final BoundedDuration budget =
      add(
          new BoundedDuration(
              text(
                  "revocation-budget",
                  "PT30S",
                  "Revocation budget",
                  "How long a gateway may go on honouring our last answer. ISO-8601 duration, at most"
                      + " PT1H."),
              Duration.ZERO,
              Duration.ofHours(1)));

  final Setting<Integer> acceptedEventEvery =
      add(
          number(
              text(
                  "accepted-event-every",
                  "0",
                  "Events of accepted uses",
                  "Uses accepted at forward-auth are counted and leave no event; a number leaves one for about"
                      + " every so many. 0 for none."),
              0,
              1_000_000));

  final Setting<RevocationEndpoint> revocationEndpoint =
      add(
          choice(
              "revocation-endpoint",
              RevocationEndpoint.KEYCLOAK,
              "Revocation endpoint in discovery",
              "Which revocation endpoint the realm's discovery documents name: Keycloak's own, which"
                  + " answers 200 to a key and does not revoke it, or that of access keys, which"
                  + " revokes keys and passes every other token to Keycloak."));

  final Setting<WhenExposed> whenExposed =
      add(
          choice(
              "when-exposed",
              WhenExposed.REVOKE,
              "When a key was exposed",
              "A key whose current secret was found in public is revoked for good, or suspended until"
                  + " its owner gives it a new secret."));

  final BoundedDuration rollWindow =
      add(
          new BoundedDuration(
              text(
                  "roll-window",
                  "P7D",
                  "Time for a roll that is due",
                  "How long the old secret stays good once a roll is due, where the key says nothing else."
                      + " ISO-8601 duration of at least PT1H."),
              Duration.ofHours(1),
              Duration.ofDays(365)));

  final Setting<Overdue> whenRollOverdue =
      add(
          choice(
              "when-roll-overdue",
              Overdue.EXTEND,
              "When a roll is overdue",
              "A key that was not rolled in time stays good and its owner is told again, or is refused"
                  + " until it is rolled."));

  final Setting<WhenSuccessorUnused> whenSuccessorUnused =
      add(
          choice(
              "when-successor-unused",
              WhenSuccessorUnused.EXTEND,
              "When a new secret was never used",
              "The owner is told a day before the old secret retires; by \"extend\" its end is also put"
                  + " off, once, by as long as the overlap was."));

  final Setting<WhenRetiredUsed> whenRetiredUsed =
      add(
          choice(
              "when-retired-used",
              WhenRetiredUsed.NOTIFY,
              "When a retired secret is used",
              "The owner of the key is told; by \"suspend\" the key is also refused until its owner"
                  + " resumes it."));

  final BoundedDuration retention =
      add(
          new BoundedDuration(
              text(
                  "revoked-retention",
                  "P90D",
                  "Retention of revoked keys",
                  "How long a revoked key is kept, so that its use is recognised. ISO-8601 duration."),
              Duration.ofDays(1),
              BoundedDuration.LONGEST));

  final Setting<Integer> suggestionMinUses =
      add(
          number(
              text(
                  "suggestion-min-uses",
                  "20",
                  "Uses for a suggestion",
                  "What a key needs is suggested from at least so many accepted uses."),
              1,
              1_000_000));

  final Setting<Integer> suggestionMinDays =
      add(
          number(
              text(
                  "suggestion-min-days",
                  "30",
                  "Days for a suggestion",
                  "What a key needs is suggested if there are at least so many days from the first use"
                      + " that is kept to the last."),
              1,
              90));

  final Setting<TrustedProxies> trustedProxies =
      add(
          new Setting<>(
              several(
                  TRUSTED_PROXIES,
                  "",
                  "Trusted proxies",
                  "Addresses and CIDR ranges of the proxies in front of Keycloak. The client is then the"
                      + " rightmost address in their header that is none of them; empty takes the address"
                      + " that Keycloak finds, which is the leftmost."),
              text -> TrustedProxies.in(split(text).toList(), TRUSTED_PROXIES),
              "must be addresses and CIDR ranges without host bits, such as 10.0.0.0/8"));

  final SettingsOfLegacyKeys legacyKeys = new SettingsOfLegacyKeys();

  /** All of them, as they are shown. */
  List<PolicySetting> all() {
    return Stream.concat(all.stream(), legacyKeys.all().stream()).toList();
  }

  private <T> Setting<T> add(Setting<T> setting) {
    all.add(setting.shown());
    return setting;
  }

  private BoundedDuration add(BoundedDuration setting) {
    all.add(setting.shown());
    return setting;
  }
}
