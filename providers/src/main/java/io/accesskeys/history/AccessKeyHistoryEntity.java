package io.accesskeys.history;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import org.hibernate.annotations.Nationalized;

/** A row of {@code ACCESS_KEY_HISTORY}: one change of a key. */
@Entity
@Table(name = "ACCESS_KEY_HISTORY")
@IdClass(HistoryRowId.class)
class AccessKeyHistoryEntity {

  @Id
  @Column(name = "REALM_ID", length = 36, updatable = false)
  String realmId;

  @Id
  @Column(name = "KEY_ID", length = 16, updatable = false)
  String keyId;

  /** That of the key after the change. */
  @Id
  @Column(name = "VERSION", updatable = false)
  int version;

  @Column(name = "CHANGED_AT", nullable = false, updatable = false)
  long changedAt;

  @Column(name = "ACT", length = 32, nullable = false, updatable = false)
  String act;

  @Column(name = "ACTOR_KIND", length = 16, nullable = false, updatable = false)
  String actorKind;

  @Column(name = "ACTOR_ID", length = 255, updatable = false)
  String actorId;

  @Nationalized
  @Column(name = "ACTOR_NAME", length = 255, updatable = false)
  String actorName;

  /** The name of the actor's realm, if it is another than the key's. */
  @Nationalized
  @Column(name = "ACTOR_REALM", length = 255, updatable = false)
  String actorRealm;

  /** A JSON array of {@link FieldChange}s. */
  @Nationalized
  @Column(name = "CHANGES", nullable = false, updatable = false)
  String changes;

  @Nationalized
  @Column(name = "REASON", length = 255, updatable = false)
  String reason;
}
