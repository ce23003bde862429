package io.accesskeys.notice;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Nationalized;

/** A row of {@code ACCESS_KEY_MAIL}: a mail to send, or that was sent. */
@Entity
@Table(name = "ACCESS_KEY_MAIL")
class AccessKeyMailEntity {

  /** Follows from what the mail tells and whom, so that nobody is told twice. */
  @Id
  @Column(name = "ID", length = 36)
  String id;

  @Column(name = "REALM_ID", length = 36, nullable = false, updatable = false)
  String realmId;

  @Column(name = "KEY_ID", length = 16, nullable = false, updatable = false)
  String keyId;

  @Column(name = "KIND", length = 32, nullable = false, updatable = false)
  String kind;

  /** {@code user:<id>} or {@code mailto:<address>}. */
  @Column(name = "RECIPIENT", length = 300, nullable = false, updatable = false)
  String recipient;

  /** A flat JSON object with what the mail says of the key. */
  @Nationalized
  @Column(name = "FACTS", nullable = false, updatable = false)
  String facts;

  @Column(name = "CREATED_AT", nullable = false, updatable = false)
  long createdAt;

  /** When to try next; nothing when it was sent or given up. */
  @Column(name = "NEXT_AT")
  Long nextAt;

  @Column(name = "ATTEMPTS", nullable = false)
  int attempts;

  @Column(name = "SENT_AT")
  Long sentAt;
}
