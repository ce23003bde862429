package io.accesskeys.management;

import io.accesskeys.key.RefusedRequestException;

/** The one who asks may not do that to the key. Nothing was changed. */
public final class NotAllowedException extends RefusedRequestException {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason a sentence for the one who asks
   */
  NotAllowedException(String reason) {
    super(reason);
  }
}
