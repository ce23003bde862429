package io.accesskeys.it.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.it.endurance.KeyHistory.Asked;
import io.accesskeys.it.endurance.KeyHistory.Change;
import io.accesskeys.it.endurance.KeyHistory.Pause;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The model finds what cannot be. */
class KeyHistoryTest {

  private static final Duration BOUND = Duration.ofNanos(100);

  private final KeyHistory history = new KeyHistory();

  @BeforeEach
  void make() {
    history.rolled(1, true, new Change(0, 10, 20));
  }

  private void asked(int version, boolean accepted, int node, long from) {
    history.asked(new Asked(version, accepted, new Change(node, from, from + 5)));
  }

  @Test
  void aGoodKeyIsTaken() {
    asked(1, true, 0, 30);
    asked(1, true, 1, 30);
    assertThat(history.faults(BOUND)).isEmpty();
  }

  @Test
  void aPauseThatNobodyHasEndedGoesOn() {
    history.paused(new Pause(new Change(0, 40, 60), new Change(0, 90, Long.MAX_VALUE)));
    asked(1, false, 0, 70);
    asked(1, false, 1, 1_000);
    assertThat(history.faults(BOUND)).isEmpty();
  }

  @Test
  void aGoodKeyThatIsRefusedIsAFault() {
    asked(1, false, 0, 30);
    assertThat(history.faults(BOUND)).hasSize(1);
  }

  @Test
  void whatWasAskedMeanwhileMayBeEither() {
    history.ended(new Change(0, 40, 60));
    asked(1, true, 0, 50);
    asked(1, false, 0, 50);
    assertThat(history.faults(BOUND)).isEmpty();
  }

  @Test
  void theNodeThatHasEndedItMayNotTakeIt() {
    history.ended(new Change(0, 40, 60));
    asked(1, true, 0, 61);
    assertThat(history.faults(BOUND)).hasSize(1);
  }

  @Test
  void anotherNodeMayTakeItForAsLongAsItRemembers() {
    history.ended(new Change(0, 40, 60));
    asked(1, true, 1, 160);
    assertThat(history.faults(BOUND)).isEmpty();
    assertThat(history.latest()).isEqualTo(Duration.ofNanos(100));
    asked(1, true, 1, 161);
    assertThat(history.faults(BOUND)).hasSize(1);
  }

  @Test
  void noNodeMayTakeWhatHasExpired() {
    history.ended(new Change(Change.EVERY, 60, 60));
    asked(1, true, 1, 61);
    assertThat(history.faults(BOUND)).hasSize(1);
  }

  @Test
  void aRollWithOverlapLetsTheFormerSecretRetire() {
    history.rolled(2, false, new Change(0, 40, 60));
    asked(1, true, 0, 70);
    asked(2, true, 1, 70);
    assertThat(history.faults(BOUND)).isEmpty();
    asked(1, false, 1, 70);
    assertThat(history.faults(BOUND)).hasSize(1);
  }

  @Test
  void theRollAfterItEndsIt() {
    history.rolled(2, false, new Change(0, 40, 60));
    history.rolled(3, false, new Change(0, 80, 90));
    asked(1, true, 0, 91);
    assertThat(history.faults(BOUND)).hasSize(1);
  }

  @Test
  void aRollWithoutOverlapEndsTheFormerSecret() {
    history.rolled(2, true, new Change(0, 40, 60));
    asked(1, true, 0, 61);
    assertThat(history.faults(BOUND)).hasSize(1);
  }

  @Test
  void whileTheOwnerIsOutNothingIsTaken() {
    history.paused(new Pause(new Change(0, 40, 60), new Change(0, 90, 95)));
    asked(1, false, 0, 70);
    asked(1, true, 0, 96);
    asked(1, false, 1, 195);
    assertThat(history.faults(BOUND)).isEmpty();
    asked(1, true, 0, 70);
    asked(1, false, 1, 196);
    assertThat(history.faults(BOUND)).hasSize(2);
  }
}
