package io.accesskeys.restriction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.restriction.ip.IpRestrictionType;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RestrictionsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Restrictions KNOWN = Restrictions.of(List.of(new IpRestrictionType()));
  private static final String ONE =
      "{'type':'ip','allow':['203.0.113.0/24'],'not':['203.0.113.7']}";

  @Nested
  class TheStoredForm {

    @Test
    void ofNoneIsAnEmptyArray() {
      assertThat(Restrictions.write(List.of())).isEqualTo("[]");
      assertThat(KNOWN.read("[]")).isEmpty();
    }

    @Test
    void comesBackInOrderAndActsTheSame() throws InvalidRestrictionException {
      List<Restriction> given =
          KNOWN.parse(tree("[" + ONE + ",{'type':'ip','allow':['::/0']}]"), "restrictions");
      String stored = Restrictions.write(given);
      assertThat(stored)
          .isEqualTo(("[" + ONE + ",{'type':'ip','allow':['::/0']}]").replace('\'', '"'));
      List<Restriction> read = KNOWN.read(stored);
      assertThat(read).hasSize(2);
      assertThat(Restrictions.write(read)).isEqualTo(stored);
      assertThat(read.get(0).allows(from("203.0.113.8"))).isEqualTo(Verdict.ALLOWED);
      assertThat(read.get(0).allows(from("203.0.113.7"))).isInstanceOf(Verdict.Denied.class);
      assertThat(read.get(1).allows(from("203.0.113.8"))).isInstanceOf(Verdict.Denied.class);
      assertThat(read.get(1).allows(from("::1"))).isEqualTo(Verdict.ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          " ",
          "null",
          "{}",
          "[",
          "[]]",
          "'ip'",
          "[{}]",
          "[null]",
          "[{'type':'app','packages':[]}]",
          "[{'type':'ip','allow':[]}]",
          "[{'type':'ip','allow':['x']}]"
        })
    void thatCannotBeReadAllowsNothing(String stored) {
      List<Restriction> read = KNOWN.read(stored.replace('\'', '"'));
      assertThat(read)
          .singleElement()
          .satisfies(
              one ->
                  assertThat(one.allows(from("203.0.113.8")))
                      .isEqualTo(new Verdict.Denied("unreadable")));
    }

    @Test
    void ofATypeThatIsNotInstalledIsKeptBesideTheOthers() {
      String stored = ("[{'type':'moon','phase':['full']}," + ONE + "]").replace('\'', '"');
      List<Restriction> read = KNOWN.read(stored);
      assertThat(read).extracting(Restriction::type).containsExactly("moon", "ip");
      assertThat(read.get(0).allows(from("203.0.113.8"))).isInstanceOf(Verdict.Denied.class);
      assertThat(read.get(1).allows(from("203.0.113.8"))).isEqualTo(Verdict.ALLOWED);
      assertThat(Restrictions.write(read)).isEqualTo(stored);
    }
  }

  @Nested
  class ARequest {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        quoteCharacter = '"',
        textBlock =
            """
            null                                          | restrictions
            {}                                            | restrictions
            'ip'                                          | restrictions
            [null]                                        | restrictions[0].type
            ['ip']                                        | restrictions[0].type
            [[]]                                          | restrictions[0].type
            [{}]                                          | restrictions[0].type
            [{'type':null}]                               | restrictions[0].type
            [{'type':1}]                                  | restrictions[0].type
            [{'type':['ip']}]                             | restrictions[0].type
            [{'type':'IP','allow':['::1']}]               | restrictions[0].type
            [{'type':'ip ','allow':['::1']}]              | restrictions[0].type
            [{'type':'referrer','allow':['a.example']}]   | restrictions[0].type
            [{'allow':['::1']}]                           | restrictions[0].type
            [{'type':'ip','allow':['::1']},{'type':'x'}]  | restrictions[1].type
            [{'type':'ip','allow':['::1']},{'type':'ip','allow':['::1','y']}] | restrictions[1].allow[1]
            [{'type':'ip','allow':['::1'],'mode':'log'}]  | restrictions[0].mode
            """)
    void errorNamesTheMember(String json, String field) {
      JsonNode tree = tree(json);
      assertThatThrownBy(() -> KNOWN.parse(tree, "restrictions"))
          .isInstanceOfSatisfying(
              InvalidRestrictionException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    @Test
    void mayHaveTenRestrictionsAndNoMore() throws InvalidRestrictionException {
      assertThat(KNOWN.parse(many(10), "restrictions")).hasSize(10);
      JsonNode eleven = many(11);
      assertThatThrownBy(() -> KNOWN.parse(eleven, "restrictions"))
          .isInstanceOf(InvalidRestrictionException.class)
          .hasMessageContaining("10")
          .extracting("field")
          .isEqualTo("restrictions");
    }

    private JsonNode many(int count) {
      return tree("[" + String.join(",", Collections.nCopies(count, ONE)) + "]");
    }
  }

  @Nested
  class TheMode {

    private static final String REPORTING =
        "{'mode':'report','type':'ip','allow':['203.0.113.0/24'],'not':['203.0.113.7']}";

    private Restriction one(String json) throws InvalidRestrictionException {
      return KNOWN.parse(tree("[" + json + "]"), "restrictions").get(0);
    }

    @Test
    void isToEnforceUnlessItIsSaidAndThenItIsLeftOut() throws InvalidRestrictionException {
      for (String json : List.of(ONE, ONE.replace("{", "{'mode':'enforce',"))) {
        Restriction enforced = one(json);
        assertThat(Mode.of(enforced)).isEqualTo(Mode.ENFORCE);
        assertThat(enforced.toJson()).isEqualTo(tree(ONE));
        assertThat(enforced.limits()).isTrue();
      }
    }

    @Test
    void toReportIsKeptWhereverItStands() throws InvalidRestrictionException {
      for (String json : List.of(REPORTING, ONE.replace("}", ",'mode':'report'}"))) {
        Restriction reporting = one(json);
        assertThat(Mode.of(reporting)).isEqualTo(Mode.REPORT);
        String stored = Restrictions.write(List.of(reporting));
        assertThat(stored).isEqualTo(("[" + REPORTING + "]").replace('\'', '"'));
        assertThat(Restrictions.write(KNOWN.read(stored))).isEqualTo(stored);
        assertThat(Mode.of(KNOWN.read(stored).get(0))).isEqualTo(Mode.REPORT);
        assertThat(reporting.shown(ClientNames.NONE)).isEqualTo(tree(REPORTING));
      }
    }

    @Test
    void toReportKeepsNobodyOutAndSaysWhatTheRuleSays() throws InvalidRestrictionException {
      Restriction reporting = one(REPORTING);
      assertThat(reporting.limits()).isFalse();
      assertThat(reporting.type()).isEqualTo("ip");
      assertThat(reporting.summary())
          .isEqualTo("reports, does not refuse: from 203.0.113.0/24 but not 203.0.113.7");
      assertThat(reporting.allows(from("203.0.113.8"))).isEqualTo(Verdict.ALLOWED);
      assertThat(reporting.allows(from("203.0.113.7")))
          .isEqualTo(new Verdict.Denied("address_not_allowed"));
    }

    @Test
    void toReportStaysIfTheTypeIsNoLongerInstalled() {
      String stored = "[{\"mode\":\"report\",\"type\":\"moon\",\"phase\":[\"full\"]}]";
      List<Restriction> read = KNOWN.read(stored);
      assertThat(Mode.of(read.get(0))).isEqualTo(Mode.REPORT);
      assertThat(read.get(0).allows(from("203.0.113.8")))
          .isEqualTo(new Verdict.Denied("unreadable"));
      assertThat(Restrictions.write(read)).isEqualTo(stored);
    }

    @Test
    void thatCannotBeReadForbidsEverything() {
      String stored = "[{\"type\":\"ip\",\"allow\":[\"::/0\"],\"mode\":\"log\"}]";
      List<Restriction> read = KNOWN.read(stored);
      assertThat(Mode.of(read.get(0))).isEqualTo(Mode.ENFORCE);
      assertThat(read.get(0).allows(from("::1"))).isEqualTo(new Verdict.Denied("unreadable"));
      assertThat(Restrictions.write(read)).isEqualTo(stored);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'log'", "'REPORT'", "'report '", "''", "null", "true", "['report']"})
    void isNoOtherWord(String mode) {
      assertThatThrownBy(() -> one("{'mode':" + mode + ",'type':'ip','allow':['::1']}"))
          .isInstanceOfSatisfying(
              InvalidRestrictionException.class,
              e -> {
                assertThat(e.field()).isEqualTo("restrictions[0].mode");
                assertThat(e).hasMessage("must be enforce or report");
              });
    }

    @Test
    void isFoundInTheStoredFormByTheMarkOfWhatIsEnforced() throws InvalidRestrictionException {
      String mark = Restrictions.enforcedMark("ip");
      assertThat(Restrictions.write(List.of(one(ONE)))).contains(mark);
      assertThat(Restrictions.write(List.of(one("{'allow':['::1'],'type':'ip'}")))).contains(mark);
      assertThat(Restrictions.write(List.of(one(REPORTING)))).doesNotContain(mark);
    }
  }

  private static RequestFacts from(String address) {
    return new RequestFacts(
        Optional.of(address), Optional.empty(), RequestHeaders.NONE, Instant.EPOCH);
  }

  private static JsonNode tree(String singleQuoted) {
    try {
      return JSON.readTree(singleQuoted.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new AssertionError(singleQuoted, e);
    }
  }
}
