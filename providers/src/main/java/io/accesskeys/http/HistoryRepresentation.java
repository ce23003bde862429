package io.accesskeys.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.history.FieldChange;
import io.accesskeys.history.HistoryEntry;
import io.accesskeys.history.RecordedActor;
import java.util.List;

/**
 * One change of a key.
 *
 * @param at when, ISO-8601 in UTC
 * @param act what was done, such as {@code roll}
 * @param version that of the key after the change
 * @param changes the members that differ
 * @param reason of a revocation
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HistoryRepresentation(
    String at, String act, Actor actor, int version, List<FieldChange> changes, String reason) {

  /**
   * Who made the change.
   *
   * @param kind such as {@code administrator}
   * @param id of the user, for those who may know it
   * @param username at that time
   * @param realm the name of the user's realm, if it is another than the key's
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Actor(String kind, String id, String username, String realm) {

    static Actor of(RecordedActor actor) {
      return new Actor(
          actor.kind().wireName(),
          actor.id().orElse(null),
          actor.username().orElse(null),
          actor.realm().orElse(null));
    }
  }

  static HistoryRepresentation of(HistoryEntry entry, RecordedActor shown) {
    return new HistoryRepresentation(
        entry.at().toString(),
        entry.act().wireName(),
        Actor.of(shown),
        entry.version(),
        entry.changes(),
        entry.reason().orElse(null));
  }
}
