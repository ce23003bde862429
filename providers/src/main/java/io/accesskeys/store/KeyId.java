package io.accesskeys.store;

import java.io.Serializable;
import java.util.Objects;

/**
 * What a key is told by: an id means nothing without its realm, so that a realm can be copied into
 * another one of the same server, keys included. Also the primary key of their rows, as JPA wants
 * it: the names of the id attributes.
 */
final class KeyId implements Serializable {

  private static final long serialVersionUID = 1L;

  String realmId;
  String id;

  /** For JPA. */
  KeyId() {}

  KeyId(String realmId, String id) {
    this.realmId = realmId;
    this.id = id;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyId that
        && Objects.equals(realmId, that.realmId)
        && Objects.equals(id, that.id);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(realmId) + Objects.hashCode(id);
  }

  @Override
  public String toString() {
    return realmId + '/' + id;
  }
}
