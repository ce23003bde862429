package io.accesskeys.key;

import java.time.Instant;
import java.util.Optional;

/**
 * When a key holds, and what has been done to it.
 *
 * @param created when it was made and by whom
 * @param notBefore refused before this instant
 * @param expires refused from this instant on
 * @param suspended when it was switched off
 * @param exposed when it was reported as public
 * @param revoked when it was revoked, for good
 */
public record Validity(
    Creation created,
    Optional<Instant> notBefore,
    Optional<Instant> expires,
    Optional<Instant> suspended,
    Optional<Instant> exposed,
    Optional<Instant> revoked) {

  /**
   * The birth of a key.
   *
   * @param at when
   * @param by the id of the user who made it, the owner or an administrator
   */
  public record Creation(Instant at, String by) {}

  /** Good from its creation until it expires. */
  public static Validity until(Creation created, Instant expires) {
    return new Validity(
        created,
        Optional.empty(),
        Optional.of(expires),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
