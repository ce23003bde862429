package io.accesskeys.restriction;

import java.util.Optional;

/** What a restriction says of a request. */
public sealed interface Verdict {

  /** It may use the key. */
  Verdict ALLOWED = new Allowed();

  /** Why the request may not use the key; empty if it may. */
  Optional<String> objection();

  /** It may use the key. */
  record Allowed() implements Verdict {
    @Override
    public Optional<String> objection() {
      return Optional.empty();
    }
  }

  /**
   * It may not use the key.
   *
   * @param reason one word of a short, fixed list, such as {@code address_unknown}: for events and
   *     for those who may know; never anything of the request
   */
  record Denied(String reason) implements Verdict {
    @Override
    public Optional<String> objection() {
      return Optional.of(reason);
    }
  }

  /** Allowed if the condition holds, else denied for this reason. */
  static Verdict allowedIf(boolean condition, String reason) {
    return condition ? ALLOWED : new Denied(reason);
  }
}
