package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeySecret;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.Decision.Accepted;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * A roll by the key itself: if the policy allows it, for a time after the key's creation or
 * renewal, so that whoever has stolen a key cannot keep it alive for ever.
 */
public final class SelfRoll {

  /**
   * The old secret must outlive the answer: if that gets lost, it is all that its holder has to try
   * again.
   */
  private static final Duration LEAST_OVERLAP = Duration.ofMinutes(5);

  private final KeycloakSession session;
  private final RealmPolicy policy;
  private final SecureRandom random;

  /** A roller for the realm of this session. */
  public SelfRoll(KeycloakSession session, RealmPolicy policy, SecureRandom random) {
    this.session = session;
    this.policy = policy;
    this.random = random;
  }

  /**
   * Rolls a key.
   *
   * @param accepted the decision on the key that was presented
   * @throws InvalidRequestException if policy, overlap or expiry do not allow it
   * @throws RollConflictException if the key cannot be rolled as it is, or was changed meanwhile
   */
  public IssuedKey roll(Accepted accepted, RollRequest request, Instant now)
      throws InvalidRequestException, RollConflictException {
    AccessKey key =
        session
            .getProvider(KeyStore.class)
            .find(session.getContext().getRealm(), accepted.key().id())
            .orElseThrow(() -> new RollConflictException("The key was removed just now"));
    requireAllowed(key, now);
    if (request.expiry().isPresent()) {
      throw new InvalidRequestException("expiresAt", "is for the owner of the key to change");
    }
    if (request.overlap().filter(wish -> wish.compareTo(LEAST_OVERLAP) < 0).isPresent()) {
      throw new InvalidRequestException("overlap", "must be at least " + LEAST_OVERLAP);
    }
    KeyRoller roller = new KeyRoller(session, policy, random);
    Duration usual = KeyRoller.longer(roller.usualOverlap(key, now), LEAST_OVERLAP);
    return roller.roll(
        used(key, accepted.secret(), now),
        new RollRequest(
            request.overlap().or(() -> Optional.of(usual)),
            Optional.empty(),
            request.replacePending(),
            request.version()),
        now);
  }

  /**
   * Uses are written down later, but whoever presents a secret has it. Were the current one taken
   * for lost, it would end with this roll, and its holder could not try again.
   */
  private static AccessKey used(AccessKey key, KeySecret presented, Instant now) {
    return key.with(
        key.secrets().stream()
            .map(secret -> secret.number() == presented.number() ? secret.used(now) : secret)
            .toList());
  }

  private void requireAllowed(AccessKey key, Instant now) throws InvalidRequestException {
    Optional<Duration> allowed = policy.of(key.kind()).selfRoll();
    if (allowed.isEmpty()) {
      throw new InvalidRequestException("", "No key of this kind may roll itself in this realm");
    }
    if (policy.maxOverlap().compareTo(LEAST_OVERLAP) < 0) {
      throw new InvalidRequestException(
          "", "No key may roll itself while max-overlap is below " + LEAST_OVERLAP);
    }
    Instant end = key.validity().begun().plus(allowed.get());
    if (!now.isBefore(end)) {
      throw new InvalidRequestException("", "The key could roll itself until " + end);
    }
  }
}
