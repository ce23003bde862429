package io.accesskeys.usage;

import java.io.Serializable;
import java.util.Objects;

/** The primary key of {@link AccessKeyRefusalsEntity}. */
final class RefusalsRowId implements Serializable {

  private static final long serialVersionUID = 1L;

  String realmId;
  String keyId;

  /** For JPA. */
  RefusalsRowId() {}

  RefusalsRowId(String realmId, String keyId) {
    this.realmId = realmId;
    this.keyId = keyId;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RefusalsRowId that
        && Objects.equals(realmId, that.realmId)
        && Objects.equals(keyId, that.keyId);
  }

  @Override
  public int hashCode() {
    return Objects.hash(realmId, keyId);
  }
}
