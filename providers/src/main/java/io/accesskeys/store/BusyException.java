package io.accesskeys.store;

import io.accesskeys.key.RefusedRequestException;

/** Somebody else holds what a request must change, and for longer than the database waits. */
public final class BusyException extends RefusedRequestException {

  private static final long serialVersionUID = 1L;

  BusyException() {
    super(
        "Another request is changing the same and has not finished, so nothing was changed. Send the"
            + " request again");
  }
}
