package io.accesskeys.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.restriction.UntrustedJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Changes of keys as rows, and back. */
final class HistoryRows {

  private static final ObjectMapper JSON = UntrustedJson.builder().build();
  private static final int LONGEST_NAME = 255;

  private HistoryRows() {}

  static AccessKeyHistoryEntity toRow(AccessKey key, HistoryEntry entry) {
    AccessKeyHistoryEntity row = new AccessKeyHistoryEntity();
    row.realmId = key.realmId();
    row.keyId = key.id();
    row.version = entry.version();
    row.changedAt = entry.at().toEpochMilli();
    row.act = entry.act().wireName();
    row.actorKind = entry.actor().kind().wireName();
    row.actorId = entry.actor().id().orElse(null);
    // A user federation may have longer names than Keycloak's own table.
    row.actorName =
        entry.actor().username().filter(name -> name.length() <= LONGEST_NAME).orElse(null);
    row.actorRealm = entry.actor().realm().orElse(null);
    row.changes = write(entry.changes());
    row.reason = entry.reason().orElse(null);
    return row;
  }

  /**
   * @throws IllegalStateException if the row holds what no version of ours wrote
   */
  static HistoryEntry toEntry(AccessKeyHistoryEntity row) {
    ActorKind kind =
        ActorKind.of(row.actorKind)
            .orElseThrow(() -> new IllegalStateException("No actor is of kind " + row.actorKind));
    return new HistoryEntry(
        Instant.ofEpochMilli(row.changedAt),
        Act.of(row.act),
        new RecordedActor(
            kind,
            Optional.ofNullable(row.actorId),
            Optional.ofNullable(row.actorName),
            Optional.ofNullable(row.actorRealm)),
        row.version,
        read(row.changes),
        Optional.ofNullable(row.reason));
  }

  private static String write(List<FieldChange> changes) {
    try {
      return JSON.writeValueAsString(changes);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Changes of a key cannot be written", e);
    }
  }

  private static List<FieldChange> read(String stored) {
    try {
      return JSON.readValue(stored, new TypeReference<List<FieldChange>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored column cannot be read", e);
    }
  }
}
