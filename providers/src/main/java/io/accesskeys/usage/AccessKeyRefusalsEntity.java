package io.accesskeys.usage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Nationalized;

/** A row of {@code ACCESS_KEY_REFUSALS}: the last refusals of a key. */
@Entity
@Table(name = "ACCESS_KEY_REFUSALS")
@IdClass(RefusalsRowId.class)
class AccessKeyRefusalsEntity {

  @Id
  @Column(name = "REALM_ID", length = 36, updatable = false)
  String realmId;

  @Id
  @Column(name = "KEY_ID", length = 16, updatable = false)
  String keyId;

  /** A JSON array of {@link RefusedUse}s, newest first. */
  @Nationalized
  @Column(name = "REFUSALS", nullable = false)
  String refusals;

  /** The day of the newest, in days since the epoch. */
  @Column(name = "LAST_DAY", nullable = false)
  int lastDay;
}
