package io.accesskeys.usage;

import java.io.Serializable;
import java.util.Objects;

/** The primary key of {@link AccessKeySeenEntity}. */
final class SeenRowId implements Serializable {

  private static final long serialVersionUID = 1L;

  String realmId;
  String keyId;
  String type;
  String name;

  /** For JPA. */
  SeenRowId() {}

  SeenRowId(String realmId, String keyId, String type, String name) {
    this.realmId = realmId;
    this.keyId = keyId;
    this.type = type;
    this.name = name;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SeenRowId that
        && Objects.equals(realmId, that.realmId)
        && Objects.equals(keyId, that.keyId)
        && Objects.equals(type, that.type)
        && Objects.equals(name, that.name);
  }

  @Override
  public int hashCode() {
    return Objects.hash(realmId, keyId, type, name);
  }
}
