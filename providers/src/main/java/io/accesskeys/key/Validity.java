package io.accesskeys.key;

import java.time.Instant;
import java.util.Optional;

/**
 * When a key holds, and what has been done to it.
 *
 * @param created when it was made and by whom
 * @param renewed when it was last given a new expiry; empty if it has the one from its creation
 * @param notBefore refused before this instant
 * @param expires refused from this instant on; empty for never
 * @param suspended that it was switched off
 * @param exposed when its current secret was reported as public
 * @param revoked that it was revoked, for good
 * @param removed when its owner took it off their list
 */
public record Validity(
    Creation created,
    Optional<Instant> renewed,
    Optional<Instant> notBefore,
    Optional<Instant> expires,
    Optional<Suspension> suspended,
    Optional<Instant> exposed,
    Optional<Revocation> revoked,
    Optional<Instant> removed) {

  /**
   * The birth of a key.
   *
   * @param at when
   * @param by the id of the user who made it, the owner or an administrator
   */
  public record Creation(Instant at, String by) {}

  /**
   * The rest of a key.
   *
   * @param at since when
   * @param by the id of the user who switched it off; of the owner if nobody did by hand
   * @param kind what kind of actor did: it decides who may switch the key on again
   */
  public record Suspension(Instant at, String by, ActorKind kind) {}

  /**
   * The end of a key.
   *
   * @param at when
   * @param reason a sentence of whoever revoked it
   */
  public record Revocation(Instant at, Optional<String> reason) {}

  /** Good from one instant to another; empty for its creation, and for ever. */
  public static Validity between(
      Creation created, Optional<Instant> notBefore, Optional<Instant> expires) {
    return new Validity(
        created,
        Optional.empty(),
        notBefore,
        expires,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The same, but switched off. */
  public Validity suspended(Suspension suspension) {
    return new Validity(
        created, renewed, notBefore, expires, Optional.of(suspension), exposed, revoked, removed);
  }

  /** Since when its present life counts: its renewal, or else its creation. */
  public Instant begun() {
    return renewed.orElse(created.at());
  }
}
