package io.accesskeys.restriction;

/** A restriction that cannot be read: which member, and why. */
public final class InvalidRestrictionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the path of the member, such as {@code restrictions[0].allow[1]}
   * @param reason a sentence for whoever wrote it
   */
  public InvalidRestrictionException(String field, String reason) {
    super(reason);
    this.field = field;
  }

  public String field() {
    return field;
  }
}
