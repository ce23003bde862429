package io.accesskeys.key;

import java.util.Locale;

/** The state of a key at an instant: {@link AccessKey#stateAt}. */
public enum KeyState {
  /** Its not-before instant is ahead. */
  PENDING,
  ACTIVE,
  /** Active with two secrets: a current one and one that retires. */
  ROLLING,
  /** Switched off by its owner or an administrator; can be resumed. */
  SUSPENDED,
  EXPIRED,
  REVOKED,
  /** Its text was found in public. */
  EXPOSED;

  /** Whether a key in this state is honoured. */
  public boolean usable() {
    return switch (this) {
      case ACTIVE, ROLLING -> true;
      case PENDING, SUSPENDED, EXPIRED, REVOKED, EXPOSED -> false;
    };
  }

  /** The name in responses and events. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
