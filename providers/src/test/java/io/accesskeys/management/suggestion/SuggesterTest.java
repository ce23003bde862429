package io.accesskeys.management.suggestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.management.suggestion.ObservedUse.AddressKnowledge;
import io.accesskeys.management.suggestion.Suggester.Subject;
import io.accesskeys.management.suggestion.Suggestion.Basis;
import io.accesskeys.management.suggestion.Suggestion.NotSuggested;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.Restriction;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.restriction.client.ClientRestrictionType;
import io.accesskeys.restriction.ip.IpRestrictionType;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SuggesterTest {

  private static final Restrictions TYPES =
      Restrictions.of(List.of(new IpRestrictionType(), new ClientRestrictionType()));
  private static final RealmPolicy.Suggestions MINIMUM = new RealmPolicy.Suggestions(20, 30);
  private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);

  private static final String WIDE = "{'type':'ip','allow':['203.0.0.0/16']}";
  private static final String SEEN = "{'type':'ip','allow':['203.0.113.0/24']}";
  private static final String CALLER = "{'type':'client','allow':['an-id']}";
  private static final String REPORTING =
      "{'mode':'report','type':'ip','allow':['203.0.112.0/24']}";

  private static ObservedUse seen(
      int days, long uses, long unnamed, Map<String, Long> scopes, String... addresses) {
    return new ObservedUse(
        FIRST,
        FIRST.plusDays(days - 1L),
        uses,
        unnamed,
        scopes,
        List.of(addresses).stream().collect(Collectors.toMap(each -> each, each -> 7L)),
        AddressKnowledge.COMPLETE);
  }

  private static List<Restriction> restrictions(String... each) {
    return TYPES.read("[" + String.join(",", each).replace('\'', '"') + "]");
  }

  private static Suggestion suggest(Set<String> scopes, ObservedUse seen, String... restrictions) {
    return new Suggester(MINIMUM, TYPES)
        .suggest(new Subject(scopes, restrictions(restrictions)), Optional.of(seen));
  }

  private static Map<String, String> not(Suggestion suggestion) {
    return suggestion.notSuggested().stream()
        .collect(Collectors.toMap(NotSuggested::what, NotSuggested::reason));
  }

  private static Optional<String> written(Suggestion suggestion) {
    return suggestion.restrictions().map(Restrictions::write);
  }

  private static Optional<String> form(String... restrictions) {
    return Optional.of(Restrictions.write(restrictions(restrictions)));
  }

  @Nested
  class TooLittle {

    @ParameterizedTest
    @CsvSource({
      "30, 19, too_few_uses",
      "29, 20, too_few_days",
      "1, 1000000, too_few_days",
      "90, 1, too_few_uses"
    })
    void toRestOnSuggestsNothing(int days, long uses, String reason) {
      Suggestion none =
          suggest(Set.of("a", "b"), seen(days, uses, 0, Map.of("a", uses), "203.0.113.0/24"));
      assertThat(not(none)).isEqualTo(Map.of("scopes", reason, "restrictions", reason));
      assertThat(none.scopes()).isEmpty();
      assertThat(none.restrictions()).isEmpty();
      assertThat(none.wouldHaveRefused()).isEqualTo(Outlook.NOTHING);
      assertThat(none.basis().orElseThrow().days()).isEqualTo(days);
    }

    @Test
    void isAKeyThatWasNeverUsed() {
      Suggestion none =
          new Suggester(new RealmPolicy.Suggestions(1, 1), TYPES)
              .suggest(new Subject(Set.of("a"), List.of()), Optional.empty());
      assertThat(not(none))
          .isEqualTo(Map.of("scopes", "too_few_uses", "restrictions", "too_few_uses"));
      assertThat(none.basis()).isEmpty();
    }

    @Test
    void isNotJustEnough() {
      Suggestion enough = suggest(Set.of("a", "b"), seen(30, 20, 0, Map.of("a", 20L)));
      assertThat(enough.scopes()).hasValue(List.of("a"));
      assertThat(enough.basis()).hasValue(new Basis(30, 20, FIRST, LocalDate.of(2026, 11, 30)));
    }
  }

  @Nested
  class Scopes {

    private Suggestion suggestedOf(long unnamed, Map<String, Long> named, String... had) {
      return suggest(Set.of(had), seen(40, 100, unnamed, named));
    }

    @Test
    void areThoseThatWereNamed() {
      Suggestion some = suggestedOf(0, Map.of("b", 60L, "a", 40L), "a", "b", "c", "d", "e");
      assertThat(some.scopes()).hasValue(List.of("a", "b"));
      assertThat(some.wouldHaveRefused().uses()).isZero();
    }

    @Test
    void areNotSuggestedIfASingleUseNamedNone() {
      Suggestion none = suggestedOf(1, Map.of("a", 99L), "a", "b");
      assertThat(none.scopes()).isEmpty();
      assertThat(not(none)).containsEntry("scopes", "unnamed_uses");
    }

    @Test
    void areNotSuggestedIfOneWasNamedThatTheKeyHasByAnotherName() {
      Suggestion none = suggestedOf(0, Map.of("a", 50L, "old-b", 50L), "a", "b");
      assertThat(none.scopes()).isEmpty();
      assertThat(not(none)).containsEntry("scopes", "other_scopes");
      assertThat(none.wouldHaveRefused().scopes()).isEqualTo(Map.of("old-b", 50L));
    }

    @Test
    void areNotSuggestedIfAllAreUsedOrThereAreNone() {
      assertThat(not(suggestedOf(0, Map.of("a", 1L, "b", 99L), "a", "b")))
          .containsEntry("scopes", "all_used");
      assertThat(not(suggestedOf(100, Map.of()))).containsEntry("scopes", "no_scopes");
    }
  }

  @Nested
  class Addresses {

    private Suggestion suggestedOf(ObservedUse seen, String... restrictions) {
      return suggest(Set.of("a"), seen, restrictions);
    }

    private ObservedUse from(String... addresses) {
      return seen(40, 100, 0, Map.of("a", 100L), addresses);
    }

    @Test
    void becomeARestrictionWhereThereIsNone() {
      assertThat(written(suggestedOf(from("203.0.113.0/24")))).isEqualTo(form(SEEN));
      assertThat(written(suggestedOf(from("203.0.113.0/24"), CALLER)))
          .isEqualTo(form(CALLER, SEEN));
    }

    @Test
    void narrowARestrictionThatThereIs() {
      Suggestion narrowed = suggestedOf(from("203.0.113.0/24"), CALLER, WIDE);
      assertThat(written(narrowed)).isEqualTo(form(CALLER, SEEN));
      assertThat(narrowed.wouldHaveRefused().addresses()).isEmpty();
      assertThat(narrowed.wouldHaveRefused().undecided()).containsExactly("client");
    }

    @Test
    void neverWidenARestriction() {
      Suggestion none = suggestedOf(from("203.0.113.0/24", "198.51.100.0/24"), SEEN);
      assertThat(none.restrictions()).isEmpty();
      assertThat(not(none)).containsEntry("restrictions", "as_narrow_as_used");
      assertThat(none.wouldHaveRefused().addresses()).isEqualTo(Map.of("198.51.100.0/24", 7L));
      assertThat(none.wouldHaveRefused().uses()).isEqualTo(7);
      assertThat(suggestedOf(from("198.51.100.0/24"), SEEN).restrictions()).isEmpty();
    }

    @Test
    void narrowEachRestrictionAndLeaveThoseThatOnlyReport() {
      assertThat(
              written(
                  suggestedOf(
                      from("203.0.113.0/24"),
                      REPORTING,
                      WIDE,
                      "{'type':'ip','allow':['203.0.113.0/25','10.0.0.0/8']}")))
          .isEqualTo(form(REPORTING, SEEN, "{'type':'ip','allow':['203.0.113.0/25']}"));
      assertThat(written(suggestedOf(from("203.0.113.0/24"), REPORTING)))
          .isEqualTo(form(REPORTING, SEEN));
    }

    @Test
    void thatAreWrittenInAnotherWayAreNoChange() {
      Suggestion none =
          suggestedOf(
              from("198.51.100.0/24", "203.0.113.0/24"),
              "{'type':'ip','allow':['203.0.113.0/24','198.51.100.0/25','198.51.100.128/25']}");
      assertThat(none.restrictions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
      "OFF, addresses_off",
      "TOO_MANY, too_many_addresses",
      "SOME_UNKNOWN, addresses_unknown"
    })
    void thatAreNotAllKnownSuggestNothing(AddressKnowledge knowledge, String reason) {
      ObservedUse seen =
          new ObservedUse(
              FIRST,
              FIRST.plusDays(40),
              100,
              0,
              Map.of("a", 100L),
              Map.of("203.0.113.0/24", 90L),
              knowledge);
      Suggestion none = suggestedOf(seen, WIDE);
      assertThat(none.restrictions()).isEmpty();
      assertThat(not(none)).containsEntry("restrictions", reason);
      assertThat(none.wouldHaveRefused().undecided()).containsExactly("ip");
    }

    @Test
    void suggestNothingWhereTheKeyHasAsManyRestrictionsAsItMay() {
      String[] ten = Collections.nCopies(10, CALLER).toArray(String[]::new);
      assertThat(not(suggestedOf(from("203.0.113.0/24"), ten)))
          .containsEntry("restrictions", "too_many_entries");
    }

    @Test
    void suggestNothingWhereTheTypeIsNotInstalled() {
      Suggestion none =
          new Suggester(MINIMUM, Restrictions.of(List.of(new ClientRestrictionType())))
              .suggest(new Subject(Set.of("a"), List.of()), Optional.of(from("203.0.113.0/24")));
      assertThat(not(none)).containsEntry("restrictions", "type_not_installed");
    }
  }
}
