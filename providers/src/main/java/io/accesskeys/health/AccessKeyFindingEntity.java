package io.accesskeys.health;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A row of {@code ACCESS_KEY_FINDING}: since when something is wrong. */
@Entity
@Table(name = "ACCESS_KEY_FINDING")
class AccessKeyFindingEntity {

  /** Follows from the realm and what is wrong, so that two nodes write the same. */
  @Id
  @Column(name = "ID", length = 36)
  String id;

  @Column(name = "REALM_ID", length = 36, nullable = false, updatable = false)
  String realmId;

  /** When a job first saw it. */
  @Column(name = "SINCE", nullable = false, updatable = false)
  long since;
}
