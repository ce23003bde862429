package io.accesskeys.management;

import static io.accesskeys.management.Wished.assertRefused;
import static io.accesskeys.management.Wished.granted;
import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.WRITER;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.accesskeys.SeededRandom;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Grant;
import io.accesskeys.key.Grant.Form;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Label;
import io.accesskeys.key.Limits;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.management.EditedKey.Effect;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.restriction.ip.IpRestrictionType;
import io.accesskeys.verification.DetailsTypes;
import io.accesskeys.verification.KeyOwner;
import io.accesskeys.verification.ScopeProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What a key becomes by an edit. */
final class KeyEditorTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final SampleRealm realm = new SampleRealm();
  private final AccessKey key = key(KeyKind.PERSONAL_ACCESS_TOKEN);

  private AccessKey key(KeyKind kind) {
    String id = realm.key(kind).id();
    return realm.ask((session, model) -> SampleRealm.find(session, model, id));
  }

  private static EditedKey apply(
      KeycloakSession session, RealmModel model, AccessKey key, KeyEdit edit)
      throws InvalidRequestException {
    return new KeyEditor(session, RealmPolicy.of(session, model))
        .apply(key, edit, KeyOwner.of(key, session, model).orElseThrow(), NOW);
  }

  private EditedKey edit(AccessKey old, KeyEdit edit) {
    return realm.ask((session, model) -> granted(() -> apply(session, model, old, edit)));
  }

  private EditedKey edit(KeyEdit edit) {
    return edit(key, edit);
  }

  private void refused(AccessKey old, KeyEdit edit, String field, String reason) {
    realm.change(
        (session, model) -> assertRefused(() -> apply(session, model, old, edit), field, reason));
  }

  private void refused(KeyEdit edit, String field, String reason) {
    refused(key, edit, field, reason);
  }

  private static AccessKey with(AccessKey key, List<JsonNode> details, Restriction... conditions) {
    Grant old = key.grant();
    return key.with(
        key.label(),
        new Grant(old.clientId(), old.form(), old.scopes(), details, List.of(conditions)));
  }

  private static JsonNode order(String... actions) {
    var order = JsonNodeFactory.instance.objectNode().put("type", "order");
    Stream.of(actions).forEach(order.putArray("actions")::add);
    return order;
  }

  private void apiKnows(String types) {
    realm.change(
        (session, model) ->
            model.getClientByClientId(API).setAttribute(DetailsTypes.ATTRIBUTE, types));
  }

  private void takeTheRoleAway() {
    realm.change(
        (session, model) -> user(session, model, PERSON).deleteRoleMapping(model.getRole(WRITER)));
  }

  /** Edits that name one member, if any. */
  private static final class Edits {

    static final KeyEdit NOTHING =
        new KeyEdit(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    private Edits() {}

    static KeyEdit name(String name) {
      return new KeyEdit(
          Optional.of(name),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    static KeyEdit description(Optional<String> description) {
      return new KeyEdit(
          Optional.empty(),
          Optional.of(description),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    static KeyEdit metadata(Map<String, String> metadata) {
      return new KeyEdit(
          Optional.empty(),
          Optional.empty(),
          Optional.of(metadata),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    static KeyEdit scopes(String... scopes) {
      return new KeyEdit(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(List.of(scopes)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    static KeyEdit details(JsonNode... details) {
      return new KeyEdit(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(List.of(details)),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    static KeyEdit restrictions(Restriction... restrictions) {
      return new KeyEdit(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(List.of(restrictions)),
          Optional.empty(),
          Optional.empty());
    }

    static KeyEdit roll(Optional<ScheduleRequest> roll) {
      return new KeyEdit(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(roll),
          Optional.empty());
    }
  }

  @Test
  void anEditOfNothingChangesNothing() {
    assertThat(edit(Edits.NOTHING)).isEqualTo(new EditedKey(key, Effect.NO_MORE));
  }

  @Nested
  class WhatIsWrittenOnIt {

    private final AccessKey labelled =
        key.with(new Label("ci", Optional.of("for ci"), Map.of("team", "billing")), key.grant());

    @Test
    void staysWhereTheEditSaysNothing() {
      assertThat(edit(labelled, Edits.name(" Größe ")).key().label())
          .isEqualTo(new Label("Größe", Optional.of("for ci"), Map.of("team", "billing")));
      assertThat(edit(labelled, Edits.description(Optional.of("why"))).key().label())
          .isEqualTo(new Label("ci", Optional.of("why"), Map.of("team", "billing")));
      assertThat(edit(labelled, Edits.metadata(Map.of("a.b", "1"))).key().label())
          .isEqualTo(new Label("ci", Optional.of("for ci"), Map.of("a.b", "1")));
    }

    @Test
    void canBeTakenAway() {
      assertThat(edit(labelled, Edits.description(Optional.empty())).key().label().description())
          .isEmpty();
      assertThat(edit(labelled, Edits.metadata(Map.of())).key().label().metadata()).isEmpty();
    }

    @Test
    void changesNothingElseAndNoRights() {
      EditedKey edited = edit(labelled, Edits.name("other"));
      assertThat(edited.effect()).isEqualTo(Effect.NO_MORE);
      assertThat(edited.key())
          .isEqualTo(
              key.with(
                  new Label("other", Optional.of("for ci"), Map.of("team", "billing")),
                  key.grant()));
    }

    @ParameterizedTest
    @CsvSource({
      "'', must have 1 to 120 characters",
      "'  ', must have 1 to 120 characters",
      "a\u0000b, must have no control characters"
    })
    void isCheckedAsAtItsCreation(String name, String reason) {
      refused(Edits.name(name), "name", reason);
    }

    @Test
    void isCheckedInEveryPlace() {
      refused(
          Edits.description(Optional.of("a\nb")), "description", "must have no control characters");
      refused(
          Edits.metadata(Map.of("a b", "x")),
          "metadata",
          "must have names of 1 to 40 letters, digits, dots, dashes, underscores");
    }
  }

  @Nested
  class Scopes {

    @Test
    void canBeTakenAway() {
      EditedKey edited = edit(Edits.scopes(READ));
      assertThat(realm.names(edited.key().grant().scopes())).containsExactly(READ);
      assertThat(edited.effect()).isEqualTo(Effect.NO_MORE);
      assertThat(realm.names(edit(Edits.scopes()).key().grant().scopes())).isEmpty();
    }

    @Test
    void canBeAddedWithinTheRolesOfTheOwner() {
      AccessKey narrow = edit(Edits.scopes(READ)).key();
      EditedKey wide = edit(narrow, Edits.scopes(READ, WRITE));
      assertThat(realm.names(wide.key().grant().scopes())).containsExactlyInAnyOrder(READ, WRITE);
      assertThat(wide.effect()).isEqualTo(Effect.MORE);
      assertThat(edit(narrow, Edits.scopes(WRITE)).effect()).isEqualTo(Effect.MORE);
      takeTheRoleAway();
      refused(
          narrow,
          Edits.scopes(READ, WRITE),
          "scopes[1]",
          "`orders:write` needs the role `writer`, which the owner does not have."
              + " Assign the role to the owner, or leave the scope out");
    }

    @Test
    void stayThoughTheOwnerHasLostTheRole() {
      takeTheRoleAway();
      assertThat(edit(Edits.scopes(READ, WRITE)).effect()).isEqualTo(Effect.NO_MORE);
      assertThat(realm.names(edit(Edits.scopes(WRITE)).key().grant().scopes()))
          .containsExactly(WRITE);
    }

    @Test
    void stayThoughTheApiClientMayHaveNoKeysAnyMore() {
      realm.change((session, model) -> model.getClientByClientId(API).setEnabled(false));
      assertThat(realm.names(edit(Edits.scopes(READ)).key().grant().scopes()))
          .containsExactly(READ);
      AccessKey narrow = edit(Edits.scopes(READ)).key();
      refused(
          narrow,
          Edits.scopes(READ, WRITE),
          "client",
          "is disabled. Enable the client to create keys for it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders:delete", "openid", ""})
    void mustBeOnTheMenu(String scope) {
      refused(Edits.scopes(scope), "scopes[0]", missing(scope));
      refused(Edits.scopes(READ, scope), "scopes[1]", missing(scope));
    }

    private static String missing(String scope) {
      return new ScopeProblem.Found(API, scope, ScopeProblem.NO_SUCH_SCOPE).sentence();
    }

    @Test
    void areNotForAClientSecret() {
      AccessKey secret = key(KeyKind.CLIENT_SECRET);
      refused(secret, Edits.scopes(READ), "scopes", "are not for a client secret");
      refused(secret, Edits.details(order()), "scopes", "are not for a client secret");
      assertThat(edit(secret, Edits.name("renamed")).key().name()).isEqualTo("renamed");
    }

    @Test
    void ofAClassicKeyAreFineGrainedFromThenOn() {
      Grant old = key.grant();
      AccessKey classic =
          key.with(
              key.label(),
              new Grant(old.clientId(), Form.CLASSIC, old.scopes(), List.of(), List.of()));
      assertThat(edit(classic, Edits.scopes(READ, WRITE)).key().grant().form())
          .isEqualTo(Form.FINE_GRAINED);
      assertThat(edit(classic, Edits.name("x")).key().grant().form()).isEqualTo(Form.CLASSIC);
      apiKnows("order");
      assertThat(edit(classic, Edits.details(order("read"))).key().grant().form())
          .isEqualTo(Form.CLASSIC);
    }
  }

  @Nested
  class AuthorizationDetails {

    @Test
    void limitAKeyThatHadNone() {
      apiKnows("order##invoice");
      EditedKey edited = edit(Edits.details(order("read")));
      assertThat(edited.key().grant().authorizationDetails()).containsExactly(order("read"));
      assertThat(realm.names(edited.key().grant().scopes())).containsExactlyInAnyOrder(READ, WRITE);
      assertThat(edited.effect()).isEqualTo(Effect.NO_MORE);
    }

    @Test
    void canBeNarrowedAndCountAsMoreOtherwise() {
      apiKnows("order");
      AccessKey limited = with(key, List.of(order("read", "list")));
      assertThat(edit(limited, Edits.details(order("read"))).effect()).isEqualTo(Effect.NO_MORE);
      assertThat(edit(limited, Edits.details(order("write"))).effect()).isEqualTo(Effect.MORE);
      assertThat(edit(limited, Edits.details()).effect()).isEqualTo(Effect.MORE);
    }

    @Test
    void mustBeOfATypeThatTheApiKnows() {
      String reason = "is not in the client attribute access-keys.authorization-details-types";
      refused(Edits.details(order()), "authorizationDetails[0].type", reason);
      apiKnows("order");
      refused(
          Edits.details(order(), JsonNodeFactory.instance.objectNode().put("type", "payment")),
          "authorizationDetails[1].type",
          reason);
    }

    @Test
    void needAnApiClientThatMayHaveKeys() {
      apiKnows("order");
      realm.change((session, model) -> model.getClientByClientId(API).setEnabled(false));
      refused(
          Edits.details(order()), "client", "is disabled. Enable the client to create keys for it");
    }
  }

  @Nested
  class TheRestrictions {

    private final Restriction ip = new SampleRestriction("ip");
    private final Restriction client = new SampleRestriction("client");

    @Test
    void canBeAdded() {
      EditedKey edited = edit(Edits.restrictions(ip));
      assertThat(edited.key().grant().restrictions()).containsExactly(ip);
      assertThat(edited.effect()).isEqualTo(Effect.NO_MORE);
      assertThat(edit(edited.key(), Edits.restrictions(client, ip)).effect())
          .isEqualTo(Effect.NO_MORE);
    }

    @Test
    void countAsMoreIfOneGoes() {
      AccessKey restricted = with(key, List.of(), ip, client);
      assertThat(edit(restricted, Edits.restrictions(client)).effect()).isEqualTo(Effect.MORE);
      assertThat(edit(restricted, Edits.restrictions()).effect()).isEqualTo(Effect.MORE);
    }

    private List<Restriction> ip(String... each) {
      return Restrictions.of(List.of(new IpRestrictionType()))
          .read("[" + String.join(",", each).replace('\'', '"') + "]");
    }

    private Effect from(List<Restriction> before, List<Restriction> after) {
      AccessKey restricted = with(key, List.of(), before.toArray(Restriction[]::new));
      return edit(restricted, Edits.restrictions(after.toArray(Restriction[]::new))).effect();
    }

    @Test
    void countAsMoreIfTheyOnlyReportFromNowOn() {
      List<Restriction> enforced = ip("{'type':'ip','allow':['203.0.113.0/24']}");
      List<Restriction> reporting = ip("{'mode':'report','type':'ip','allow':['203.0.113.0/24']}");
      assertThat(from(enforced, reporting)).isEqualTo(Effect.MORE);
      assertThat(from(reporting, enforced)).isEqualTo(Effect.NO_MORE);
    }

    @Test
    void thatOnlyReportMakeNoDifference() {
      List<Restriction> one = ip("{'mode':'report','type':'ip','allow':['203.0.113.0/24']}");
      List<Restriction> wider = ip("{'mode':'report','type':'ip','allow':['203.0.0.0/16']}");
      assertThat(from(List.of(), one)).isEqualTo(Effect.NO_MORE);
      assertThat(from(one, List.of())).isEqualTo(Effect.NO_MORE);
      assertThat(from(one, wider)).isEqualTo(Effect.NO_MORE);
      assertThat(from(wider, one)).isEqualTo(Effect.NO_MORE);
    }

    @Test
    void countAsNoMoreIfTheyGetNarrower() {
      List<Restriction> wide = ip("{'type':'ip','allow':['203.0.0.0/16']}");
      List<Restriction> narrow =
          ip("{'type':'ip','allow':['203.0.113.0/24'],'not':['203.0.113.7']}");
      assertThat(from(wide, narrow)).isEqualTo(Effect.NO_MORE);
      assertThat(from(narrow, wide)).isEqualTo(Effect.MORE);
      assertThat(from(narrow, ip("{'type':'ip','allow':['203.0.113.0/24']}")))
          .isEqualTo(Effect.MORE);
    }

    @Test
    void thatThePolicyRequiresMustNotOnlyReport() {
      realm.policy(Map.of("personal-access-token.required-restrictions", "ip"));
      refused(
          with(key, List.of(), ip),
          Edits.restrictions(
              ip("{'mode':'report','type':'ip','allow':['203.0.113.0/24']}")
                  .toArray(Restriction[]::new)),
          "restrictions",
          "must have one of each type that the realm requires: ip; the restriction of type ip only"
              + " reports, which counts as none: leave out its mode to enforce it");
    }

    @Test
    void thatThePolicyRequiresMustStay() {
      AccessKey restricted = with(key, List.of(), ip);
      realm.policy(Map.of("personal-access-token.required-restrictions", "ip"));
      String reason = "must have one of each type that the realm requires: ip";
      refused(restricted, Edits.restrictions(), "restrictions", reason);
      refused(restricted, Edits.restrictions(client), "restrictions", reason);
      assertThat(edit(restricted, Edits.restrictions(ip, client)).effect())
          .isEqualTo(Effect.NO_MORE);
    }

    @Test
    void thatThePolicyRequiresAreNotAskedForByAnotherEdit() {
      realm.policy(Map.of("personal-access-token.required-restrictions", "ip"));
      assertThat(edit(Edits.name("renamed")).key().name()).isEqualTo("renamed");
      assertThat(realm.names(edit(Edits.scopes(READ)).key().grant().scopes()))
          .containsExactly(READ);
    }
  }

  @Nested
  class TheSchedule {

    private final ScheduleRequest quarterly =
        new ScheduleRequest(
            Optional.of(Period.ofDays(90)), Optional.empty(), Optional.empty(), Optional.empty());
    private final RollSchedule made =
        new RollSchedule(
            Optional.of(Period.ofDays(90)), Optional.empty(), Duration.ofDays(7), "pickup");

    @Test
    void canBeMadeAndCountsAsMore() {
      assertThat(edit(Edits.roll(Optional.of(quarterly))))
          .isEqualTo(new EditedKey(key.scheduled(Optional.of(made)), Effect.MORE));
    }

    @Test
    void thatIsTheSameCountsAsNoMore() {
      AccessKey scheduled = key.scheduled(Optional.of(made));
      assertThat(edit(scheduled, Edits.roll(Optional.of(quarterly))))
          .isEqualTo(new EditedKey(scheduled, Effect.NO_MORE));
    }

    @Test
    void canBeTakenAwayUnlessThePolicyHasOne() {
      AccessKey scheduled = key.scheduled(Optional.of(made));
      assertThat(edit(scheduled, Edits.roll(Optional.empty())))
          .isEqualTo(new EditedKey(key, Effect.MORE));
      realm.policy(Map.of("personal-access-token.roll-every", "P90D"));
      assertThat(edit(scheduled, Edits.roll(Optional.empty())).key().roll())
          .isEqualTo(scheduled.roll());
    }

    /** The calendar starts with a secret that was rolled out since. */
    private final AccessKey rolled =
        rolled(key.scheduled(Optional.of(made)), key.current().createdAt().plus(DAY));

    private AccessKey rolled(AccessKey before, Instant at) {
      KeyText next = KeyText.generate("kcpat", before.id(), new SeededRandom(4));
      return before.with(List.of(KeySecret.current(2, next, at)));
    }

    private ScheduleRequest wish(String every, Instant at, String overlap) {
      return new ScheduleRequest(
          Optional.of(Period.parse(every)),
          Optional.ofNullable(at),
          Optional.of(Duration.parse(overlap)),
          Optional.empty());
    }

    private Instant due(ScheduleRequest wish) {
      return edit(rolled, Edits.roll(Optional.of(wish))).key().rollDue(Limits.NONE).orElseThrow();
    }

    @Test
    void keepsItsCalendarIfItIsAsOften() {
      Instant due = rolled.rollDue(Limits.NONE).orElseThrow();
      assertThat(due).isEqualTo(key.current().createdAt().plus(DAY.multipliedBy(90)));
      assertThat(due(wish("P90D", null, "PT3H"))).isEqualTo(due);
      assertThat(edit(rolled, Edits.roll(Optional.of(quarterly))).effect())
          .isEqualTo(Effect.NO_MORE);
    }

    @Test
    void startsAnotherCalendarWithTheLastRollIfItIsNot() {
      Instant lastRoll = rolled.current().createdAt();
      assertThat(due(wish("P30D", null, "P7D"))).isEqualTo(lastRoll.plus(DAY.multipliedBy(30)));
      Instant at = NOW.plus(DAY);
      assertThat(due(wish("P90D", at, "P7D"))).isEqualTo(at);
    }

    @Test
    void mayNameTheFirstTimeThatItHadThoughItHasPassed() {
      Instant passed = NOW.minus(DAY);
      AccessKey from =
          key.scheduled(
              Optional.of(
                  new RollSchedule(made.every(), Optional.of(passed), made.window(), "pickup")));
      assertThat(edit(from, Edits.roll(Optional.of(wish("P90D", passed, "P7D")))))
          .isEqualTo(new EditedKey(from, Effect.NO_MORE));
      AccessKey without =
          edit(rolled(from, NOW), Edits.roll(Optional.of(wish("P90D", null, "P7D")))).key();
      assertThat(without.rollDue(Limits.NONE)).hasValue(passed.plus(DAY.multipliedBy(90)));
    }

    @Test
    void isCheckedAsAtItsCreation() {
      ScheduleRequest past =
          new ScheduleRequest(
              Optional.empty(), Optional.of(NOW), Optional.empty(), Optional.empty());
      refused(Edits.roll(Optional.of(past)), "roll.at", "must be in the future");
    }

    @Test
    void needsSomebodyToTell() {
      AccessKey robots = key(KeyKind.API_KEY);
      refused(
          robots,
          Edits.roll(Optional.of(quarterly)),
          "roll.delivery",
          "pickup needs somebody to tell: set the client attribute access-keys.contacts");
      realm.change(
          (session, model) ->
              model
                  .getClientByClientId(ROBOT)
                  .setAttribute("access-keys.contacts", "ops@acme.example"));
      assertThat(edit(robots, Edits.roll(Optional.of(quarterly))).key().roll())
          .isEqualTo(robots.scheduled(Optional.of(made)).roll());
    }
  }

  @Test
  void theOwnerOfAnApiKeyIsItsServiceAccount() {
    AccessKey robots = key(KeyKind.API_KEY);
    AccessKey narrow = edit(robots, Edits.scopes(READ)).key();
    assertThat(realm.names(edit(narrow, Edits.scopes(READ, WRITE)).key().grant().scopes()))
        .isEqualTo(Set.of(READ, WRITE));
    realm.change(
        (session, model) ->
            session
                .users()
                .getServiceAccount(model.getClientByClientId(ROBOT))
                .deleteRoleMapping(model.getRole(WRITER)));
    refused(
        narrow,
        Edits.scopes(WRITE),
        "scopes[0]",
        "`orders:write` needs the role `writer`, which the owner does not have."
            + " Assign the role to the owner, or leave the scope out");
  }
}
