package io.accesskeys.jobs;

import static io.accesskeys.management.RollingRealm.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.KeyConflictException;
import io.accesskeys.management.RollingRealm;
import io.accesskeys.notice.NoticeKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class DueKeyTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final Instant DUE = NOW.minus(DAY);

  private final RollingRealm realm = new RollingRealm();

  @Test
  void saysSinceWhenAndUntilWhen() {
    AccessKey key = due(DAY.multipliedBy(3));
    assertThat(ask(key, DueKey::key)).isSameAs(key);
    assertThat(ask(key, DueKey::due)).isEqualTo(DUE);
    assertThat(ask(key, DueKey::deadline)).isEqualTo(DUE.plus(DAY.multipliedBy(3)));
  }

  @Nested
  class TheOwnerIsTold {

    @Test
    void thatTheRollIsDueAndByWhenOnce() {
      AccessKey key = due(DAY);
      for (int i = 0; i < 2; i++) {
        tellOwner(key);
      }
      assertThat(realm.told(key)).containsExactly("roll_due");
      assertThat(realm.facts(key).get("deadline").asText()).isEqualTo(NOW.toString());
      assertThat(realm.facts(key).get("at").asText()).isEqualTo(NOW.toString());
    }

    @Test
    void againWhenTheNextRollIsDue() {
      AccessKey key = due(DAY);
      tellOwner(key);
      tellOwner(RollingRealm.due(key, NOW, DAY, "pickup"));
      assertThat(realm.told(key)).containsExactly("roll_due", "roll_due");
    }

    @Test
    void onceForEachCount() {
      AccessKey key = due(DAY);
      for (long count : new long[] {1, 2, 2}) {
        ask(
            key,
            roll -> {
              roll.tell(NoticeKind.ROLL_EXTENDED, count);
              return count;
            });
      }
      assertThat(realm.told(key)).containsExactly("roll_extended", "roll_extended");
    }

    private void tellOwner(AccessKey key) {
      ask(
          key,
          roll -> {
            roll.tellOwner();
            return key;
          });
    }
  }

  @Nested
  class ARollByTheDelivery {

    @Test
    void givesTheTextOfTheNewSecretAndLeavesItsTraces() {
      AccessKey key = due(DAY.multipliedBy(3));
      String text = ask(key, DueKey::roll);
      AccessKey rolled = realm.find(key.id());
      assertThat(rolled.current().number()).isEqualTo(2);
      assertThat(rolled.secretOf(KeyText.parse(text).orElseThrow())).contains(rolled.current());
      assertThat(realm.events(key)).containsExactly("scheduled-roll");
      assertThat(realm.told(key)).containsExactly("rolled");
    }

    @Test
    void letsTheOldSecretRetireAtTheDeadline() {
      assertThat(retirement(Duration.ofHours(30))).contains(DUE.plus(Duration.ofHours(30)));
    }

    @Test
    void letsItRetireNowIfTheDeadlineIsOver() {
      assertThat(retirement(DAY)).contains(NOW);
      assertThat(retirement(Duration.ofHours(1))).contains(NOW);
    }

    @Test
    void letsItRetireAfterTheLongestOverlapAtTheLatest() {
      Duration week = DAY.multipliedBy(7);
      assertThat(retirement(week.plus(DAY))).contains(NOW.plus(week));
      assertThat(retirement(week.plus(DAY).plusMillis(1))).contains(NOW.plus(week));
    }

    @Test
    void endsARollThatIsStillRunning() {
      AccessKey running =
          realm.key(
              good ->
                  RollingRealm.due(
                      RollingRealm.rolled(
                          RollingRealm.made(good, DUE.minus(DAY)), DAY.multipliedBy(5), DUE),
                      DUE.plusMillis(1),
                      DAY,
                      "pickup"));
      ask(running, DueKey::roll);
      assertThat(realm.find(running.id()).current().number()).isEqualTo(3);
    }

    @Test
    void isRefusedIfTheKeyWasChangedMeanwhile() {
      AccessKey key = due(DAY);
      ask(key, DueKey::roll);
      fails(
          key,
          "Somebody else changed the key just now. Read it again, then repeat the request",
          KeyConflictException.class);
      assertThat(realm.events(key)).hasSize(1);
    }

    @Test
    void isRefusedIfTheKeyCannotBeRolled() {
      AccessKey key = due(DAY);
      realm.lifecycle(
          (life, in) ->
              life.suspend(in, key.id(), new Suspension(NOW, "somebody", ActorKind.ADMINISTRATOR)));
      fails(realm.find(key.id()), "The key is suspended", KeyConflictException.class);
      assertThat(realm.told(key)).isEmpty();
    }

    @Test
    void isRefusedUnderAPolicyThatCannotBeRead() {
      AccessKey key = due(DAY);
      realm.policy("max-overlap", "a week");
      fails(key, "The realm's policy has to be corrected first", InvalidRequestException.class);
      assertThat(realm.find(key.id())).isEqualTo(key);
    }

    private Optional<Instant> retirement(Duration window) {
      AccessKey key = due(window);
      ask(key, DueKey::roll);
      return realm.find(key.id()).secret(1).flatMap(KeySecret::retires);
    }

    private void fails(AccessKey key, String reason, Class<? extends Exception> cause) {
      assertThatIllegalStateException()
          .isThrownBy(() -> ask(key, DueKey::roll))
          .withMessageStartingWith("The key cannot be rolled: " + reason)
          .withCauseInstanceOf(cause);
    }
  }

  private AccessKey due(Duration window) {
    return realm.key(
        good -> RollingRealm.due(RollingRealm.made(good, DUE.minus(DAY)), DUE, window, "pickup"));
  }

  private <T> T ask(AccessKey key, Function<DueKey, T> question) {
    return realm
        .sample()
        .ask((session, in) -> question.apply(new DueKey(session, RollingRealm.RANDOM, key, NOW)));
  }
}
