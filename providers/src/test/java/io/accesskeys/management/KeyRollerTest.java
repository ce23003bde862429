package io.accesskeys.management;

import static io.accesskeys.management.RollingRealm.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeySecret;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.Validity;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.key.Validity.Suspension;
import io.accesskeys.management.KeyRequest.Expiry;
import io.accesskeys.policy.RealmPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KeyRollerTest {

  private static final Instant NOW = Instant.parse("2027-06-01T12:00:00Z");
  private static final Instant MADE = NOW.minus(DAY.multipliedBy(30));
  private static final Duration MOMENT = Duration.ofMillis(1);

  private final RollingRealm realm = new RollingRealm();

  @Nested
  class AnyRoll {

    @Test
    void storesTheNewSecretAndGivesItsText() throws Exception {
      AccessKey key = key();
      IssuedKey issued = roll(key, RollRequests.USUAL);
      assertThat(issued.key()).isEqualTo(realm.find(key.id()));
      assertThat(issued.key().secretOf(issued.text())).contains(issued.key().current());
      assertThat(issued.key().current().number()).isEqualTo(2);
      assertThat(issued.key().current().createdAt()).isEqualTo(NOW);
      assertThat(issued.key().version()).isEqualTo(key.version() + 1);
      assertThat(issued.text().prefix()).isEqualTo(key.prefix());
    }

    @Test
    void leavesTheExpiryAlone() throws Exception {
      AccessKey key = key();
      assertThat(roll(key, RollRequests.USUAL).key().validity()).isEqualTo(key.validity());
    }

    @ParameterizedTest
    @CsvSource({
      "max-overlap, a week, must be",
      "max-token-lifespan, PT1H, must be",
      "personal-access-token.enabled, 0, must be",
      "personal-access-token.max-lifetme, P5D, is not a setting",
    })
    void needsAPolicyThatCanBeRead(String setting, String value, String rule) {
      AccessKey key = key();
      realm.policy(setting, value);
      refuses(key, RollRequests.USUAL, "", "has to be corrected first: " + setting + " " + rule);
      assertThat(realm.find(key.id())).isEqualTo(key);
    }

    @Test
    void losesToAChangeThatCameFirst() throws Exception {
      AccessKey stale = key();
      AccessKey key = roll(stale, RollRequests.USUAL).key();
      conflicts(
          stale,
          RollRequests.REPLACING,
          "Somebody else changed the key just now. Read it again, then repeat the request");
      assertThat(realm.find(key.id())).isEqualTo(key);
    }

    @Test
    void showsNothingOfAKeyThatIsGone() {
      AccessKey elsewhere = new RollingRealm().key(good -> RollingRealm.made(good, MADE));
      conflicts(elsewhere, RollRequests.USUAL, "The key was removed just now");
    }
  }

  @Nested
  class TheVersion {

    @Test
    void mayBeTheOneThatTheKeyHas() throws Exception {
      AccessKey key = key();
      assertThat(roll(key, RollRequests.version(key.version())).key().secrets()).hasSize(2);
    }

    @Test
    void mustBeNoOther() {
      AccessKey key = key();
      conflicts(key, RollRequests.version(0), "The key is at version 1 by now");
      conflicts(key, RollRequests.version(2), "The key is at version 1 by now");
      assertThat(realm.find(key.id())).isEqualTo(key);
    }
  }

  @Nested
  class AKeyThatIs {

    @Test
    void suspendedStaysAsItIs() {
      AccessKey key = key();
      realm.lifecycle(
          (life, in) ->
              life.suspend(in, key.id(), new Suspension(NOW, "somebody", ActorKind.ADMINISTRATOR)));
      conflicts(realm.find(key.id()), RollRequests.USUAL, "The key is suspended");
      assertThat(realm.find(key.id()).secrets()).hasSize(1);
    }

    @Test
    void revokedStaysAsItIs() {
      AccessKey key = key();
      realm.lifecycle(
          (life, in) -> life.revoke(in, key.id(), new Revocation(NOW, Optional.empty())));
      conflicts(realm.find(key.id()), RollRequests.USUAL, "The key is revoked");
    }

    @Test
    void pendingStaysAsItIs() {
      AccessKey key =
          realm.key(
              good ->
                  good.with(
                      Validity.between(
                          good.validity().created(),
                          Optional.of(NOW.plus(MOMENT)),
                          Optional.empty())));
      conflicts(key, RollRequests.USUAL, "The key is pending");
    }

    @Test
    void exposedIsGoodAgainAndItsOldSecretIsNot() throws Exception {
      AccessKey rolled = roll(exposed(), RollRequests.USUAL).key();
      assertThat(state(rolled)).isEqualTo(KeyState.ACTIVE);
      assertThat(former(rolled).retires()).contains(NOW);
    }

    @Test
    void exposedHasNoOverlap() throws Exception {
      AccessKey key = exposed();
      refuses(
          key, RollRequests.overlap(MOMENT), "overlap", "must be PT0S: the old secret is exposed");
      assertThat(former(roll(key, RollRequests.overlap(Duration.ZERO)).key()).retires())
          .contains(NOW);
    }

    @Test
    void expiredNeedsANewExpiry() {
      AccessKey key = expiring(NOW);
      refuses(
          key,
          RollRequests.USUAL,
          "expiresAt",
          "is missing. The key has expired: send a new expiry");
      assertThat(realm.find(key.id())).isEqualTo(key);
    }

    @Test
    void expiredIsGoodAgainWithANewExpiryAndItsOldSecretIsNot() throws Exception {
      AccessKey rolled = roll(expiring(NOW), until(NOW.plus(MOMENT))).key();
      assertThat(state(rolled)).isEqualTo(KeyState.ACTIVE);
      assertThat(former(rolled).retires()).contains(NOW);
    }

    @Test
    void expiredHasNoOverlap() {
      refuses(
          expiring(NOW),
          RollRequests.overlap(MOMENT),
          "overlap",
          "must be PT0S: the old secret is expired");
    }

    @Test
    void aboutToExpireIsRolledAsAnyOther() throws Exception {
      AccessKey rolled = roll(expiring(NOW.plus(MOMENT)), RollRequests.USUAL).key();
      assertThat(state(rolled)).isEqualTo(KeyState.ROLLING);
    }

    @Test
    void overdueNeedsNoNewExpiry() throws Exception {
      realm.policy("when-roll-overdue", "expire");
      AccessKey key = key(good -> RollingRealm.due(good, NOW.minus(DAY), DAY, "pickup"));
      assertThat(state(key)).isEqualTo(KeyState.EXPIRED);
      AccessKey rolled = roll(key, RollRequests.USUAL).key();
      assertThat(state(rolled)).isEqualTo(KeyState.ACTIVE);
      assertThat(former(rolled).retires()).contains(NOW);
    }
  }

  @Nested
  class ARunningRoll {

    private final AccessKey running =
        key(good -> RollingRealm.rolled(good, DAY, NOW.minus(DAY).plus(MOMENT)));

    @Test
    void isNotReplacedUnasked() {
      conflicts(
          running,
          RollRequests.USUAL,
          "A roll is running. Send replacePending to end it and to roll again");
      assertThat(realm.find(running.id())).isEqualTo(running);
    }

    @Test
    void isReplacedOnRequest() throws Exception {
      assertThat(roll(running, RollRequests.REPLACING).key().current().number()).isEqualTo(3);
    }

    @Test
    void isOverOnceTheOldSecretHasRetired() throws Exception {
      AccessKey over = key(good -> RollingRealm.rolled(good, DAY, NOW.minus(DAY)));
      assertThat(roll(over, RollRequests.USUAL).key().current().number()).isEqualTo(3);
    }
  }

  @Nested
  class ANewExpiry {

    @Test
    void beginsANewLife() throws Exception {
      Validity renewed = roll(key(), RollRequests.expiry(new Expiry.ByPolicy())).key().validity();
      assertThat(renewed.expires()).contains(NOW.plus(DAY.multipliedBy(30)));
      assertThat(renewed.renewed()).contains(NOW);
    }

    @Test
    void mustBeWithinPolicy() {
      AccessKey key = key();
      refuses(key, until(NOW), "expiresAt", "must be in the future");
      assertThat(realm.find(key.id())).isEqualTo(key);
    }
  }

  private AccessKey key() {
    return key(good -> good);
  }

  private AccessKey key(UnaryOperator<AccessKey> changed) {
    return realm.key(good -> changed.apply(RollingRealm.made(good, MADE)));
  }

  private AccessKey expiring(Instant at) {
    return key(good -> RollingRealm.expiring(good, at));
  }

  private AccessKey exposed() {
    AccessKey key = key();
    realm.lifecycle((life, in) -> life.expose(in, key.id(), NOW));
    return realm.find(key.id());
  }

  private static RollRequest until(Instant end) {
    return RollRequests.expiry(new Expiry.At(end));
  }

  private IssuedKey roll(AccessKey key, RollRequest request)
      throws InvalidRequestException, KeyConflictException {
    return realm.roll(key, request, NOW.plusNanos(999_999));
  }

  private void refuses(AccessKey key, RollRequest request, String field, String reason) {
    Refusal.assertInvalid(() -> roll(key, request), field, reason);
  }

  private void conflicts(AccessKey key, RollRequest request, String reason) {
    Refusal.assertConflict(() -> roll(key, request), reason);
  }

  private KeyState state(AccessKey key) {
    return realm
        .sample()
        .ask((session, in) -> key.stateAt(NOW, RealmPolicy.of(session, in).limits(key.kind())));
  }

  private static KeySecret former(AccessKey rolled) {
    return rolled.secrets().get(1);
  }
}
