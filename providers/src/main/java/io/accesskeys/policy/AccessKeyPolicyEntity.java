package io.accesskeys.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Nationalized;

/** A row of {@code ACCESS_KEY_POLICY}: what we keep of a realm's policy. */
@Entity
@Table(name = "ACCESS_KEY_POLICY")
class AccessKeyPolicyEntity {

  @Id
  @Column(name = "REALM_ID", length = 36)
  String realmId;

  /** A flat JSON object with the settings that are set. */
  @Nationalized
  @Column(name = "SETTINGS", nullable = false)
  String settings;

  /** Whether the realm has ever had the required action. */
  @Column(name = "ACTION_KNOWN", nullable = false)
  boolean actionKnown;
}
