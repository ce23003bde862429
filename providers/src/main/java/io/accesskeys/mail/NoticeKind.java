package io.accesskeys.mail;

import java.util.Locale;

/** What a mail tells. Its subject and text are messages named after it. */
public enum NoticeKind {
  CREATED,
  /** The key has a new secret. */
  ROLLED,
  /** Somebody uses a secret of the key that was retired. */
  REUSED,
  REVOKED,
  /** The key's secret was found in public. */
  EXPOSED,
  /** The key expires in 30, 7 or 1 days. */
  EXPIRING,
  EXPIRED,
  /** A policy that was tightened will end the key. */
  POLICY;

  /** The word in messages and in the database. */
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
