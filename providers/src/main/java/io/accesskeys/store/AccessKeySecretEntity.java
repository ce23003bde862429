package io.accesskeys.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** A row of {@code ACCESS_KEY_SECRET}: one version of a key's secret, as a hash. */
@Entity
@Table(name = "ACCESS_KEY_SECRET")
@IdClass(AccessKeySecretEntity.Key.class)
class AccessKeySecretEntity {

  @Id
  @Column(name = "REALM_ID", length = 36)
  String realmId;

  @Id
  @Column(name = "KEY_ID", length = 16)
  String keyId;

  @Id
  @Column(name = "SECRET_NUMBER")
  int number;

  @ManyToOne(fetch = FetchType.LAZY)
  @JoinColumn(
      name = "REALM_ID",
      referencedColumnName = "REALM_ID",
      insertable = false,
      updatable = false)
  @JoinColumn(name = "KEY_ID", referencedColumnName = "ID", insertable = false, updatable = false)
  AccessKeyEntity key;

  @Column(name = "ALGORITHM", length = 32, nullable = false, updatable = false)
  String algorithm;

  @Column(name = "HASH", length = 128, nullable = false, updatable = false)
  String hash;

  @Column(name = "HINT", length = 4, nullable = false, updatable = false)
  String hint;

  /** The hash of a text that another system made, by which it is found; null for our own. */
  @Column(name = "LEGACY_DIGEST", length = 43, updatable = false)
  String legacyDigest;

  @Column(name = "CREATED_AT", nullable = false, updatable = false)
  long createdAt;

  @Column(name = "RETIRES_AT")
  Long retiresAt;

  @Column(name = "EXTENDED_AT")
  Long extendedAt;

  @Column(name = "LAST_USED_AT")
  Long lastUsedAt;

  /** The primary key, as JPA wants it: the names of the id attributes. */
  static final class Key implements Serializable {

    private static final long serialVersionUID = 1L;

    String realmId;
    String keyId;
    int number;

    @Override
    public boolean equals(Object other) {
      return other instanceof Key that
          && number == that.number
          && Objects.equals(realmId, that.realmId)
          && Objects.equals(keyId, that.keyId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(realmId, keyId, number);
    }
  }
}
