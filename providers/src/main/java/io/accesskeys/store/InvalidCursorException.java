package io.accesskeys.store;

/** Text that is not where a page of the same search ended. */
public final class InvalidCursorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  InvalidCursorException(IllegalArgumentException cause) {
    super("Not the end of a page of this search", cause);
  }
}
