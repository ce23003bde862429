package io.accesskeys.store;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/** A row of {@code ACCESS_KEY_USAGE}: the uses of a key, written in batches. */
@Entity
@Table(name = "ACCESS_KEY_USAGE")
@IdClass(KeyId.class)
class AccessKeyUsageEntity {

  @Id
  @Column(name = "REALM_ID", length = 36)
  String realmId;

  /** That of the key. */
  @Id
  @Column(name = "KEY_ID", length = 16)
  String id;

  /** The last use, or else the creation of the key. */
  @Column(name = "IDLE_SINCE", nullable = false)
  long idleSince;

  @Column(name = "LAST_USED_AT")
  Long lastUsedAt;

  @Column(name = "LAST_USED_FROM", length = 64)
  String lastUsedFrom;

  @Column(name = "USE_COUNT", nullable = false)
  long useCount;
}
