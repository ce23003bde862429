package io.accesskeys.management.suggestion;

import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.SampleKey;
import io.accesskeys.SeededRandom;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.management.Actor;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyConflictException;
import io.accesskeys.management.KeyManager;
import io.accesskeys.management.suggestion.ObservedUse.AddressKnowledge;
import io.accesskeys.management.suggestion.Suggestions.Chosen;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.model.SampleRealm.Stored;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SuggestionsTest {

  private static final String WIDE = "[{\"type\":\"ip\",\"allow\":[\"203.0.0.0/16\"]}]";
  private static final String NARROW = "[{\"type\":\"ip\",\"allow\":[\"203.0.113.0/24\"]}]";

  private final SampleRealm realm = new SampleRealm();
  private final Stored stored =
      realm.key(
          KeyKind.PERSONAL_ACCESS_TOKEN, key -> SampleRealm.restricted(key, restrictions(WIDE)));

  private List<Restriction> restrictions(String json) {
    return realm.ask((session, model) -> Restrictions.of(session).read(json));
  }

  private static ObservedUse reading(String network) {
    LocalDate first = LocalDate.of(2026, 11, 1);
    return new ObservedUse(
        first,
        first.plusDays(40),
        100,
        0,
        Map.of(READ, 100L),
        Map.of(network, 100L),
        AddressKnowledge.COMPLETE);
  }

  private static Chosen chosen(Suggestion suggestion, int version) {
    return new Chosen(suggestion.scopes(), suggestion.restrictions(), Optional.of(version));
  }

  private Suggestion suggested(ObservedUse seen) {
    return realm.ask(
        (session, model) ->
            new Suggestions(session, RealmPolicy.of(session, model), key -> Optional.of(seen))
                .of(SampleRealm.find(session, model, stored.id())));
  }

  /** By the key's owner, who has not signed in lately. */
  private AccessKey apply(Chosen chosen, ObservedUse seen) {
    return realm.ask(
        (session, model) -> {
          RealmPolicy policy = RealmPolicy.of(session, model);
          Actor owner =
              new Actor.Owner(
                  user(session, model, PERSON),
                  (atMost, at) -> {
                    throw new AssertionError("A fresh sign-in was asked for");
                  });
          return new Suggestions(session, policy, key -> Optional.of(seen))
              .apply(
                  SampleRealm.find(session, model, stored.id()),
                  chosen,
                  new KeyManager(
                      session,
                      policy,
                      new SeededRandom(1),
                      SampleKey.CREATED.plus(Duration.ofDays(1))),
                  owner);
        });
  }

  @Test
  void narrowAKeyWithoutAFreshSignIn() {
    ObservedUse seen = reading("203.0.113.0/24");
    Suggestion suggestion = suggested(seen);
    assertThat(suggestion.scopes()).hasValue(List.of(READ));
    int version = key().version();
    AccessKey narrowed = apply(chosen(suggestion, version), seen);
    assertThat(realm.names(narrowed.grant().scopes())).containsExactly(READ);
    assertThat(Restrictions.write(narrowed.grant().restrictions())).isEqualTo(NARROW);
    assertThat(key().version()).isGreaterThan(version);
  }

  @Test
  void canBeAppliedInPart() {
    ObservedUse seen = reading("203.0.113.0/24");
    Chosen scopes = new Chosen(suggested(seen).scopes(), Optional.empty(), Optional.empty());
    AccessKey narrowed = apply(scopes, seen);
    assertThat(realm.names(narrowed.grant().scopes())).containsExactly(READ);
    assertThat(Restrictions.write(narrowed.grant().restrictions())).isEqualTo(WIDE);
  }

  @Test
  void areNotAppliedIfTheyAreOthersByNowOrTheKeyIs() {
    ObservedUse seen = reading("203.0.113.0/24");
    Suggestion suggestion = suggested(seen);
    int version = key().version();
    conflict(chosen(suggestion, version), reading("203.0.200.0/24"));
    conflict(chosen(suggestion, version + 1), seen);
    conflict(
        new Chosen(Optional.of(List.of(READ, WRITE)), Optional.empty(), Optional.empty()), seen);
    conflict(new Chosen(Optional.empty(), Optional.of(restrictions("[]")), Optional.empty()), seen);
    assertThat(key().version()).isEqualTo(version);
  }

  @Test
  void areChosenByAtLeastOneMember() {
    Chosen nothing = new Chosen(Optional.empty(), Optional.empty(), Optional.empty());
    ObservedUse seen = reading("203.0.113.0/24");
    assertThatThrownBy(() -> apply(nothing, seen))
        .isInstanceOfSatisfying(
            InvalidRequestException.class, e -> assertThat(e.field()).isEqualTo("scopes"));
  }

  @Test
  void lookBackAtWhatAnEditWouldHaveRefused() {
    Outlook outlook =
        realm.ask(
            (session, model) ->
                new Suggestions(
                        session,
                        RealmPolicy.of(session, model),
                        key -> Optional.of(reading("203.0.200.0/24")))
                    .outlook(
                        SampleRealm.restricted(
                            SampleRealm.find(session, model, stored.id()),
                            Restrictions.of(session).read(NARROW))));
    assertThat(outlook).isEqualTo(new Outlook(Map.of(), Map.of("203.0.200.0/24", 100L), List.of()));
  }

  @Test
  void cannotLookBackWhereNoUseWasSeen() {
    Outlook outlook =
        realm.ask(
            (session, model) ->
                new Suggestions(session, RealmPolicy.of(session, model), key -> Optional.empty())
                    .outlook(SampleRealm.find(session, model, stored.id())));
    assertThat(outlook).isEqualTo(new Outlook(Map.of(), Map.of(), List.of("ip")));
  }

  private AccessKey key() {
    return realm.ask((session, model) -> SampleRealm.find(session, model, stored.id()));
  }

  private void conflict(Chosen chosen, ObservedUse seen) {
    assertThatThrownBy(() -> apply(chosen, seen)).isInstanceOf(KeyConflictException.class);
  }
}
