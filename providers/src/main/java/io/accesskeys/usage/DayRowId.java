package io.accesskeys.usage;

import java.io.Serializable;
import java.util.Objects;

/** The primary key of {@link AccessKeyDayEntity}. */
final class DayRowId implements Serializable {

  private static final long serialVersionUID = 1L;

  String realmId;
  String keyId;
  int day;
  int secret;

  /** For JPA. */
  DayRowId() {}

  DayRowId(String realmId, String keyId, int day, int secret) {
    this.realmId = realmId;
    this.keyId = keyId;
    this.day = day;
    this.secret = secret;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DayRowId that
        && Objects.equals(realmId, that.realmId)
        && Objects.equals(keyId, that.keyId)
        && day == that.day
        && secret == that.secret;
  }

  @Override
  public int hashCode() {
    return Objects.hash(realmId, keyId, day, secret);
  }
}
