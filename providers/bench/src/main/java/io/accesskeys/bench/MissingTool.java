package io.accesskeys.bench;

import java.util.Optional;

/**
 * A program that a test wanted and this machine does not have.
 *
 * @param name of the program
 */
record MissingTool(String name) {

  private static final String REASON = "tool missing: ";

  /** What a report says of the skipped test. */
  String reason() {
    return REASON + name;
  }

  /** Reads {@link #reason()} back; empty when something else was the reason. */
  static Optional<MissingTool> ofReason(String reason) {
    return reason.startsWith(REASON)
        ? Optional.of(new MissingTool(reason.substring(REASON.length())))
        : Optional.empty();
  }
}
