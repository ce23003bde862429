package io.accesskeys.management;

import io.accesskeys.key.RefusedRequestException;

/** The key is not as the one who asks for a roll believes. Nothing was changed. */
public final class RollConflictException extends RefusedRequestException {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason a sentence that says what to do about it
   */
  RollConflictException(String reason) {
    super(reason);
  }
}
