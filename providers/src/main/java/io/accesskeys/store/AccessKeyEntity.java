package io.accesskeys.store;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Nationalized;

/** A row of {@code ACCESS_KEY}; instants are milliseconds since the epoch. */
@Entity
@Table(name = "ACCESS_KEY")
class AccessKeyEntity {

  @Id
  @Column(name = "ID", length = 16)
  String id;

  @Column(name = "REALM_ID", length = 36, nullable = false, updatable = false)
  String realmId;

  @Column(name = "KIND", length = 32, nullable = false, updatable = false)
  String kind;

  @Column(name = "PREFIX", length = 24, nullable = false, updatable = false)
  String prefix;

  /** A federated user's id is longer than a UUID. */
  @Column(name = "OWNER_ID", length = 255, nullable = false, updatable = false)
  String ownerId;

  @Column(name = "CLIENT_ID", length = 36, nullable = false, updatable = false)
  String clientId;

  @Nationalized
  @Column(name = "NAME", length = 120, nullable = false)
  String name;

  /** Separated by one space, sorted. */
  @Column(name = "SCOPES", nullable = false)
  String scopes;

  /** A JSON array. */
  @Column(name = "RESTRICTIONS", nullable = false)
  String restrictions;

  @Column(name = "CREATED_AT", nullable = false, updatable = false)
  long createdAt;

  @Column(name = "CREATED_BY", length = 255, nullable = false, updatable = false)
  String createdBy;

  @Column(name = "NOT_BEFORE")
  Long notBefore;

  @Column(name = "EXPIRES_AT")
  Long expiresAt;

  @Column(name = "SUSPENDED_AT")
  Long suspendedAt;

  @Column(name = "EXPOSED_AT")
  Long exposedAt;

  @Column(name = "REVOKED_AT")
  Long revokedAt;

  @Version
  @Column(name = "VERSION", nullable = false)
  int version;

  /** With the key in one statement when one is read, in one more for a page of keys. */
  @BatchSize(size = 100)
  @OneToMany(
      mappedBy = "key",
      cascade = CascadeType.ALL,
      orphanRemoval = true,
      fetch = FetchType.EAGER)
  List<AccessKeySecretEntity> secrets = new ArrayList<>();
}
