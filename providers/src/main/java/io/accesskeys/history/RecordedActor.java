package io.accesskeys.history;

import io.accesskeys.key.ActorKind;
import java.util.Optional;

/**
 * Who made a change, as they were known at that time.
 *
 * @param id of the user; empty if the key itself, a job or an alarm did it, or if Keycloak does not
 *     say who
 * @param username of that user
 * @param realm the name of the user's realm, if it is another than the key's
 */
public record RecordedActor(
    ActorKind kind, Optional<String> id, Optional<String> username, Optional<String> realm) {

  /** Somebody of whom only the kind is known. */
  public static RecordedActor of(ActorKind kind) {
    return new RecordedActor(kind, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** The same without what tells who it was. */
  public RecordedActor anonymous() {
    return of(kind);
  }
}
