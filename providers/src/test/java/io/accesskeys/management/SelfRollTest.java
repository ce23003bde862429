package io.accesskeys.management;

import static io.accesskeys.management.RollingRealm.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.management.KeyRequest.Expiry;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.schedule.RollPlan;
import io.accesskeys.store.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class SelfRollTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final Duration MONTH = DAY.multipliedBy(30);
  private static final Duration MOMENT = Duration.ofMillis(1);
  private static final Duration LEAST = Duration.ofMinutes(5);

  private final RollingRealm realm = new RollingRealm();

  @BeforeEach
  void allowForAMonth() {
    realm.policy("personal-access-token.self-roll", "P30D");
  }

  @Nested
  class IsAllowed {

    @Test
    void onlyByPolicy() {
      realm.policy("personal-access-token.self-roll", "none");
      AccessKey key = made(NOW);
      refuses(key, RollRequests.USUAL, "", "No key of this kind may roll itself in this realm");
      assertThat(realm.find(key.id())).isEqualTo(key);
    }

    @Test
    void untilTheTimeSinceItsCreationIsOver() throws Exception {
      Instant end = NOW.minus(MONTH).plus(MOMENT);
      assertThat(roll(made(end), RollRequests.USUAL).key().secrets()).hasSize(2);
      refuses(
          made(NOW.minus(MONTH)), RollRequests.USUAL, "", "The key could roll itself until " + NOW);
      refuses(
          made(NOW.minus(MONTH).minus(MOMENT)),
          RollRequests.USUAL,
          "",
          "The key could roll itself until " + NOW.minus(MOMENT));
    }

    @Test
    void againAfterARenewal() throws Exception {
      Instant renewed = NOW.minus(MONTH).plus(MOMENT);
      AccessKey key =
          realm.key(
              good ->
                  RollPlan.renew(
                      RollingRealm.made(good, NOW.minus(MONTH.multipliedBy(3))),
                      Optional.of(NOW.plus(MONTH)),
                      renewed));
      assertThat(roll(key, RollRequests.USUAL).key().secrets()).hasSize(2);
    }
  }

  @Nested
  class TheRoll {

    @Test
    void givesTheTextOfTheStoredSecret() throws Exception {
      AccessKey key = made(NOW.minus(DAY));
      IssuedKey issued = roll(key, RollRequests.USUAL);
      assertThat(issued.key()).isEqualTo(realm.find(key.id()));
      assertThat(issued.key().secretOf(issued.text())).contains(issued.key().current());
      assertThat(issued.key().current().createdAt()).isEqualTo(NOW);
    }

    @Test
    void leavesTheExpiryToTheOwner() {
      AccessKey key = made(NOW);
      refuses(
          key,
          RollRequests.expiry(new Expiry.ByPolicy()),
          "expiresAt",
          "is for the owner of the key to change");
      assertThat(realm.find(key.id())).isEqualTo(key);
    }

    @Test
    void isOfTheKeyAsItIsByNow() {
      AccessKey accepted = made(NOW);
      realm.lifecycle(
          (life, in) ->
              life.suspend(
                  in, accepted.id(), new Suspension(NOW, "somebody", ActorKind.ADMINISTRATOR)));
      conflicts(accepted, RollRequests.USUAL, "The key is suspended");
    }

    @Test
    void isOfTheVersionThatWasSeen() throws Exception {
      AccessKey key = made(NOW);
      conflicts(key, RollRequests.version(7), "The key is at version 1 by now");
      assertThat(roll(key, RollRequests.version(1)).key().version()).isEqualTo(2);
    }
  }

  @Nested
  class TheOverlap {

    @Test
    void isNeverShorterThanATryAgainNeeds() throws Exception {
      refuses(
          made(NOW), RollRequests.overlap(LEAST.minus(MOMENT)), "overlap", "must be at least PT5M");
      assertThat(retirement(RollRequests.overlap(LEAST))).isEqualTo(NOW.plus(LEAST));
    }

    @Test
    void mustBePossible() {
      realm.policy("max-overlap", "PT4M59S");
      refuses(
          made(NOW), RollRequests.USUAL, "", "No key may roll itself while max-overlap is below");
      realm.policy("max-overlap", "PT5M");
      assertThatCode(() -> roll(made(NOW), RollRequests.USUAL)).doesNotThrowAnyException();
    }

    @Test
    void isTheUsualOneWithoutAWish() throws Exception {
      assertThat(retirement(RollRequests.USUAL)).isEqualTo(NOW.plus(DAY));
    }

    @Test
    void isNotShorterEvenIfThatIsUsual() throws Exception {
      realm.policy("default-overlap", "PT0S");
      assertThat(retirement(RollRequests.USUAL)).isEqualTo(NOW.plus(LEAST));
    }

    @Test
    void isTheRestOfTheWindowOfARollThatIsDue() throws Exception {
      AccessKey key =
          realm.key(
              good ->
                  RollingRealm.due(
                      RollingRealm.made(good, NOW.minus(DAY)), NOW, DAY.multipliedBy(3), "self"));
      assertThat(former(roll(key, RollRequests.USUAL).key()).retires())
          .contains(NOW.plus(DAY.multipliedBy(3)));
    }

    private Instant retirement(RollRequest request) throws Exception {
      return former(roll(made(NOW.minus(DAY)), request).key()).retires().orElseThrow();
    }
  }

  /** Nobody has used its new secret, as far as is written down. */
  @Nested
  class ARunningRoll {

    private final AccessKey running =
        realm.key(
            good ->
                RollingRealm.rolled(
                    RollingRealm.made(good, NOW.minus(DAY)), DAY, NOW.minusSeconds(60)));

    @Test
    void isReplacedOnRequestOnly() {
      conflicts(
          running,
          RollRequests.USUAL,
          "A roll is running. Send replacePending to end it and to roll again");
    }

    @Test
    void hasLostItsNewSecretIfTheOldOneIsPresented() throws Exception {
      AccessKey rolled = replace(former(running));
      assertThat(retirement(rolled, 2)).contains(NOW);
      assertThat(retirement(rolled, 1)).contains(NOW.plus(DAY).minusSeconds(60));
    }

    @Test
    void hasNotLostItIfItIsPresented() throws Exception {
      AccessKey rolled = replace(running.current());
      assertThat(retirement(rolled, 2)).contains(NOW.plus(DAY));
      assertThat(retirement(rolled, 1)).contains(NOW);
    }

    private AccessKey replace(KeySecret presented) throws Exception {
      return roll(running, presented, RollRequests.REPLACING).key();
    }

    private Optional<Instant> retirement(AccessKey rolled, int number) {
      return rolled.secret(number).flatMap(KeySecret::retires);
    }
  }

  private AccessKey made(Instant at) {
    return realm.key(good -> RollingRealm.made(good, at));
  }

  private IssuedKey roll(AccessKey key, RollRequest request)
      throws InvalidRequestException, KeyConflictException {
    return roll(key, key.current(), request);
  }

  private IssuedKey roll(AccessKey key, KeySecret presented, RollRequest request)
      throws InvalidRequestException, KeyConflictException {
    return realm.roll(
        (session, in) ->
            new KeyManager(session, RealmPolicy.of(session, in), RollingRealm.RANDOM, NOW)
                .roll(
                    session.getProvider(KeyStore.class).find(in, key.id()).orElseThrow(),
                    request,
                    new Actor.Holder(presented)));
  }

  private void refuses(AccessKey key, RollRequest request, String field, String reason) {
    Refusal.assertInvalid(() -> roll(key, request), field, reason);
  }

  private void conflicts(AccessKey key, RollRequest request, String reason) {
    Refusal.assertConflict(() -> roll(key, request), reason);
  }

  private static KeySecret former(AccessKey rolled) {
    return rolled.secrets().get(1);
  }
}
