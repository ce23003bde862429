package io.accesskeys.management;

import static io.accesskeys.management.Wished.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyKind;
import io.accesskeys.management.KeyRequest.Expiry;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.RealmPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ExpiriesTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration MOMENT = Duration.ofMillis(1);

  /** The policy for people's keys with these settings of theirs, by turns name and value. */
  private static KindPolicy policy(String... settings) {
    Map<String, String> named = new HashMap<>();
    for (int i = 0; i < settings.length; i += 2) {
      named.put("personal-access-token." + settings[i], settings[i + 1]);
    }
    RealmPolicy policy = RealmPolicy.of(named);
    assertThat(policy.invalid()).isEmpty();
    return policy.of(KeyKind.PERSONAL_ACCESS_TOKEN);
  }

  private static Optional<Instant> expiry(Expiry wish, KindPolicy policy) {
    return Wished.granted(() -> Expiries.expiry(wish, policy, NOW));
  }

  private static void refused(Expiry wish, KindPolicy policy, String reason) {
    assertRefused(() -> Expiries.expiry(wish, policy, NOW), "expiresAt", reason);
  }

  private static Expiry in(Duration life) {
    return new Expiry.At(NOW.plus(life));
  }

  @Nested
  class AKeyWhoseExpiryNobodyNames {

    @ParameterizedTest
    @CsvSource({"P2D, P7D, chosen", "P30D, none, chosen", "P2D, P7D, fixed", "PT1M, PT1M, fixed"})
    void livesForTheDefaultLifetime(String usual, String most, String choice) {
      KindPolicy policy = policy("default-lifetime", usual, "max-lifetime", most, "expiry", choice);
      assertThat(expiry(new Expiry.ByPolicy(), policy)).hasValue(NOW.plus(Duration.parse(usual)));
    }

    @Test
    void livesForAMonthWithoutAPolicy() {
      assertThat(expiry(new Expiry.ByPolicy(), policy())).hasValue(NOW.plus(DAY.multipliedBy(30)));
    }

    @Test
    void livesNoLongerThanAMaximumThatIsShorterThanTheUsualDefault() {
      assertThat(expiry(new Expiry.ByPolicy(), policy("max-lifetime", "P3D")))
          .hasValue(NOW.plus(DAY.multipliedBy(3)));
    }
  }

  @Nested
  class AnInstant {

    @ParameterizedTest
    @ValueSource(strings = {"PT0.001S", "PT1M", "P6D", "P7D"})
    void mayBeChosenUpToTheMaximum(String life) {
      KindPolicy policy = policy("max-lifetime", "P7D", "default-lifetime", "P2D");
      assertThat(expiry(in(Duration.parse(life)), policy)).hasValue(NOW.plus(Duration.parse(life)));
    }

    @ParameterizedTest
    @CsvSource({
      "P7D, P7DT0.001S, 7 days",
      "P7D, P8D, 7 days",
      "P9D, P10D, 9 days",
      "P365D, P366D, 365 days",
      "PT36H, PT37H, PT36H",
      "PT24H, PT25H, 1 days",
    })
    void mayNotLieBeyondTheMaximum(String most, String life, String words) {
      refused(
          in(Duration.parse(life)),
          policy("max-lifetime", most, "default-lifetime", "PT1M"),
          "must be at most " + words + " ahead");
    }

    @Test
    void mayNotLieBeyondAYearWithoutAPolicy() {
      assertThat(expiry(in(DAY.multipliedBy(365)), policy())).isPresent();
      refused(in(DAY.multipliedBy(366)), policy(), "must be at most 365 days ahead");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "-PT0.001S", "-P1D", "-P2600D"})
    void mustLieAhead(String life) {
      refused(in(Duration.parse(life)), policy(), "must be in the future");
      refused(in(Duration.parse(life)), policy("max-lifetime", "none"), "must be in the future");
    }

    @Test
    void mustLieAheadWhenItIsCutToMillisecondsToo() {
      refused(in(Duration.ofNanos(999_999)), policy(), "must be in the future");
    }

    @Test
    void isCutToMilliseconds() {
      assertThat(expiry(in(DAY.plusNanos(1_999_999)), policy()))
          .hasValue(NOW.plus(DAY).plus(MOMENT));
    }

    @Test
    void mayLieACenturyAheadWhereNothingElseEndsKeys() {
      KindPolicy open = policy("max-lifetime", "none");
      assertThat(expiry(in(DAY.multipliedBy(36_500)), open)).isPresent();
      refused(in(DAY.multipliedBy(36_500).plus(MOMENT)), open, "must be at most 100 years ahead");
    }
  }

  @Nested
  class ForEver {

    @Test
    void isForNobodyWhereThereIsAMaximum() {
      for (KindPolicy policy : new KindPolicy[] {policy(), policy("max-lifetime", "P36500D")}) {
        refused(
            new Expiry.Never(),
            policy,
            "is missing. Keys must expire in this realm: send an instant");
      }
    }

    @Test
    void isForWhoeverWantsItWhereThereIsNone() {
      assertThat(expiry(new Expiry.Never(), policy("max-lifetime", "none"))).isEmpty();
    }
  }

  @Nested
  class AFixedExpiry {

    private final KindPolicy fixed =
        policy("expiry", "fixed", "max-lifetime", "none", "default-lifetime", "P30D");

    @Test
    void isNobodysToChoose() {
      String reason = "is fixed by policy: leave it out for PT720H";
      refused(in(DAY.multipliedBy(6)), fixed, reason);
      refused(in(DAY.multipliedBy(30)), fixed, reason);
      refused(in(DAY.negated()), fixed, reason);
      refused(new Expiry.Never(), fixed, reason);
    }

    @Test
    void doesNotLengthenAKeyThatEndsWithItsToken() {
      assertThat(expiry(new Expiry.WithToken(Duration.ofMinutes(5)), fixed))
          .hasValue(NOW.plus(Duration.ofMinutes(5)));
    }
  }

  @ParameterizedTest
  @CsvSource({"PT5M, none, PT5M", "PT15M, PT15M, PT15M", "PT15M, PT2M, PT2M", "PT5M, P7D, PT5M"})
  void aKeyThatEndsWithItsTokenLivesNoLongerThanTheMaximum(String token, String most, String life) {
    assertThat(expiry(new Expiry.WithToken(Duration.parse(token)), policy("max-lifetime", most)))
        .hasValue(NOW.plus(Duration.parse(life)));
  }

  @Nested
  class TheBeginning {

    private final Optional<Instant> end = Optional.of(NOW.plus(DAY));

    @Test
    void isAtOnceUnlessSomebodyNamesIt() {
      assertThat(begins(Optional.empty(), end)).isEmpty();
      assertThat(begins(Optional.empty(), Optional.empty())).isEmpty();
    }

    @Test
    void isCutToMilliseconds() {
      assertThat(begins(Optional.of(NOW.plusNanos(1_999_999)), end)).hasValue(NOW.plus(MOMENT));
    }

    @Test
    void mayBeAnyInstantBeforeTheEnd() {
      Instant last = NOW.plus(DAY).minus(MOMENT);
      assertThat(begins(Optional.of(last), end)).hasValue(last);
      Instant past = NOW.minus(DAY);
      assertThat(begins(Optional.of(past), end)).hasValue(past);
    }

    @Test
    void mayBeAnyInstantOfAKeyThatNeverEnds() {
      Instant far = NOW.plus(DAY.multipliedBy(100_000));
      assertThat(begins(Optional.of(far), Optional.empty())).hasValue(far);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.0009S", "PT0.001S", "P400D"})
    void mustComeBeforeTheEnd(String after) {
      Instant begins = NOW.plus(DAY).plus(Duration.parse(after));
      assertRefused(
          () -> Expiries.notBefore(Optional.of(begins), end),
          "notBefore",
          "must come before expiresAt");
    }

    private static Optional<Instant> begins(Optional<Instant> wish, Optional<Instant> expires) {
      return Wished.granted(() -> Expiries.notBefore(wish, expires));
    }
  }
}
