package io.accesskeys.management;

import static io.accesskeys.management.Wished.assertRefused;
import static io.accesskeys.management.Wished.granted;
import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SeededRandom;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.Label;
import io.accesskeys.key.Usage;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.management.KeyRequest.Expiry;
import io.accesskeys.management.KeyRequest.Rights;
import io.accesskeys.management.KeyRequest.Scopes;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.model.SampleRealm.Stored;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.KeyOwner;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What becomes of a wish for a key. Each rule about one member has a test of its own. */
final class KeyIssuerTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final KeyKind PAT = KeyKind.PERSONAL_ACCESS_TOKEN;

  private static final SeededRandom RANDOM = new SeededRandom(SeededRandom.seed());

  private final SampleRealm realm = new SampleRealm();

  private static KeyOwner owner(KeyKind kind, KeycloakSession session, RealmModel model) {
    ClientModel robot = model.getClientByClientId(ROBOT);
    return switch (kind) {
      case PERSONAL_ACCESS_TOKEN -> new KeyOwner.Person(user(session, model, PERSON));
      case API_KEY -> new KeyOwner.ServiceAccount(robot, session.users().getServiceAccount(robot));
      case CLIENT_SECRET -> new KeyOwner.Client(robot);
    };
  }

  private IssuedKey issue(KeycloakSession session, RealmModel model, KeyRequest request)
      throws InvalidRequestException {
    return new KeyIssuer(session, RealmPolicy.of(session, model), RANDOM)
        .issue(
            request,
            owner(request.kind(), session, model),
            "creator",
            room -> {},
            NOW.plusNanos(999_999));
  }

  private IssuedKey issue(KeyRequest request) {
    return realm.ask((session, model) -> granted(() -> issue(session, model, request)));
  }

  /** And nothing is stored. */
  private void refused(KeyRequest request, String field, String reason) {
    long before = keys(request.kind());
    realm.change(
        (session, model) -> assertRefused(() -> issue(session, model, request), field, reason));
    assertThat(keys(request.kind())).isEqualTo(before);
  }

  private long keys(KeyKind kind) {
    return realm.ask(
        (session, model) ->
            session
                .getProvider(KeyStore.class)
                .countAlive(model, owner(kind, session, model).id(), Instant.EPOCH));
  }

  private AccessKey find(IssuedKey issued) {
    return realm.ask((session, model) -> SampleRealm.find(session, model, issued.key().id()));
  }

  private List<Restriction> from(String address) {
    return realm.ask(
        (session, model) ->
            Restrictions.of(session).read("[{\"type\":\"ip\",\"allow\":[\"" + address + "\"]}]"));
  }

  private static Rights reading(List<Restriction> restrictions) {
    return new Rights(Optional.of(API), new Scopes.Named(List.of(READ)), List.of(), restrictions);
  }

  @Nested
  class AKey {

    @ParameterizedTest
    @EnumSource
    void isStoredForItsOwner(KeyKind kind) {
      KeyRequest request =
          KeyRequests.of(
              kind, kind == KeyKind.CLIENT_SECRET ? KeyRequests.NONE : KeyRequests.READING);
      IssuedKey issued = issue(request);
      AccessKey key = find(issued);
      assertThat(key).isEqualTo(issued.key());
      assertThat(key.kind()).isEqualTo(kind);
      assertThat(key.ownerId())
          .isEqualTo(realm.ask((session, model) -> owner(kind, session, model).id()));
      assertThat(key.realmId()).isEqualTo(realm.ask((session, model) -> model.getId()));
    }

    @Test
    void thatIsWishedForPlainlyHasWhatIsUsual() {
      IssuedKey issued = issue(KeyRequests.USUAL);
      AccessKey key = issued.key();
      assertThat(issued.text().reveal()).matches("kcpat_[0-9A-Za-z]{65}");
      assertThat(key.id()).isEqualTo(issued.text().id());
      assertThat(key.prefix()).isEqualTo("kcpat");
      assertThat(key.label()).isEqualTo(Label.named("ci"));
      assertThat(realm.names(key.grant().scopes())).containsExactly(READ);
      assertThat(key.validity())
          .isEqualTo(
              Validity.between(
                  new Validity.Creation(NOW, "creator"),
                  Optional.empty(),
                  Optional.of(NOW.plus(DAY.multipliedBy(30)))));
      assertThat(key.roll()).isEmpty();
      assertThat(key.secrets()).containsExactly(KeySecret.current(1, issued.text(), NOW));
      assertThat(key.usage()).isEqualTo(Usage.NONE);
      assertThat(key.version()).isEqualTo(1);
    }

    @Test
    void hasWhatIsWishedFor() {
      List<Restriction> restrictions = from("203.0.113.0/24");
      Label label = new Label("ci", Optional.of("for ci"), Map.of("team", "billing"));
      ScheduleRequest roll =
          new ScheduleRequest(
              Optional.of(Period.ofDays(9)), Optional.empty(), Optional.empty(), Optional.empty());
      AccessKey key =
          find(
              issue(
                  new KeyRequest(
                      PAT,
                      Optional.of("kcpat"),
                      label,
                      reading(restrictions),
                      Optional.of(NOW.plus(DAY)),
                      new Expiry.At(NOW.plus(DAY.multipliedBy(90))),
                      Optional.of(roll))));
      assertThat(key.label()).isEqualTo(label);
      assertThat(key.grant().restrictions())
          .extracting(Restriction::toJson)
          .isEqualTo(restrictions.stream().map(Restriction::toJson).toList());
      assertThat(key.validity().notBefore()).hasValue(NOW.plus(DAY));
      assertThat(key.validity().expires()).hasValue(NOW.plus(DAY.multipliedBy(90)));
      assertThat(key.roll().orElseThrow().every()).hasValue(Period.ofDays(9));
    }

    @Test
    void hasASecretOfItsOwn() {
      assertThat(issue(KeyRequests.USUAL).text().reveal())
          .isNotEqualTo(issue(KeyRequests.USUAL).text().reveal());
    }

    @Test
    void losesTheBlanksAroundItsName() {
      assertThat(issue(KeyRequests.labelled(Label.named(" Größe "))).key().name())
          .isEqualTo("Größe");
    }
  }

  @Nested
  class AWishIsRefused {

    @Test
    void withABadName() {
      refused(KeyRequests.labelled(Label.named("a\nb")), "name", "must have no control characters");
    }

    @Test
    void forAClientThatThereIsNot() {
      refused(
          KeyRequests.rights(
              new Rights(Optional.of("nobody"), new Scopes.Named(List.of()), List.of(), List.of())),
          "client",
          "does not exist in this realm. Name the client_id of an API client, or prepare one with"
              + " PUT …/access-keys/apis/{client_id}");
    }

    @Test
    void forAScopeThatThereIsNot() {
      refused(
          KeyRequests.rights(
              new Rights(
                  Optional.of(API), new Scopes.Named(List.of(READ, "nope")), List.of(), List.of())),
          "scopes[1]",
          "`nope` does not exist in this realm. Create the client scope and assign it to client"
              + " orders-api as optional, or prepare the client with"
              + " PUT …/access-keys/apis/orders-api");
    }

    @Test
    void forMoreTimeThanThereMayBe() {
      refused(
          KeyRequests.between(Optional.empty(), new Expiry.At(NOW.plus(DAY.multipliedBy(366)))),
          "expiresAt",
          "must be at most 365 days ahead");
    }

    @Test
    void toBeginAfterItsEnd() {
      refused(
          KeyRequests.between(
              Optional.of(Instant.parse("2030-01-01T00:00:00Z")), new Expiry.ByPolicy()),
          "notBefore",
          "must come before expiresAt");
    }

    @Test
    void withAScheduleThatNeverComes() {
      refused(
          KeyRequests.rolling(
              new ScheduleRequest(
                  Optional.empty(), Optional.of(NOW), Optional.empty(), Optional.empty())),
          "roll.at",
          "must be in the future");
    }

    @ParameterizedTest
    @EnumSource(names = {"API_KEY", "CLIENT_SECRET"})
    void ifThePolicyWantsRollsThatNobodyWouldHearOf(KeyKind kind) {
      realm.policy(Map.of(kind.wireName() + ".roll-every", "P90D"));
      refused(
          KeyRequests.of(kind, kind == KeyKind.API_KEY ? KeyRequests.READING : KeyRequests.NONE),
          "roll.delivery",
          "pickup needs somebody to tell: set the client attribute access-keys.contacts");
    }
  }

  @Nested
  class ThePrefix {

    @Test
    void isTheFirstOfThePolicyUnlessAnotherOfThemIsChosen() {
      realm.policy(Map.of("personal-access-token.prefixes", "acme_live##acme_test"));
      assertThat(issue(KeyRequests.USUAL).text().reveal()).startsWith("acme_live_");
      IssuedKey test = issue(KeyRequests.prefixed("acme_test"));
      assertThat(test.text().reveal()).startsWith("acme_test_");
      assertThat(find(test).prefix()).isEqualTo("acme_test");
      for (String other : List.of("other", "kcpat", "acme_live##acme_test", "")) {
        refused(KeyRequests.prefixed(other), "prefix", "must be one of [acme_live, acme_test]");
      }
    }

    @Test
    void isThatOfTheKindWithoutAPolicy() {
      refused(KeyRequests.prefixed("kcak"), "prefix", "must be one of [kcpat]");
    }
  }

  @Test
  void aKindThatIsSwitchedOffIsNotMadeAndOthersAre() {
    realm.policy(Map.of("personal-access-token.enabled", "false"));
    refused(
        KeyRequests.USUAL,
        "kind",
        "is disabled in this realm. Ask an administrator to enable it in the policy");
    issue(KeyRequests.of(KeyKind.API_KEY, KeyRequests.READING));
    realm.policy(Map.of("personal-access-token.enabled", "true"));
    issue(KeyRequests.USUAL);
  }

  @Nested
  class TheMostKeysOfAnOwner {

    @ParameterizedTest
    @EnumSource
    void areTheirLimit(KeyKind kind) {
      realm.policy(Map.of(kind.wireName() + ".max-per-owner", "2"));
      KeyRequest request =
          KeyRequests.of(
              kind, kind == KeyKind.CLIENT_SECRET ? KeyRequests.NONE : KeyRequests.READING);
      issue(request);
      issue(request);
      refused(request, "", "The owner has 2 keys, and may have 2");
    }

    @Test
    void doNotCountThoseThatAreRevokedOrExpired() {
      realm.policy(Map.of("personal-access-token.max-per-owner", "1"));
      IssuedKey first = issue(KeyRequests.USUAL);
      refused(KeyRequests.USUAL, "", "The owner has 1 keys, and may have 1");
      realm.change(
          (session, model) ->
              session
                  .getProvider(KeyStore.class)
                  .lifecycle()
                  .revoke(model, first.key().id(), new Revocation(NOW, Optional.empty())));
      realm.key(PAT, key -> key.with(until(key, NOW)));
      issue(KeyRequests.USUAL);
      refused(KeyRequests.USUAL, "", "The owner has 1 keys, and may have 1");
    }

    @Test
    void countThoseThatHaveNotBegunOrAreSuspended() {
      realm.policy(Map.of("personal-access-token.max-per-owner", "2"));
      issue(KeyRequests.between(Optional.of(NOW.plus(DAY)), new Expiry.ByPolicy()));
      Stored suspended = realm.key(PAT, key -> key.with(until(key, NOW.plus(DAY))));
      realm.change(
          (session, model) ->
              session
                  .getProvider(KeyStore.class)
                  .lifecycle()
                  .suspend(
                      model,
                      suspended.id(),
                      new Validity.Suspension(NOW, "somebody", ActorKind.OWNER)));
      refused(KeyRequests.USUAL, "", "The owner has 2 keys, and may have 2");
    }

    @Test
    void areOneOwnersOnly() {
      realm.policy(
          Map.of("personal-access-token.max-per-owner", "1", "api-key.max-per-owner", "1"));
      issue(KeyRequests.USUAL);
      issue(KeyRequests.of(KeyKind.API_KEY, KeyRequests.READING));
    }

    private static Validity until(AccessKey key, Instant end) {
      return Validity.between(key.validity().created(), Optional.empty(), Optional.of(end));
    }
  }

  @Test
  void restrictionsThatThePolicyRequiresMustBeThere() {
    realm.policy(Map.of("personal-access-token.required-restrictions", "ip"));
    refused(
        KeyRequests.USUAL,
        "restrictions",
        "must have one of each type that the realm requires: ip");
    issue(KeyRequests.rights(reading(from("203.0.113.7"))));
    issue(KeyRequests.of(KeyKind.API_KEY, KeyRequests.READING));
  }

  @Nested
  class APolicyThatCannotBeRead {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "personal-access-token.max-lifetme | P5D  | is not a setting",
          "max-token-lifespan                | PT1H | must be an ISO-8601 duration from PT1S to"
              + " PT15M",
          "personal-access-token.enabled     | 0    | must be one of [false, true]",
        })
    void makesNoKeys(String setting, String value, String rule) {
      realm.policy(Map.of(setting, value));
      refused(
          KeyRequests.USUAL,
          "",
          "The realm's policy has to be corrected first: " + setting + " " + rule);
    }

    @Test
    void isNamedByTheFirstOfItsWrongSettings() {
      RealmPolicy policy = RealmPolicy.of(Map.of("when-exposed", "x", "max-overlap", "x"));
      assertRefused(
          () -> KeyIssuer.requireReadable(policy),
          "",
          "The realm's policy has to be corrected first: max-overlap "
              + policy.invalid().get("max-overlap"));
    }

    @Test
    void isTheOnlyOneThatMakesNone() {
      granted(
          () -> {
            KeyIssuer.requireReadable(RealmPolicy.of(Map.of()));
            return true;
          });
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"P90D", "P3M"})
  void thePolicysScheduleIsThatOfEveryKey(String every) {
    realm.policy(Map.of("personal-access-token.roll-every", every));
    assertThat(find(issue(KeyRequests.USUAL)).roll().orElseThrow().every())
        .hasValue(Period.parse(every));
  }
}
