package io.accesskeys.store;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyState;
import io.accesskeys.key.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One condition on keys to find. It owns everything that a search needs to know of it: what it asks
 * of the rows, the index that finds them and so the order in which they come. A new one does not
 * compile without that.
 */
public sealed interface Criterion {

  /** How such keys are found. */
  Lookup lookup();

  /** Acts as this user; for a client secret, as this client. */
  record OwnedBy(String ownerId) implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.OWNER.where(
          rows -> List.of(rows.equal(AccessKeyEntity_.OWNER_ID, ownerId)));
    }
  }

  /** Is of this kind. */
  record OfKind(KeyKind kind) implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.KIND.where(
          rows -> List.of(rows.equal(AccessKeyEntity_.KIND, kind.wireName())));
    }
  }

  /** Was issued for the API client of this id. */
  record IssuedFor(String clientId) implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.API_CLIENT.where(
          rows -> List.of(rows.equal(AccessKeyEntity_.CLIENT_ID, clientId)));
    }
  }

  /** Is in this state by its own dates at this instant, the policy's limits not counted. */
  record InState(KeyState state, Instant at) implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.of(state).where(rows -> rows.inState(state, at));
    }
  }

  /** Is not revoked and expires between these instants, the second not included. */
  record ExpiringBetween(Instant from, Instant to) implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.NEXT_TO_EXPIRE.where(
          rows ->
              List.of(
                  rows.notRevoked(),
                  rows.notBefore(AccessKeyEntity_.EXPIRES_AT, from),
                  rows.before(AccessKeyEntity_.EXPIRES_AT, to)));
    }
  }

  /** Is not revoked and never expires. */
  record NeverExpiring() implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.NEWEST_FIRST.where(
          rows -> List.of(rows.notRevoked(), rows.absent(AccessKeyEntity_.EXPIRES_AT)));
    }
  }

  /** Was neither used nor made since this instant. */
  record UnusedSince(Instant instant) implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.LONGEST_IDLE.where(rows -> rows.idleSinceBefore(instant));
    }
  }

  /** Was never used. */
  record NeverUsed() implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.NEWEST_FIRST.where(rows -> List.of(rows.neverUsed()));
    }
  }

  /** Has no restriction that is enforced. */
  record Unrestricted() implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.RESTRICTED.where(rows -> List.of(rows.no(AccessKeyEntity_.RESTRICTED)));
    }
  }

  /** Has a name that begins so, in upper or lower case. */
  record NameBegins(String prefix) implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.NAME.where(rows -> rows.nameBegins(prefix));
    }
  }

  /**
   * Is neither revoked nor expired, and was made for longer than keys of its kind may live, or
   * lacks a restriction that they must have. It is asked seldom, when a policy has been tightened.
   *
   * @param limits what is allowed of each kind, enforced already or not
   */
  record BeyondPolicy(Map<KeyKind, Limits> limits, Instant at) implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.NEWEST_FIRST.where(
          rows -> List.of(rows.notRevoked(), rows.notExpired(at), rows.policy().anyBeyond(limits)));
    }
  }

  /**
   * Is alive by its own dates, and a change of the policy ends it: its kind is switched off, it was
   * not used for too long, or, where existing keys must comply from a date on, it is what {@link
   * BeyondPolicy} finds. Rolls that are overdue are not looked at.
   *
   * @param before what ends keys of each kind now
   * @param after what will
   */
  record EndedByChange(Map<KeyKind, Ends> before, Map<KeyKind, Ends> after, Instant at)
      implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.NEWEST_FIRST.where(
          rows ->
              List.of(
                  rows.notRevoked(),
                  rows.notExpired(at),
                  rows.policy().anyEnds(after, at),
                  rows.policy().anyEnds(before, at).not()));
    }
  }

  /**
   * What ends keys of a kind.
   *
   * @param enabled whether they are honoured at all
   */
  record Ends(boolean enabled, Limits limits) {}

  /** Is alive by its own dates, and its own schedule made a roll due before this instant. */
  record RollDueBefore(Instant instant) implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.NEXT_TO_ROLL.where(
          rows -> List.of(rows.before(AccessKeyEntity_.ROLL_DUE_AT, instant), rows.notRevoked()));
    }
  }

  /**
   * Is alive by its own dates, and of no use to anybody: its owner is disabled, or the client whose
   * service account that is, or the API client.
   */
  record Orphaned(Instant at) implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.NEWEST_FIRST.where(
          rows -> List.of(rows.notRevoked(), rows.notExpired(at), rows.isOrphaned()));
    }
  }

  /** Is alive by its own dates, of this kind, and has no schedule. */
  record Unscheduled(KeyKind kind, Instant at) implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.KIND.where(
          rows ->
              List.of(
                  rows.equal(AccessKeyEntity_.KIND, kind.wireName()),
                  rows.absent(AccessKeyEntity_.ROLL_WINDOW),
                  rows.notRevoked(),
                  rows.notExpired(at)));
    }
  }

  /** Has a secret that retires between these instants, the second not included. */
  record RetiringBetween(Instant from, Instant to) implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.RETIRING.where(
          rows ->
              List.of(rows.notRevoked(), rows.hasRetiring(from.toEpochMilli(), to.toEpochMilli())));
    }
  }

  /** Has a current secret that another system made. */
  record Legacy() implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.NEWEST_FIRST.where(rows -> List.of(rows.isLegacy()));
    }
  }

  /** Its owner has not taken it off their list. */
  record Listed() implements Criterion {
    @Override
    public Lookup lookup() {
      return SearchOrder.NEWEST_FIRST.where(
          rows -> List.of(rows.absent(AccessKeyEntity_.REMOVED_AT)));
    }
  }
}
