package io.accesskeys.notice;

import java.util.Locale;
import java.util.Optional;

/** What a mail tells. Its subject and text are messages named after it. */
public enum NoticeKind {
  CREATED,
  /** More keys were created within minutes than are told of one by one. */
  CREATED_MANY,
  /** The key has a new secret. */
  ROLLED,
  /** A roll is due, and its owner is to pick up the new secret. */
  ROLL_DUE,
  /** A roll that is due should be done soon. */
  ROLL_DEADLINE,
  /** A roll was not done in time, and the key stays good. */
  ROLL_EXTENDED,
  /** A roll was not done in time, and the key is refused until it is. */
  ROLL_OVERDUE,
  /** The old secret is about to retire, and nobody has used the new one. */
  UNUSED,
  /** The same, and the end of the old secret was put off. */
  EXTENDED,
  /** Somebody uses a secret of the key that was retired. */
  REUSED,
  REVOKED,
  /** The same of keys that were revoked. */
  REVOKED_MANY,
  /** The key's secret was found in public. */
  EXPOSED,
  /** The key expires in 30, 7 or 1 days. */
  EXPIRING,
  EXPIRED,
  /** A policy that was tightened will end the key. */
  POLICY,
  /** The owner of keys was removed, and with it its keys. */
  OWNER_REMOVED,
  /** The API client of keys was removed, and with it all keys for it. */
  CLIENT_REMOVED,
  /** An API client has begun to break a rule, so that all keys for it are refused. */
  API_CLIENT_BROKEN;

  /** What stands for many of the kind; empty for a kind that is always told of one by one. */
  Optional<NoticeKind> many() {
    return switch (this) {
      case CREATED -> Optional.of(CREATED_MANY);
      case REVOKED -> Optional.of(REVOKED_MANY);
      default -> Optional.empty();
    };
  }

  /** The word in messages and in the database. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
