package io.accesskeys.restriction;

/** What a restriction says of a request. */
public sealed interface Verdict {

  /** It may use the key. */
  Verdict ALLOWED = new Allowed();

  /** It may use the key. */
  record Allowed() implements Verdict {}

  /**
   * It may not use the key.
   *
   * @param reason one word of a short, fixed list, such as {@code address_unknown}: for events and
   *     for those who may know; never anything of the request
   */
  record Denied(String reason) implements Verdict {}

  /** Allowed if the condition holds, else denied for this reason. */
  static Verdict allowedIf(boolean condition, String reason) {
    return condition ? ALLOWED : new Denied(reason);
  }
}
