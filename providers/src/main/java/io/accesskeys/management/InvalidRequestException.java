package io.accesskeys.management;

import io.accesskeys.key.RefusedRequestException;

/** A request that asks for what cannot be: which member, and why. Nothing was changed. */
public final class InvalidRequestException extends RefusedRequestException {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the path of the member, such as {@code scopes[0]}; empty if it is the whole
   * @param reason a sentence for whoever wrote the request, without secrets
   */
  public InvalidRequestException(String field, String reason) {
    super(reason);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
