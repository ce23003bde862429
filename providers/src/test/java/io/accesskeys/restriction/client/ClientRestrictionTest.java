package io.accesskeys.restriction.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.restriction.ClientNames;
import io.accesskeys.restriction.Facts;
import io.accesskeys.restriction.InvalidRestrictionException;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Verdict;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientRestrictionTest {

  /** The clients of a realm: what is called {@code x} has the id {@code id-x}. */
  private static final Set<String> REALM = new HashSet<>(Set.of("billing-app", "gateway"));

  private static final ClientNames NAMES =
      new ClientNames() {
        @Override
        public Optional<String> idOf(String clientId) {
          return Optional.of(clientId).filter(REALM::contains).map("id-"::concat);
        }

        @Override
        public Optional<String> clientIdOf(String id) {
          return REALM.stream().filter(name -> id.equals("id-" + name)).findFirst();
        }
      };

  @AfterEach
  void restore() {
    REALM.addAll(Set.of("billing-app", "gateway"));
  }

  private static Restriction both() throws InvalidRestrictionException {
    return new ClientRestrictionType()
        .parse(tree("{'type':'client','allow':['gateway','billing-app','gateway']}"), "r", NAMES);
  }

  @Test
  void onlyTheNamedClientsMayPresentTheKey() throws InvalidRestrictionException {
    Restriction restriction = both();
    assertThat(restriction.allows(Facts.by(Optional.of("id-gateway")))).isEqualTo(Verdict.ALLOWED);
    for (String other : List.of("gateway", "id-Gateway", "")) {
      assertThat(restriction.allows(Facts.by(Optional.of(other))))
          .isEqualTo(new Verdict.Denied("caller_not_allowed"));
    }
    assertThat(restriction.allows(Facts.by(Optional.empty())))
        .isEqualTo(new Verdict.Denied("caller_unknown"));
    assertThat(restriction.summary(NAMES)).isEqualTo("by the applications billing-app, gateway");
    assertThat(restriction.deterrent()).isFalse();
  }

  @Test
  void itIsStoredByIdsAndShownByNames() throws InvalidRestrictionException {
    Restriction restriction = both();
    JsonNode stored = tree("{'type':'client','allow':['id-billing-app','id-gateway']}");
    assertThat(restriction.toJson()).isEqualTo(stored);
    assertThat(new ClientRestrictionType().parse(stored, "")).isEqualTo(restriction);
    assertThat(restriction.shown(NAMES))
        .isEqualTo(tree("{'type':'client','allow':['billing-app','gateway']}"));
  }

  @Test
  void aClientThatIsGoneIsNotShownAndAllowsNobodyElse() throws InvalidRestrictionException {
    Restriction restriction = both();
    REALM.remove("gateway");
    assertThat(restriction.shown(NAMES))
        .isEqualTo(tree("{'type':'client','allow':['billing-app'],'deleted':1}"));
    REALM.clear();
    JsonNode nobody = tree("{'type':'client','allow':[],'deleted':2}");
    assertThat(restriction.shown(NAMES)).isEqualTo(nobody);
    Restriction sentBack = new ClientRestrictionType().parse(nobody, "r", NAMES);
    assertThat(sentBack.shown(NAMES)).isEqualTo(nobody);
    assertThat(new ClientRestrictionType().parse(sentBack.toJson(), "")).isEqualTo(sentBack);
    assertThat(sentBack.allows(Facts.by(Optional.of("id-gateway"))))
        .isEqualTo(new Verdict.Denied("caller_not_allowed"));
    assertThat(restriction.summary(NAMES))
        .isEqualTo("by no application: those that were allowed are deleted");
    assertThat(restriction.allows(Facts.by(Optional.of("id-anything"))))
        .isEqualTo(new Verdict.Denied("caller_not_allowed"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {'type':'client'}                           | r.allow
          {'type':'client','allow':[]}                | r.allow
          {'type':'client','allow':[],'deleted':0}    | r.deleted
          {'type':'client','allow':[],'deleted':201}  | r.deleted
          {'type':'client','allow':[],'deleted':'1'}  | r.deleted
          {'type':'client','allow':[],'deleted':null} | r.deleted
          {'type':'client','allow':{},'deleted':1}    | r.allow
          {'type':'client','allow':['']}              | r.allow[0]
          {'type':'client','allow':['gateway','\\u0000']}    | r.allow[1]
          {'type':'client','allow':['gateway','b\\ud800']}   | r.allow[1]
          {'type':'client','allow':[null]}            | r.allow[0]
          {'type':'client','allow':['gateway','nobody']} | r.allow[1]
          {'type':'client','allow':['a'],'azp':['b']} | r.azp
          """)
  void errorNamesTheMember(String json, String field) {
    assertThatThrownBy(() -> new ClientRestrictionType().parse(tree(json), "r", NAMES))
        .isInstanceOfSatisfying(
            InvalidRestrictionException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  private static JsonNode tree(String singleQuoted) {
    try {
      return new ObjectMapper().readTree(singleQuoted.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(singleQuoted, e);
    }
  }
}
