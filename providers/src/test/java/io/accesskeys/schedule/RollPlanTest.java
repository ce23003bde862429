package io.accesskeys.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SampleKey;
import io.accesskeys.SeededRandom;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class RollPlanTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private final SeededRandom random = new SeededRandom(11);
  private final KeyText first = KeyText.generate("kcpat", random);
  private final KeyText next = another();
  private final AccessKey key = SampleKey.of(first);

  @Nested
  class AnyRoll {

    private final AccessKey rolled = RollPlan.roll(key, next, DAY, NOW);

    @Test
    void makesTheNewSecretTheCurrentOne() {
      assertThat(rolled.current()).isEqualTo(KeySecret.current(2, next, NOW));
      assertThat(rolled.secretOf(next)).contains(rolled.current());
    }

    @Test
    void keepsTheFormerSecretAsItWasButForItsEnd() {
      assertThat(rolled.secrets())
          .containsExactly(rolled.current(), key.current().retiring(NOW.plus(DAY)));
      assertThat(rolled.secretOf(first).map(KeySecret::number)).contains(1);
    }

    @Test
    void leavesEverythingElseAlone() {
      assertThat(rolled).usingRecursiveComparison().ignoringFields("secrets").isEqualTo(key);
      assertThat(rolled.grant()).isSameAs(key.grant());
      assertThat(rolled.version()).isEqualTo(7);
    }

    @Test
    void leavesTheGivenKeyAlone() {
      assertThat(key).isEqualTo(SampleKey.of(first));
    }
  }

  @Nested
  class TheOverlap {

    @Test
    void ofZeroRetiresTheFormerSecretAtOnce() {
      AccessKey rolled = RollPlan.roll(key, next, Duration.ZERO, NOW);
      assertThat(former(rolled).retires()).contains(NOW);
      assertThat(former(rolled).retiredAt(NOW)).isTrue();
      assertThat(rolled.stateAt(NOW, Limits.NONE)).isEqualTo(KeyState.ACTIVE);
    }

    @Test
    void letsTheKeyRollUntilItEnds() {
      AccessKey rolled = RollPlan.roll(key, next, DAY, NOW);
      assertThat(rolled.stateAt(NOW, Limits.NONE)).isEqualTo(KeyState.ROLLING);
      assertThat(rolled.stateAt(NOW.plus(DAY).minusMillis(1), Limits.NONE))
          .isEqualTo(KeyState.ROLLING);
      assertThat(rolled.stateAt(NOW.plus(DAY), Limits.NONE)).isEqualTo(KeyState.ACTIVE);
    }

    @Test
    void endsWithTheKeyIfItWouldOutliveIt() {
      Duration left = Duration.between(NOW, SampleKey.EXPIRES);
      assertThat(retires(key, left.plusMillis(1))).contains(SampleKey.EXPIRES);
      assertThat(retires(key, left.plusDays(1000))).contains(SampleKey.EXPIRES);
    }

    @Test
    void mayEndExactlyWithTheKeyOrJustBefore() {
      Duration left = Duration.between(NOW, SampleKey.EXPIRES);
      assertThat(retires(key, left)).contains(SampleKey.EXPIRES);
      assertThat(retires(key, left.minusMillis(1))).contains(SampleKey.EXPIRES.minusMillis(1));
    }

    @Test
    void isWholeForAKeyThatNeverExpires() {
      AccessKey forever = SampleKey.of(first, SampleKey.goodUntil(Optional.empty()));
      assertThat(retires(forever, DAY.multipliedBy(5000)))
          .contains(NOW.plus(DAY.multipliedBy(5000)));
    }

    @Test
    void ofAnExpiredKeyIsOverAlready() {
      AccessKey expired =
          SampleKey.of(first, SampleKey.goodUntil(Optional.of(NOW.minusSeconds(1))));
      AccessKey rolled = RollPlan.roll(expired, next, DAY, NOW);
      assertThat(former(rolled).retiredAt(NOW)).isTrue();
    }

    private Optional<Instant> retires(AccessKey rolling, Duration overlap) {
      return former(RollPlan.roll(rolling, next, overlap, NOW)).retires();
    }
  }

  @Nested
  class ASecondRoll {

    private final AccessKey once = used(RollPlan.roll(key, next, DAY, NOW));
    private final Instant later = NOW.plusSeconds(60);

    @Test
    void retiresTheSecretThatWasStillRetiringNow() {
      AccessKey twice = RollPlan.roll(once, another(), DAY, later);
      assertThat(retirements(twice))
          .containsExactly(Optional.empty(), Optional.of(later.plus(DAY)), Optional.of(later));
      assertThat(twice.secretOf(first).orElseThrow().retiredAt(later)).isTrue();
      assertThat(twice.secretOf(next).orElseThrow().retiringAt(later)).isTrue();
    }

    @Test
    void ofZeroOverlapLeavesOneSecretOnly() {
      AccessKey twice = RollPlan.roll(once, another(), Duration.ZERO, later);
      assertThat(twice.secrets()).filteredOn(secret -> !secret.retiredAt(later)).hasSize(1);
    }

    @Test
    void leavesTheEndOfALongRetiredSecretAlone() {
      AccessKey twice = RollPlan.roll(once, another(), DAY, NOW.plus(DAY.multipliedBy(9)));
      assertThat(retirements(twice).get(2)).contains(NOW.plus(DAY));
    }

    @Test
    void atTheInstantTheFirstEndsChangesNothingOfIt() {
      AccessKey twice = RollPlan.roll(once, another(), DAY, NOW.plus(DAY));
      assertThat(retirements(twice).get(2)).contains(NOW.plus(DAY));
    }

    @Test
    void neverLeavesMoreThanTwoSecretsGood() {
      AccessKey rolled = key;
      for (int i = 0; i < 20; i++) {
        Instant at = NOW.plusSeconds(i);
        rolled = RollPlan.roll(i % 3 == 0 ? used(rolled) : rolled, another(), DAY, at);
        assertThat(rolled.secrets()).filteredOn(secret -> !secret.retiredAt(at)).hasSize(2);
      }
    }

    private List<Optional<Instant>> retirements(AccessKey rolled) {
      return rolled.secrets().stream().map(KeySecret::retires).toList();
    }
  }

  /** As after an answer that was lost: nobody has the secret of the first roll. */
  @Nested
  class ASecondRollWhoseFirstSecretWasNeverUsed {

    private final AccessKey once = RollPlan.roll(key, next, DAY, NOW);
    private final Instant later = NOW.plusSeconds(60);

    @Test
    void retiresThatSecretAndLetsTheOneInUseRetireWhenItWouldHave() {
      AccessKey twice = RollPlan.roll(once, another(), DAY, later);
      assertThat(twice.secretOf(next).orElseThrow().retires()).contains(later);
      assertThat(twice.secretOf(first).orElseThrow().retires()).contains(NOW.plus(DAY));
    }

    @Test
    void mayShortenTheOverlap() {
      AccessKey twice = RollPlan.roll(once, another(), Duration.ofHours(1), later);
      assertThat(twice.secretOf(first).orElseThrow().retires())
          .contains(later.plus(Duration.ofHours(1)));
    }

    @Test
    void neverLengthensItHoweverOftenItIsRepeated() {
      AccessKey rolled = once;
      for (int i = 1; i < 8; i++) {
        rolled = RollPlan.roll(rolled, another(), DAY.multipliedBy(7), NOW.plusSeconds(i));
      }
      assertThat(rolled.secretOf(first).orElseThrow().retires()).contains(NOW.plus(DAY));
    }

    @Test
    void isLikeAnyOtherOnceTheOverlapIsOver() {
      AccessKey twice = RollPlan.roll(once, another(), DAY, NOW.plus(DAY));
      assertThat(twice.secretOf(next).orElseThrow().retires()).contains(NOW.plus(DAY).plus(DAY));
    }
  }

  @Nested
  class AnExtension {

    private final AccessKey once = RollPlan.roll(key, next, DAY, NOW);
    private final Instant nearTheEnd = NOW.plus(DAY).minusSeconds(60);

    @Test
    void putsTheEndOfTheOldSecretOffByTheOverlapOnce() {
      AccessKey extended = RollPlan.extend(once, nearTheEnd).orElseThrow();
      assertThat(former(extended).retires()).contains(NOW.plus(DAY).plus(DAY));
      assertThat(former(extended).extended()).contains(nearTheEnd);
      assertThat(extended.current()).isEqualTo(once.current());
      assertThat(RollPlan.extend(extended, nearTheEnd)).isEmpty();
    }

    @Test
    void endsWithTheKey() {
      AccessKey short1 =
          SampleKey.of(first, SampleKey.goodUntil(Optional.of(NOW.plus(DAY).plusSeconds(9))));
      AccessKey rolled = RollPlan.roll(short1, next, DAY, NOW);
      assertThat(former(RollPlan.extend(rolled, nearTheEnd).orElseThrow()).retires())
          .contains(NOW.plus(DAY).plusSeconds(9));
      AccessKey shorter = SampleKey.of(first, SampleKey.goodUntil(Optional.of(NOW.plus(DAY))));
      assertThat(RollPlan.extend(RollPlan.roll(shorter, next, DAY, NOW), nearTheEnd)).isEmpty();
    }
  }

  @Nested
  class ARenewal {

    private final Instant end = NOW.plus(DAY.multipliedBy(90));
    private final AccessKey renewed = RollPlan.renew(key, Optional.of(end), NOW);

    @Test
    void givesAnotherExpiryAndCountsTheLifeAnew() {
      assertThat(renewed.validity().expires()).contains(end);
      assertThat(renewed.validity().renewed()).contains(NOW);
      assertThat(renewed.validity().begun()).isEqualTo(NOW);
      assertThat(renewed.validity().created()).isEqualTo(key.validity().created());
      assertThat(renewed.idleSince()).isEqualTo(NOW);
    }

    @Test
    void makesAnExpiredKeyGoodAgainAndItsOldSecretNot() {
      AccessKey expired =
          SampleKey.of(first, SampleKey.goodUntil(Optional.of(NOW.minusSeconds(1))));
      AccessKey again =
          RollPlan.renew(RollPlan.roll(expired, next, Duration.ZERO, NOW), Optional.of(end), NOW);
      assertThat(again.stateAt(NOW, Limits.NONE)).isEqualTo(KeyState.ACTIVE);
      assertThat(again.secretOf(first).orElseThrow().retiredAt(NOW)).isTrue();
    }
  }

  private static AccessKey used(AccessKey rolled) {
    List<KeySecret> secrets = new ArrayList<>(rolled.secrets());
    KeySecret current = secrets.get(0);
    secrets.set(
        0,
        new KeySecret(
            current.number(),
            current.hash(),
            current.hint(),
            current.createdAt(),
            current.retires(),
            Optional.of(NOW),
            Optional.empty()));
    return rolled.with(secrets);
  }

  @Nested
  class TheHistory {

    @Test
    void keepsTheTenNewestSecretsAndCountsOn() {
      AccessKey rolled = key;
      for (int roll = 1; roll <= 30; roll++) {
        rolled = RollPlan.roll(rolled, another(), DAY, NOW.plus(DAY.multipliedBy(roll)));
        int newest = roll + 1;
        assertThat(rolled.secrets().stream().map(KeySecret::number))
            .containsExactlyElementsOf(
                IntStream.range(0, Math.min(10, newest)).mapToObj(i -> newest - i).toList());
      }
    }

    @Test
    void recognisesARetiredSecretUntilItIsForgotten() {
      AccessKey rolled = key;
      for (int roll = 1; roll <= 9; roll++) {
        rolled = RollPlan.roll(rolled, another(), Duration.ZERO, NOW.plusSeconds(roll));
      }
      assertThat(rolled.secretOf(first)).isPresent();
      AccessKey forgetful = RollPlan.roll(rolled, another(), Duration.ZERO, NOW.plusSeconds(10));
      assertThat(forgetful.secretOf(first)).isEmpty();
    }
  }

  private KeyText another() {
    return KeyText.generate("kcpat", first.id(), random);
  }

  private static KeySecret former(AccessKey rolled) {
    return rolled.secrets().get(1);
  }
}
