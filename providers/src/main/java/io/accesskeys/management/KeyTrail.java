package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.management.AdminTrail.Change;
import io.accesskeys.notice.NoticeKind;
import io.accesskeys.notice.Notices;
import java.time.Instant;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/**
 * What a change of a key leaves: an admin event if an administrator made it, else a user event, and
 * the notice to whoever should know.
 */
final class KeyTrail {

  private final KeyEvents events;
  private final Notices notices;
  private final Instant now;

  KeyTrail(KeycloakSession session, Instant now) {
    this.events = new KeyEvents(session);
    this.notices = new Notices(session, session.getContext().getRealm());
    this.now = now;
  }

  void created(AccessKey key, Actor actor) {
    leave(Change.CREATED, "create", key, actor);
    notices.tell(NoticeKind.CREATED, key, now);
  }

  void rolled(AccessKey key, Actor actor) {
    String word =
        switch (actor.kind()) {
          case HOLDER -> "self-roll";
          case SCHEDULE -> "scheduled-roll";
          default -> "roll";
        };
    leave(Change.UPDATED, word, key, actor);
    notices.tell(NoticeKind.ROLLED, String.valueOf(key.current().number()), key, now);
  }

  /** A change that nobody is mailed of, by a word such as {@code edit}. */
  void changed(String word, AccessKey key, Actor actor) {
    leave(Change.UPDATED, word, key, actor);
  }

  void revoked(AccessKey key, Actor actor) {
    leave(Change.REVOKED, "revoke", key, actor);
    notices.tell(NoticeKind.REVOKED, key, now);
  }

  /** The key was found in public, and that has revoked it or not. */
  void exposed(EventType type, AccessKey key) {
    events.leave(type, "exposed", key, KeyEvents.ownerId(key));
    notices.tell(NoticeKind.EXPOSED, key, now);
  }

  /** Several keys were revoked by an administrator. */
  void revokedTogether(Iterable<AccessKey> keys) {
    keys.forEach(key -> notices.tell(NoticeKind.REVOKED, key, now));
  }

  private void leave(Change change, String word, AccessKey key, Actor actor) {
    EventType type =
        change == Change.REVOKED ? EventType.REMOVE_CREDENTIAL : EventType.UPDATE_CREDENTIAL;
    if (actor instanceof Actor.Administrator administrator) {
      administrator.trail().left(change, key);
    } else if (actor instanceof Actor.Person person) {
      events.leave(type, word, key, person.user().getId());
    } else {
      events.leave(type, word, key, KeyEvents.ownerId(key));
    }
  }
}
