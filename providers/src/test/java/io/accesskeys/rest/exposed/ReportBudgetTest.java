package io.accesskeys.rest.exposed;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.LocalKeycloak;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ReportBudgetTest {

  private static final Optional<String> HERE = Optional.of("203.0.113.7");
  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

  /** A thousand keys, and a body with room for nothing else. */
  private static final int LARGEST = ReportBudget.toRead(new byte[128 * 1024]) + 1_000;

  private final ReportBudget budget = LocalKeycloak.started().ask(ReportBudget::new);

  @AfterEach
  void close() {
    budget.close();
  }

  private boolean taken(Optional<String> from, int cost) {
    return budget.take(from, cost, NOW).isEmpty();
  }

  @Test
  void isEnoughForTheLargestReportsAtOnce() {
    assertThat(taken(HERE, LARGEST)).isTrue();
    assertThat(taken(HERE, LARGEST)).isTrue();
    assertThat(taken(HERE, LARGEST)).isFalse();
  }

  @Test
  void isCountedByWhatIsReadAndLookedForAndNotByRequests() {
    assertThat(ReportBudget.toRead(null)).isEqualTo(1);
    assertThat(ReportBudget.toRead(new byte[0])).isEqualTo(1);
    assertThat(ReportBudget.toRead(new byte[1_023])).isEqualTo(1);
    assertThat(ReportBudget.toRead(new byte[10_240])).isEqualTo(11);
  }

  @Test
  void comesBackWithTime() {
    taken(HERE, ReportBudget.BURST);
    Duration wait = budget.take(HERE, 25, NOW).orElseThrow();
    assertThat(wait).isEqualTo(Duration.ofSeconds(3));
    assertThat(budget.take(HERE, 25, NOW.plusSeconds(2))).contains(Duration.ofSeconds(1));
    assertThat(budget.take(HERE, 25, NOW.plus(wait))).isEmpty();
    assertThat(budget.take(HERE, ReportBudget.BURST, NOW.plusSeconds(3_600))).isEmpty();
    assertThat(budget.take(HERE, 1, NOW.plusSeconds(3_600)))
        .as("no more than there was")
        .contains(Duration.ofSeconds(1));
  }

  @Test
  void comesBackAsFastForWhatIsReadTwice() {
    assertThat(ReportBudget.timeFor(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(ReportBudget.timeFor(10)).isEqualTo(Duration.ofSeconds(1));
    assertThat(ReportBudget.timeFor(11)).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void isNotTakenFromByWhatWasRefused() {
    taken(HERE, ReportBudget.BURST - 10);
    assertThat(taken(HERE, 11)).isFalse();
    assertThat(taken(HERE, 10)).isTrue();
  }

  @Test
  void isEmptiedByWhatCostsMoreThanThereEverIs() {
    assertThat(taken(HERE, 1_000_000)).isTrue();
    assertThat(taken(HERE, 1)).isFalse();
    assertThat(budget.take(HERE, 1_000_000, NOW).orElseThrow()).isLessThan(Duration.ofMinutes(5));
  }

  @Test
  void isNotRefilledByAClockThatIsSetBack() {
    taken(HERE, ReportBudget.BURST);
    assertThat(budget.take(HERE, 1, NOW.minusSeconds(3_600))).isPresent();
    assertThat(budget.take(HERE, 1, NOW.minusSeconds(3_599))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, ::ffff:203.0.113.7",
    "2001:db8:0:1::1, 2001:db8:0:1:ffff:ffff:ffff:ffff",
  })
  void isSharedByAllAddressesThatOneSubscriberHas(String one, String other) {
    taken(Optional.of(one), ReportBudget.BURST);
    assertThat(taken(Optional.of(other), 1)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.8",
    "2001:db8:0:1::1, 2001:db8:0:2::1",
    "0.0.0.0, ::",
    "0.0.0.1, ::1",
  })
  void isNotSharedWithOthers(String one, String other) {
    taken(Optional.of(one), ReportBudget.BURST);
    assertThat(taken(Optional.of(other), ReportBudget.BURST)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", "client.example"})
  void isOneForAllWhoseAddressIsUnknown(String text) {
    taken(Optional.empty(), ReportBudget.BURST);
    assertThat(taken(Optional.of(text), 1)).isFalse();
    assertThat(taken(Optional.of("0.0.0.0"), 1)).isTrue();
    assertThat(taken(Optional.of("::"), 1)).isTrue();
  }
}
