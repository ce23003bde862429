package io.accesskeys.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A row of {@code ACCESS_KEY_OWNER}: what {@link OwnerLock} locks. */
@Entity
@Table(name = "ACCESS_KEY_OWNER")
@IdClass(AccessKeyOwnerEntity.Key.class)
class AccessKeyOwnerEntity {

  @Id
  @Column(name = "REALM_ID", length = 36)
  String realmId;

  @Id
  @Column(name = "OWNER_ID", length = 255)
  String ownerId;

  /** Counted up by whoever locks the row. */
  @Column(name = "TURNS", nullable = false)
  long turns;

  /** The primary key, as JPA wants it: the names of the id attributes. */
  static final class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    String realmId;
    String ownerId;

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && Objects.equals(realmId, that.realmId)
          && Objects.equals(ownerId, that.ownerId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(realmId, ownerId);
    }
  }
}
