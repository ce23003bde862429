package io.accesskeys.management;

import io.accesskeys.key.RefusedRequestException;

/** The key is not as the one who changes it believes. Nothing was changed. */
public final class KeyConflictException extends RefusedRequestException {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason a sentence that says what to do about it
   */
  public KeyConflictException(String reason) {
    super(reason);
  }
}
