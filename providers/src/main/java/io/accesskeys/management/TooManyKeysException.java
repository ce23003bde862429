package io.accesskeys.management;

import io.accesskeys.key.RefusedRequestException;
import java.time.Duration;

/** Somebody has made more keys lately than anybody may. Nothing was changed. */
public final class TooManyKeysException extends RefusedRequestException {

  private static final long serialVersionUID = 1L;

  private final Duration wait;

  /**
   * @param wait until the next key may be made
   */
  TooManyKeysException(String reason, Duration wait) {
    super(reason);
    this.wait = wait;
  }

  /** How long to wait until the next key may be made, in whole seconds; at least one. */
  public long seconds() {
    return Math.max(1, wait.plusMillis(999).toSeconds());
  }
}
