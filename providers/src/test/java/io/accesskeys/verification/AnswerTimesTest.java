package io.accesskeys.verification;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SampleKey;
import io.accesskeys.SeededRandom;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyText;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.Restrictions;
import io.accesskeys.restriction.ip.IpRestrictionType;
import io.accesskeys.verification.Decision.Accepted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AnswerTimesTest {

  private static final AccessKey KEY = SampleKey.of(KeyText.generate("kcpat", new SeededRandom(1)));
  private static final Instant NOW = SampleKey.CREATED.plus(Duration.ofDays(1));

  private static AnswerTimes at(Instant now, String budget) {
    return at(now, budget, KEY);
  }

  private static AnswerTimes at(Instant now, String budget, AccessKey key) {
    return AnswerTimes.of(
        new Accepted(key, key.current(), null, null, Set.of(), List.of()),
        now,
        RealmPolicy.of(Map.of("revocation-budget", budget)));
  }

  @Test
  void anAnswerMayBeKeptForTheBudget() {
    assertThat(at(NOW, "PT30S").forget()).isEqualTo(NOW.plusSeconds(30));
  }

  @Test
  void anAnswerHoldsForClocksThatDifferWhateverTheBudget() {
    for (String budget : new String[] {"PT0S", "PT1S", "PT6S"}) {
      assertThat(at(NOW, budget))
          .isEqualTo(new AnswerTimes(NOW.minusSeconds(6), NOW.plusSeconds(6)));
    }
    assertThat(at(NOW, "PT7S").forget()).isEqualTo(NOW.plusSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"enforce", "report"})
  void anAnswerAboutAKeyWithARestrictionMayBeKeptAsLongAsClocksAreApart(String mode) {
    AccessKey key =
        SampleRealm.restricted(
            KEY,
            Restrictions.of(List.of(new IpRestrictionType()))
                .read(
                    "[{\"type\":\"ip\",\"mode\":\"%s\",\"allow\":[\"203.0.113.0/24\"]}]"
                        .formatted(mode)));
    assertThat(at(NOW, "PT30S", key).forget()).isEqualTo(NOW.plusSeconds(6));
  }

  @Test
  void noAnswerHoldsPastTheEndOfItsKey() {
    Instant end = SampleKey.EXPIRES;
    for (int left : new int[] {1, 5, 29}) {
      assertThat(at(end.minusSeconds(left), "PT30S").forget()).isEqualTo(end);
    }
    assertThat(at(end.minusMillis(1), "PT0S").issued()).isBefore(end);
  }
}
