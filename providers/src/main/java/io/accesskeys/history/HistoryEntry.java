package io.accesskeys.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One change of a key.
 *
 * @param version that of the key after the change; no two changes of a key have the same
 * @param changes the members that differ, in the order in which a key shows them
 * @param reason the sentence of whoever revoked the key
 */
public record HistoryEntry(
    Instant at,
    Act act,
    RecordedActor actor,
    int version,
    List<FieldChange> changes,
    Optional<String> reason) {

  public HistoryEntry {
    changes = List.copyOf(changes);
  }
}
