package io.accesskeys.store;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.Limits;
import java.time.Instant;
import java.util.Map;

/** One condition on keys to find; each has an index, unless it says otherwise. */
public sealed interface Criterion {

  /** Acts as this user; for a client secret, as this client. */
  record OwnedBy(String ownerId) implements Criterion {}

  /** Is of this kind. */
  record OfKind(KeyKind kind) implements Criterion {}

  /** Was issued for the API client of this id. */
  record IssuedFor(String clientId) implements Criterion {}

  /** Is in this state by its own dates at this instant, the policy's limits not counted. */
  record InState(KeyState state, Instant at) implements Criterion {}

  /** Is not revoked and expires between these instants, the second not included. */
  record ExpiringBetween(Instant from, Instant to) implements Criterion {}

  /** Is not revoked and never expires. */
  record NeverExpiring() implements Criterion {}

  /** Was neither used nor made since this instant. */
  record UnusedSince(Instant instant) implements Criterion {}

  /** Was never used. No index helps here. */
  record NeverUsed() implements Criterion {}

  /** Has no restriction. */
  record Unrestricted() implements Criterion {}

  /** Has a name that begins so, in upper or lower case. */
  record NameBegins(String prefix) implements Criterion {}

  /**
   * Is neither revoked nor expired, and was made for longer than keys of its kind may live, or
   * lacks a restriction that they must have. No index helps here: it is asked seldom, when a policy
   * has been tightened.
   *
   * @param limits what is allowed of each kind, enforced already or not
   */
  record BeyondPolicy(Map<KeyKind, Limits> limits, Instant at) implements Criterion {}

  /**
   * Is alive by its own dates, and a change of the policy ends it: its kind is switched off, it was
   * not used for too long, or, where existing keys must comply from a date on, it is what {@link
   * BeyondPolicy} finds. Rolls that are overdue are not looked at. No index helps here.
   *
   * @param before what ends keys of each kind now
   * @param after what will
   */
  record EndedByChange(Map<KeyKind, Ends> before, Map<KeyKind, Ends> after, Instant at)
      implements Criterion {}

  /**
   * What ends keys of a kind.
   *
   * @param enabled whether they are honoured at all
   */
  record Ends(boolean enabled, Limits limits) {}

  /** Is alive by its own dates, and its own schedule made a roll due before this instant. */
  record RollDueBefore(Instant instant) implements Criterion {}

  /**
   * Is alive by its own dates, and of no use to anybody: its owner is disabled, or the client whose
   * service account that is, or the API client.
   */
  record Orphaned(Instant at) implements Criterion {}

  /** Is alive by its own dates, of this kind, and has no schedule. No index helps here. */
  record Unscheduled(KeyKind kind, Instant at) implements Criterion {}

  /** Has a secret that retires between these instants, the second not included. */
  record RetiringBetween(Instant from, Instant to) implements Criterion {}

  /** Has a current secret that another system made. */
  record Legacy() implements Criterion {}

  /** Its owner has not taken it off their list. */
  record Listed() implements Criterion {}
}
