package io.accesskeys.history;

import java.util.Locale;
import java.util.stream.Stream;

/** What was done to a key. Stored, and in user events as {@code action}: names never change. */
public enum Act {
  CREATE,
  /** Stored from a file. */
  IMPORT,
  EDIT,
  /** By a person or an administrator. */
  ROLL,
  /** By the key itself. */
  SELF_ROLL,
  /** By the delivery of a roll that was due. */
  SCHEDULED_ROLL,
  /** The end of an old secret was put off, because nobody had used the new one. */
  EXTEND,
  /** The policy gave a schedule to a key that had none. */
  IMPOSE_SCHEDULE,
  SUSPEND,
  /** Suspended because somebody used a secret that had retired. */
  SUSPEND_REUSED,
  /** Suspended because its application has another registrant. */
  SUSPEND_TRANSFERRED,
  RESUME,
  REVOKE,
  /** Found in public; by policy that has revoked it. */
  EXPOSED,
  /** Taken off its owner's list. */
  REMOVE,
  /** A client scope that it had was deleted. */
  SCOPE_REMOVED;

  /** The word in the database, in events and on the wire, such as {@code self-roll}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @throws IllegalStateException if no version of ours wrote this word
   */
  static Act of(String wireName) {
    return Stream.of(values())
        .filter(act -> act.wireName().equals(wireName))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("No act is called " + wireName));
  }
}
