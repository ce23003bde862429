package io.accesskeys.usage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** A row of {@code ACCESS_KEY_DAY}: the uses of one version of a key's secret on one day. */
@Entity
@Table(name = "ACCESS_KEY_DAY")
@IdClass(DayRowId.class)
class AccessKeyDayEntity {

  @Id
  @Column(name = "REALM_ID", length = 36, updatable = false)
  String realmId;

  @Id
  @Column(name = "KEY_ID", length = 16, updatable = false)
  String keyId;

  /** Days since the epoch, in UTC. */
  @Id
  @Column(name = "USE_DAY", updatable = false)
  int day;

  /** The number of the secret; 0 where it is not known. */
  @Id
  @Column(name = "SECRET", updatable = false)
  int secret;

  @Column(name = "ACCEPTED", nullable = false)
  long accepted;

  /** How many of those named no scope. */
  @Column(name = "UNNAMED", nullable = false)
  long unnamed;

  @Column(name = "REFUSED", nullable = false)
  long refused;

  @Column(name = "WRONG_SECRETS", nullable = false)
  long wrong;

  /** How many of the accepted a restriction has only reported. */
  @Column(name = "REPORTED", nullable = false)
  long reported;
}
