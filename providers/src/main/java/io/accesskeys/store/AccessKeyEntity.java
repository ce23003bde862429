package io.accesskeys.store;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.OneToMany;
import jakarta.persistence.OneToOne;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.Nationalized;

/** A row of {@code ACCESS_KEY}; instants are milliseconds since the epoch. */
@Entity
@Table(name = "ACCESS_KEY")
@IdClass(KeyId.class)
class AccessKeyEntity {

  @Id
  @Column(name = "REALM_ID", length = 36)
  String realmId;

  @Id
  @Column(name = "ID", length = 16)
  String id;

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

  /** The name for sorting and searching: {@link NameOrder}. */
  @Column(name = "NAME_ORDER", length = 64)
  String nameOrder;

  @Nationalized
  @Column(name = "DESCRIPTION", length = 500)
  String description;

  /** A flat JSON object, or nothing. */
  @Nationalized
  @Column(name = "METADATA")
  String metadata;

  @Column(name = "CLASSIC", nullable = false)
  boolean classic;

  /** A JSON array, or nothing. */
  @Nationalized
  @Column(name = "AUTHORIZATION_DETAILS")
  String authorizationDetails;

  /** Whether there are any restrictions that are enforced, for searching. */
  @Column(name = "RESTRICTED", nullable = false)
  boolean restricted;

  /** Ids of client scopes, separated by one space, sorted. */
  @Column(name = "SCOPES", nullable = false)
  String scopes;

  /** A JSON array. */
  @Column(name = "RESTRICTIONS", nullable = false)
  String restrictions;

  @Column(name = "CREATED_AT", nullable = false, updatable = false)
  long createdAt;

  @Column(name = "CREATED_BY", length = 255, nullable = false, updatable = false)
  String createdBy;

  @Column(name = "RENEWED_AT")
  Long renewedAt;

  @Column(name = "NOT_BEFORE")
  Long notBefore;

  @Column(name = "EXPIRES_AT")
  Long expiresAt;

  @Column(name = "SUSPENDED_AT")
  Long suspendedAt;

  /** The id of a user. */
  @Column(name = "SUSPENDED_BY", length = 255)
  String suspendedBy;

  /** What kind of actor that was. */
  @Column(name = "SUSPENDED_BY_KIND", length = 16)
  String suspendedByKind;

  @Column(name = "EXPOSED_AT")
  Long exposedAt;

  @Column(name = "REVOKED_AT")
  Long revokedAt;

  @Nationalized
  @Column(name = "REVOKED_REASON", length = 255)
  String revokedReason;

  @Column(name = "REMOVED_AT")
  Long removedAt;

  /** An ISO-8601 period. */
  @Column(name = "ROLL_EVERY", length = 32)
  String rollEvery;

  @Column(name = "ROLL_FIRST_AT")
  Long rollFirstAt;

  /** Where a calendar without a first time starts. */
  @Column(name = "ROLL_START_AT")
  Long rollStartAt;

  /** An ISO-8601 duration; nothing for a key without a schedule. */
  @Column(name = "ROLL_WINDOW", length = 32)
  String rollWindow;

  @Column(name = "ROLL_DELIVERY", length = 64)
  String rollDelivery;

  /** When the next roll is due by the key's own schedule, for searching. */
  @Column(name = "ROLL_DUE_AT")
  Long rollDueAt;

  /** Which of these times was handed to the delivery. */
  @Column(name = "ROLL_TOLD_FOR")
  Long rollToldFor;

  @Version
  @Column(name = "VERSION", nullable = false)
  int version;

  /** Detached with the key: an import looks for changes in no more than the key at hand. */
  @OneToOne(cascade = CascadeType.DETACH)
  @PrimaryKeyJoinColumn(name = "REALM_ID", referencedColumnName = "REALM_ID")
  @PrimaryKeyJoinColumn(name = "ID", referencedColumnName = "KEY_ID")
  AccessKeyUsageEntity usage;

  /** With the key in one statement when one is read, in one more for a page of keys. */
  @BatchSize(size = 100)
  @OneToMany(
      mappedBy = "key",
      cascade = CascadeType.ALL,
      orphanRemoval = true,
      fetch = FetchType.EAGER)
  List<AccessKeySecretEntity> secrets = new ArrayList<>();
}
