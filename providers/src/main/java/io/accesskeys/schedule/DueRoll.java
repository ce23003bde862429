package io.accesskeys.schedule;

import io.accesskeys.key.AccessKey;
import java.time.Instant;

/** A roll that is due. */
public interface DueRoll {

  /** The key, as it is now. */
  AccessKey key();

  /** Since when it is due. */
  Instant due();

  /** Until when the old secret is good, or the owner has time. */
  Instant deadline();

  /** Mails the owner that there is a new secret to pick up. */
  void tellOwner();

  /**
   * Rolls the key now; the old secret retires at the deadline. The whole text of the key, with its
   * new secret, is given here and never again.
   *
   * @throws IllegalStateException if the key cannot be rolled as it is
   */
  String roll();
}
