package io.accesskeys.management;

import static io.accesskeys.management.Wished.assertRefused;
import static io.accesskeys.management.Wished.granted;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.RollSchedule;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.verification.KeyOwner;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When keys are to get new secrets. */
final class SchedulesTest {

  private static final SampleRealm REALM = new SampleRealm();
  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Map<String, String> QUARTERLY =
      Map.of("personal-access-token.roll-every", "P3M", "roll-window", "P14D");

  private static KindPolicy policy(Map<String, String> settings) {
    return RealmPolicy.of(settings).of(KeyKind.PERSONAL_ACCESS_TOKEN);
  }

  private static Optional<RollSchedule> schedule(
      Map<String, String> settings, Optional<ScheduleRequest> wish) {
    return REALM.ask(
        (session, model) ->
            granted(() -> new Schedules(session, policy(settings), NOW).schedule(wish)));
  }

  private static RollSchedule schedule(ScheduleRequest wish) {
    return schedule(Map.of(), Optional.of(wish)).orElseThrow();
  }

  private static void refused(
      Map<String, String> settings, ScheduleRequest wish, String field, String reason) {
    REALM.change(
        (session, model) ->
            assertRefused(
                () -> new Schedules(session, policy(settings), NOW).schedule(Optional.of(wish)),
                field,
                reason));
  }

  private static void refused(ScheduleRequest wish, String field, String reason) {
    refused(Map.of(), wish, field, reason);
  }

  private static ScheduleRequest every(String period) {
    return new ScheduleRequest(
        Optional.of(Period.parse(period)), Optional.empty(), Optional.empty(), Optional.empty());
  }

  private static ScheduleRequest at(Instant at) {
    return new ScheduleRequest(
        Optional.empty(), Optional.of(at), Optional.empty(), Optional.empty());
  }

  private static ScheduleRequest overlap(String overlap) {
    return new ScheduleRequest(
        Optional.of(Period.ofDays(90)),
        Optional.empty(),
        Optional.of(Duration.parse(overlap)),
        Optional.empty());
  }

  private static ScheduleRequest delivery(String id) {
    return new ScheduleRequest(
        Optional.of(Period.ofDays(90)), Optional.empty(), Optional.empty(), Optional.of(id));
  }

  @Nested
  class AKeyForWhichNobodyWishesAny {

    @Test
    void hasNoneWithoutAPolicy() {
      assertThat(schedule(Map.of(), Optional.empty())).isEmpty();
    }

    @Test
    void hasThatOfThePolicy() {
      assertThat(schedule(QUARTERLY, Optional.empty()))
          .hasValue(
              new RollSchedule(
                  Optional.of(Period.ofMonths(3)),
                  Optional.empty(),
                  Duration.ofDays(14),
                  "pickup"));
    }
  }

  @Nested
  class AWish {

    @Test
    void forRegularRollsIsCompletedByThePolicy() {
      assertThat(schedule(every("P90D")))
          .isEqualTo(
              new RollSchedule(Optional.of(Period.ofDays(90)), Optional.empty(), WEEK, "pickup"));
    }

    @Test
    void forOneRollIsCompletedByThePolicy() {
      Instant tomorrow = NOW.plus(Duration.ofDays(1));
      assertThat(schedule(at(tomorrow.plusNanos(999_999))))
          .isEqualTo(new RollSchedule(Optional.empty(), Optional.of(tomorrow), WEEK, "pickup"));
    }

    @Test
    void mayNameEverything() {
      Instant tomorrow = NOW.plus(Duration.ofDays(1));
      ScheduleRequest wish =
          new ScheduleRequest(
              Optional.of(Period.ofMonths(1)),
              Optional.of(tomorrow),
              Optional.of(Duration.ofHours(3)),
              Optional.of("self"));
      assertThat(schedule(wish))
          .isEqualTo(
              new RollSchedule(
                  Optional.of(Period.ofMonths(1)),
                  Optional.of(tomorrow),
                  Duration.ofHours(3),
                  "self"));
    }

    @Test
    void mustSayWhen() {
      refused(
          new ScheduleRequest(
              Optional.empty(),
              Optional.empty(),
              Optional.of(Duration.ofDays(1)),
              Optional.of("self")),
          "roll",
          "must have a member every, at or both");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P1W", "P1M", "P1Y2M3D", "P10Y", "P3653D"})
    void mayRepeatFromADayToTenYears(String period) {
      assertThat(schedule(every(period)).every()).hasValue(Period.parse(period));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P0D", "-P1D", "P3654D", "P11Y", "P4000D", "P2M-80D"})
    void mayNotRepeatMoreOrLessOften(String period) {
      refused(every(period), "roll.every", "must be from P1D to P10Y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.0009S", "-PT0.001S", "-P300D"})
    void mustLieAhead(String after) {
      refused(at(NOW.plus(Duration.parse(after))), "roll.at", "must be in the future");
    }

    @Test
    void mayLieAMomentAhead() {
      assertThat(schedule(at(NOW.plusMillis(1))).first()).hasValue(NOW.plusMillis(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT5M", "PT24H", "P365D"})
    void mayOverlapFromMinutesToAYear(String overlap) {
      assertThat(schedule(overlap(overlap)).window()).isEqualTo(Duration.parse(overlap));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "-P1D", "PT4M59.999S", "P365DT0.001S"})
    void mayNotOverlapMoreOrLess(String overlap) {
      refused(overlap(overlap), "roll.overlap", "must be between PT5M and PT8760H");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pickup", "self"})
    void isDeliveredByWhatIsInstalled(String delivery) {
      assertThat(schedule(delivery(delivery)).delivery()).isEqualTo(delivery);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pigeon", "", "Self", "self "})
    void isDeliveredByNothingElse(String delivery) {
      refused(delivery(delivery), "roll.delivery", "must be one of [pickup, self]");
    }
  }

  @Nested
  class UnderAPolicyThatWantsRolls {

    @ParameterizedTest
    @ValueSource(strings = {"P1D", "P89D", "P3M"})
    void aKeyMayBeRolledMoreOften(String period) {
      RollSchedule schedule = schedule(QUARTERLY, Optional.of(every(period))).orElseThrow();
      assertThat(schedule.every()).hasValue(Period.parse(period));
      assertThat(schedule.window()).isEqualTo(Duration.ofDays(14));
    }

    @ParameterizedTest
    @CsvSource({"P4M", "P1Y", "P100D"})
    void aKeyMayNotBeRolledLessOften(String period) {
      refused(QUARTERLY, every(period), "roll.every", "must be at most P3M");
    }

    @Test
    void theFirstRollMayNotBePutOffForLongerThanThePolicySays() {
      Instant latest = Instant.parse("2027-09-01T12:00:00Z");
      assertThat(schedule(QUARTERLY, Optional.of(everyMonthFrom(latest))).orElseThrow().first())
          .hasValue(latest);
      refused(
          QUARTERLY,
          everyMonthFrom(latest.plusMillis(1)),
          "roll.at",
          "must be at most P3M after the last roll, so until 2027-09-01T12:00:00Z");
    }

    private ScheduleRequest everyMonthFrom(Instant at) {
      return new ScheduleRequest(
          Optional.of(Period.ofMonths(1)), Optional.of(at), Optional.empty(), Optional.empty());
    }

    @Test
    void oneRollAloneIsNotEnough() {
      refused(QUARTERLY, at(NOW.plus(Duration.ofDays(1))), "roll.every", "must be at most P3M");
    }
  }

  @Nested
  class SomebodyToTell {

    private final SampleRealm realm = new SampleRealm();

    private AccessKey scheduled(KeyKind kind, String delivery) {
      String id =
          realm.key(kind, key -> key.scheduled(Optional.of(schedule(delivery(delivery))))).id();
      return realm.ask((session, model) -> SampleRealm.find(session, model, id));
    }

    private void require(AccessKey key) {
      realm.change(
          (session, model) ->
              granted(
                  () -> {
                    new Schedules(session, policy(Map.of()), NOW).requireRecipient(key);
                    return key;
                  }));
    }

    private void robot(String attribute) {
      realm.change(
          (session, model) -> model.getClientByClientId(ROBOT).setAttribute(attribute, "a@b.c"));
    }

    @Test
    void isThePersonWhoOwnsTheKey() {
      require(scheduled(KeyKind.PERSONAL_ACCESS_TOKEN, "pickup"));
    }

    @ParameterizedTest
    @EnumSource(names = {"API_KEY", "CLIENT_SECRET"})
    void isMissingForAClientThatNamesNobody(KeyKind kind) {
      AccessKey key = scheduled(kind, "pickup");
      realm.change(
          (session, model) ->
              assertRefused(
                  () -> new Schedules(session, policy(Map.of()), NOW).requireRecipient(key),
                  "roll.delivery",
                  "pickup needs somebody to tell: set the client attribute access-keys.contacts"));
    }

    @ParameterizedTest
    @EnumSource(names = {"API_KEY", "CLIENT_SECRET"})
    void isNotNeededWhereTheKeyRollsItselfOrNotAtAll(KeyKind kind) {
      require(scheduled(kind, "self"));
      String id = realm.key(kind).id();
      require(realm.ask((session, model) -> SampleRealm.find(session, model, id)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"access-keys.contacts", KeyOwner.REGISTRANTS})
    void isWhomTheClientNames(String attribute) {
      robot(attribute);
      require(scheduled(KeyKind.API_KEY, "pickup"));
      require(scheduled(KeyKind.CLIENT_SECRET, "pickup"));
    }
  }
}
