package io.accesskeys.key;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What kind of actor has changed a key. Stored and exported: names are never changed. */
public enum ActorKind {
  /** The person whose key it is. */
  OWNER,
  /** A person who has registered the application that the key belongs to. */
  REGISTRANT,
  /** Somebody with rights at the Admin REST API. */
  ADMINISTRATOR,
  /** Whoever presented the key itself. */
  HOLDER,
  /** A job: the schedule of the key, or the policy of the realm. */
  SCHEDULE,
  /** The alarm about a retired secret that was used. */
  ALARM,
  /** The transfer of an application: its former registrant knows the secret. */
  TRANSFER;

  /** The word in the database and in exports. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind of this word, if it is one. */
  public static Optional<ActorKind> of(String wireName) {
    return Stream.of(values()).filter(kind -> kind.wireName().equals(wireName)).findFirst();
  }
}
