package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.KeyText;
import io.accesskeys.key.Limits;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.schedule.RollPlan;
import io.accesskeys.store.KeyStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Gives keys new secrets. Of several rolls that name the same version, one wins. */
final class KeyRoller {

  private static final Set<KeyState> ROLLABLE =
      Set.of(KeyState.ACTIVE, KeyState.ROLLING, KeyState.EXPOSED, KeyState.EXPIRED);

  /** Whose old secret does not get in, and must not after the roll. */
  private static final Set<KeyState> OVER = Set.of(KeyState.EXPOSED, KeyState.EXPIRED);

  private final KeycloakSession session;
  private final RealmPolicy policy;
  private final SecureRandom random;

  /** A roller for the realm of this session. */
  KeyRoller(KeycloakSession session, RealmPolicy policy, SecureRandom random) {
    this.session = session;
    this.policy = policy;
    this.random = random;
  }

  /**
   * Rolls a key.
   *
   * @param key as just read from the store
   * @return the key as it is now, and the text of its new secret
   * @throws InvalidRequestException if the overlap is not within policy
   * @throws KeyConflictException if the key cannot be rolled as it is, or was changed meanwhile
   */
  IssuedKey roll(AccessKey key, RollRequest request, Instant at)
      throws InvalidRequestException, KeyConflictException {
    Instant now = at.truncatedTo(ChronoUnit.MILLIS);
    KeyIssuer.requireReadable(policy);
    KeyState state = key.stateAt(now, policy.limits(key.kind()));
    Duration overlap = overlap(key, request, state, now);
    Optional<Instant> expires = expires(key, request, now);
    if (request.version().filter(version -> version != key.version()).isPresent()) {
      throw new KeyConflictException("The key is at version " + key.version() + " by now");
    }
    if (!ROLLABLE.contains(state) && !isTransferred(key, state)) {
      throw new KeyConflictException("The key is " + state.wireName());
    }
    if (key.retiringAt(now).isPresent() && request.replacePending() == RollRequest.Replace.REFUSE) {
      throw new KeyConflictException(
          "A roll is running. Send replacePending to end it and to roll again");
    }
    KeyText text = KeyText.generate(key.prefix(), key.id(), random);
    AccessKey rolled = RollPlan.roll(key, text, overlap, now);
    if (request.expiry().isPresent()) {
      rolled = RollPlan.renew(rolled, expires, now);
    }
    requireUsable(rolled, now);
    KeyStore store = session.getProvider(KeyStore.class);
    RealmModel realm = session.getContext().getRealm();
    if (key.validity().expires().filter(end -> !end.isAfter(now)).isPresent()) {
      // Dead by its own date it was not counted, and alive again it is one more.
      new OwnerRoom(store.lock(realm, key.ownerId()), now).requireRoom(policy.of(key.kind()));
    }
    if (!store.replace(rolled)) {
      throw new KeyConflictException(
          "Somebody else changed the key just now. Read it again, then repeat the request");
    }
    return store
        .find(realm, key.id())
        .map(stored -> new IssuedKey(stored, text))
        .orElseThrow(() -> new KeyConflictException("The key was removed just now"));
  }

  /** Such a key waits for its new registrant to give it a secret that only they know. */
  private static boolean isTransferred(AccessKey key, KeyState state) {
    return state == KeyState.SUSPENDED
        && key.validity().suspended().filter(off -> off.kind() == ActorKind.TRANSFER).isPresent();
  }

  private Optional<Instant> expires(AccessKey key, RollRequest request, Instant now)
      throws InvalidRequestException {
    return request.expiry().isPresent()
        ? Expiries.expiry(request.expiry().get(), policy.of(key.kind()), now)
        : key.validity().expires();
  }

  /** A new secret for a key that stays expired would help nobody. */
  private void requireUsable(AccessKey rolled, Instant now) throws InvalidRequestException {
    if (rolled.stateAt(now, policy.limits(rolled.kind())) == KeyState.EXPIRED) {
      throw new InvalidRequestException(
          "expiresAt", "is missing. The key has expired: send a new expiry");
    }
  }

  /**
   * How long the old secret stays good if nobody says so: after a roll that was due at least for
   * the rest of its window.
   */
  Duration usualOverlap(AccessKey key, Instant now) {
    Limits limits = policy.limits(key.kind());
    Duration left =
        key.rollDue(limits)
            .filter(due -> !due.isAfter(now))
            .flatMap(due -> key.rollDeadline(limits))
            .map(deadline -> Duration.between(now, deadline))
            .orElse(Duration.ZERO);
    Duration usual = longer(left, policy.defaultOverlap());
    return usual.compareTo(policy.maxOverlap()) < 0 ? usual : policy.maxOverlap();
  }

  static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  private Duration overlap(AccessKey key, RollRequest request, KeyState state, Instant now)
      throws InvalidRequestException {
    if (OVER.contains(state) || isTransferred(key, state)) {
      if (request.overlap().filter(wish -> !wish.isZero()).isPresent()) {
        throw new InvalidRequestException(
            "overlap", "must be PT0S: the old secret is " + state.wireName());
      }
      return Duration.ZERO;
    }
    Duration overlap = request.overlap().orElseGet(() -> usualOverlap(key, now));
    if (overlap.isNegative() || overlap.compareTo(policy.maxOverlap()) > 0) {
      throw new InvalidRequestException(
          "overlap", "must be between PT0S and " + policy.maxOverlap());
    }
    return overlap;
  }
}
