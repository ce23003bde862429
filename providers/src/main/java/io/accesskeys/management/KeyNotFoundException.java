package io.accesskeys.management;

import io.accesskeys.key.RefusedRequestException;

/** There is no such key for the one who asks. Nothing was changed. */
public final class KeyNotFoundException extends RefusedRequestException {

  private static final long serialVersionUID = 1L;

  /** Of a key that somebody may not know of, or that there is not. */
  public KeyNotFoundException() {
    super("You have no key of this id");
  }
}
