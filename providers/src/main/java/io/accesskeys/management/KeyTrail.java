package io.accesskeys.management;

import io.accesskeys.history.Act;
import io.accesskeys.history.RecordedActor;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.ActorKind;
import io.accesskeys.key.Validity.Revocation;
import io.accesskeys.management.AdminTrail.Change;
import io.accesskeys.notice.NoticeKind;
import io.accesskeys.notice.Notices;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/**
 * What a change of a key leaves: an entry in its history, an admin event if an administrator made
 * it, else a user event, and the notice to whoever should know.
 */
final class KeyTrail {

  private static final Logger LOG = Logger.getLogger(KeyTrail.class);

  private final HistoryTrail history;
  private final KeyEvents events;
  private final Notices notices;
  private final Instant now;

  KeyTrail(KeycloakSession session, Instant now) {
    this.history = new HistoryTrail(session, now);
    this.events = new KeyEvents(session);
    this.notices = new Notices(session, session.getContext().getRealm());
    this.now = now;
  }

  void created(AccessKey key, Actor actor) {
    history.begun(Act.CREATE, key, actor.recorded());
    leave(Change.CREATED, Act.CREATE, key, actor);
    notices.tell(NoticeKind.CREATED, key, now);
  }

  /** A key was stored from a file. What is told of the file is told once. */
  void imported(AccessKey key, Actor actor) {
    history.begun(Act.IMPORT, key, actor.recorded());
  }

  void edited(AccessKey before, AccessKey after, Actor actor) {
    history.changed(Act.EDIT, before, after, actor.recorded());
    leave(Change.UPDATED, Act.EDIT, after, actor);
  }

  void rolled(AccessKey before, AccessKey after, Actor actor) {
    Act act =
        switch (actor.kind()) {
          case HOLDER -> Act.SELF_ROLL;
          case SCHEDULE -> Act.SCHEDULED_ROLL;
          default -> Act.ROLL;
        };
    history.changed(act, before, after, actor.recorded());
    log(act, after, actor);
    leave(Change.UPDATED, act, after, actor);
    notices.tell(NoticeKind.ROLLED, String.valueOf(after.current().number()), after, now);
  }

  /** A job did what schedule or policy says: whoever called it tells of it. */
  void scheduled(Act act, AccessKey before, AccessKey after) {
    history.changed(act, before, after, new Actor.Schedule().recorded());
  }

  /** Switched off or on, or taken off the list: nobody is mailed of that. */
  void switched(Act act, AccessKey before, AccessKey after, Actor actor) {
    history.transition(act, before, after, actor.recorded());
    leave(Change.UPDATED, act, after, actor);
  }

  void revoked(AccessKey before, AccessKey after, Actor actor) {
    history.transition(Act.REVOKE, before, after, actor.recorded());
    log(Act.REVOKE, after, actor);
    leave(Change.REVOKED, Act.REVOKE, after, actor);
    notices.tell(NoticeKind.REVOKED, after, now);
  }

  /** The key was found in public, and that has revoked it or not. */
  void exposed(EventType type, AccessKey before, AccessKey after) {
    // Whoever reported it has shown the whole key, and is not known otherwise.
    history.transition(Act.EXPOSED, before, after, RecordedActor.of(ActorKind.HOLDER));
    events.leave(type, Act.EXPOSED.wireName(), after, KeyEvents.ownerId(after));
    notices.tell(NoticeKind.EXPOSED, after, now);
  }

  /**
   * Several keys were revoked by an administrator.
   *
   * @param keys as they were before
   */
  void revokedTogether(List<AccessKey> keys, Revocation revocation, Actor.Administrator actor) {
    history.revokedTogether(keys, revocation, actor.recorded());
    keys.forEach(key -> notices.tell(NoticeKind.REVOKED, key, now));
    actor.trail().revoked(keys.stream().map(AccessKey::id).toList());
    LOG.infof(
        "%d access keys: %s by %s", keys.size(), Act.REVOKE.wireName(), actor.kind().wireName());
  }

  /** For operators, who see neither events nor pages: no name of anybody, nothing of a secret. */
  private static void log(Act act, AccessKey key, Actor actor) {
    LOG.infof(
        "Access key %s of realm %s: %s by %s",
        key.id(), key.realmId(), act.wireName(), actor.kind().wireName());
  }

  private void leave(Change change, Act act, AccessKey key, Actor actor) {
    EventType type =
        change == Change.REVOKED ? EventType.REMOVE_CREDENTIAL : EventType.UPDATE_CREDENTIAL;
    if (actor instanceof Actor.Administrator administrator) {
      administrator.trail().left(change, key);
    } else if (actor instanceof Actor.Person person) {
      events.leave(type, act.wireName(), key, person.user().getId());
    } else {
      events.leave(type, act.wireName(), key, KeyEvents.ownerId(key));
    }
  }
}
