package io.accesskeys.jobs;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.Limits;
import io.accesskeys.management.Actor;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.IssuedKey;
import io.accesskeys.management.KeyConflictException;
import io.accesskeys.management.KeyManager;
import io.accesskeys.management.RollRequest;
import io.accesskeys.management.RollRequest.Replace;
import io.accesskeys.notice.NoticeKind;
import io.accesskeys.notice.Notices;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.schedule.DueRoll;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** A key whose roll is due, in the transaction of this session. */
final class DueKey implements DueRoll {

  private final KeycloakSession session;
  private final SecureRandom random;
  private final RealmPolicy policy;
  private final AccessKey key;
  private final Instant now;

  DueKey(KeycloakSession session, SecureRandom random, AccessKey key, Instant now) {
    this.session = session;
    this.random = random;
    this.policy = RealmPolicy.of(session, session.getContext().getRealm());
    this.key = key;
    this.now = now;
  }

  @Override
  public AccessKey key() {
    return key;
  }

  @Override
  public Instant due() {
    return key.rollDue(limits()).orElseThrow();
  }

  @Override
  public Instant deadline() {
    return key.rollDeadline(limits()).orElseThrow();
  }

  @Override
  public void tellOwner() {
    tell(NoticeKind.ROLL_DUE, 0);
  }

  /** Tells the owner once for each time it is due, and for each count. */
  void tell(NoticeKind kind, long count) {
    new Notices(session, session.getContext().getRealm()).tell(kind, due() + "/" + count, key, now);
  }

  @Override
  public String roll() {
    Duration left = Duration.between(now, deadline());
    Duration overlap = left.isNegative() ? Duration.ZERO : left;
    RollRequest request =
        new RollRequest(
            Optional.of(overlap.compareTo(policy.maxOverlap()) < 0 ? overlap : policy.maxOverlap()),
            Optional.empty(),
            Replace.REPLACE,
            Optional.of(key.version()));
    try {
      IssuedKey rolled =
          new KeyManager(session, policy, random, now).roll(key, request, new Actor.Schedule());
      return rolled.text().reveal();
    } catch (InvalidRequestException | KeyConflictException e) {
      // Caught: deliveries of others are promised this one, and know no other type of ours.
      throw new IllegalStateException("The key cannot be rolled: " + e.getMessage(), e);
    }
  }

  private Limits limits() {
    return policy.limits(key.kind());
  }
}
