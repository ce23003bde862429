package io.accesskeys.usage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/**
 * A row of {@code ACCESS_KEY_SEEN}: a scope that uses of a key named, an address they came from, or
 * an entry point they came by.
 */
@Entity
@Table(name = "ACCESS_KEY_SEEN")
@IdClass(SeenRowId.class)
class AccessKeySeenEntity {

  @Id
  @Column(name = "REALM_ID", length = 36, updatable = false)
  String realmId;

  @Id
  @Column(name = "KEY_ID", length = 16, updatable = false)
  String keyId;

  /** The name of a {@link KeyUses.SeenType}. */
  @Id
  @Column(name = "TYPE", length = 16, updatable = false)
  String type;

  @Id
  @Column(name = "NAME", length = 255, updatable = false)
  String name;

  @Column(name = "FIRST_DAY", nullable = false)
  int firstDay;

  @Column(name = "LAST_DAY", nullable = false)
  int lastDay;

  @Column(name = "USES", nullable = false)
  long uses;
}
