package io.accesskeys.history;

import java.io.Serializable;
import java.util.Objects;

/** The primary key of a row, as JPA wants it: the names of the id attributes. */
final class HistoryRowId implements Serializable {

  private static final long serialVersionUID = 1L;

  String realmId;
  String keyId;
  int version;

  /** For JPA. */
  HistoryRowId() {}

  @Override
  public boolean equals(Object other) {
    return other instanceof HistoryRowId that
        && Objects.equals(realmId, that.realmId)
        && Objects.equals(keyId, that.keyId)
        && version == that.version;
  }

  @Override
  public int hashCode() {
    return Objects.hash(realmId, keyId, version);
  }
}
