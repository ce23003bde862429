package io.accesskeys.management;

import io.accesskeys.audit.Audit;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.notice.NoticeKind;
import io.accesskeys.notice.Notices;
import io.accesskeys.request.ClientAddress;
import java.time.Instant;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** The user events that changes of keys leave, and the mails that owners get. */
public final class KeyEvents {

  private final KeycloakSession session;

  /** For changes in the realm of this session. */
  public KeyEvents(KeycloakSession session) {
    this.session = session;
  }

  /** Tells that a person has made a key. */
  public void created(AccessKey key, UserModel user) {
    updated("create", key, user);
    mail(NoticeKind.CREATED, key);
  }

  /** Tells that a key was given a new secret, by this user. */
  public void rolled(AccessKey key, UserModel user) {
    updated("roll", key, user);
    tellRolled(key);
  }

  /** Tells that a key has given itself a new secret. */
  public void rolledItself(AccessKey key) {
    leave(EventType.UPDATE_CREDENTIAL, "self-roll", key, ownerId(key));
    tellRolled(key);
  }

  /** Tells that a key was given a new secret by its schedule. */
  public void rolledBySchedule(AccessKey key) {
    leave(EventType.UPDATE_CREDENTIAL, "scheduled-roll", key, ownerId(key));
    tellRolled(key);
  }

  /** Tells that a key was suspended because a retired secret of it was used. */
  public void suspendedForReuse(AccessKey key) {
    leave(EventType.UPDATE_CREDENTIAL, "suspend-reused", key, ownerId(key));
  }

  /** Tells that a key was changed, by a word such as {@code roll}. */
  public void updated(String what, AccessKey key, UserModel user) {
    leave(EventType.UPDATE_CREDENTIAL, what, key, user.getId());
  }

  /** Tells that a key was revoked. */
  public void revoked(AccessKey key, UserModel user) {
    leave(EventType.REMOVE_CREDENTIAL, "revoke", key, user.getId());
    mail(NoticeKind.REVOKED, key);
  }

  /** Tells that somebody who holds the key has revoked it. */
  public void revoked(AccessKey key) {
    leave(EventType.REMOVE_CREDENTIAL, "revoke", key, ownerId(key));
    mail(NoticeKind.REVOKED, key);
  }

  /** Tells that the key was found in public, and whether that has revoked it. */
  public void exposed(AccessKey key, EventType type) {
    leave(type, "exposed", key, ownerId(key));
    mail(NoticeKind.EXPOSED, key);
  }

  /** Mails the owner of a key that it has another secret. */
  public void tellRolled(AccessKey key) {
    notices().tell(NoticeKind.ROLLED, String.valueOf(key.current().number()), key, now());
  }

  private void mail(NoticeKind kind, AccessKey key) {
    notices().tell(kind, key, now());
  }

  private Notices notices() {
    return new Notices(session, session.getContext().getRealm());
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }

  /** A client secret acts as no user. */
  private static String ownerId(AccessKey key) {
    return key.kind() == KeyKind.CLIENT_SECRET ? null : key.ownerId();
  }

  private void leave(EventType type, String what, AccessKey key, String userId) {
    EventBuilder event =
        new EventBuilder(
            session.getContext().getRealm(), session, session.getContext().getConnection());
    ClientAddress.put(event, session)
        .event(type)
        .user(userId)
        .detail(Details.CREDENTIAL_TYPE, key.kind().wireName())
        .detail(Details.CREDENTIAL_ID, key.id())
        .detail(Details.CREDENTIAL_USER_LABEL, key.name())
        .detail(Audit.KEY_ID, key.id())
        .detail("action", what)
        .success();
  }
}
