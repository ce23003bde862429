package io.accesskeys.management;

import io.accesskeys.audit.Audit;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.request.ClientAddress;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/** The user events about keys. */
final class KeyEvents {

  private final KeycloakSession session;

  /** Events in the realm of this session. */
  KeyEvents(KeycloakSession session) {
    this.session = session;
  }

  /** A client secret acts as no user. */
  static String ownerId(AccessKey key) {
    return key.kind() == KeyKind.CLIENT_SECRET ? null : key.ownerId();
  }

  /**
   * Leaves an event with the transaction.
   *
   * @param word what was done, such as {@code roll}
   * @param userId who did it, or whose key it is; null for nobody
   */
  void leave(EventType type, String word, AccessKey key, String userId) {
    event(type, word, userId)
        .detail(Details.CREDENTIAL_TYPE, key.kind().wireName())
        .detail(Details.CREDENTIAL_ID, key.id())
        .detail(Details.CREDENTIAL_USER_LABEL, key.name())
        .detail(Audit.KEY_ID, key.id())
        .success();
  }

  /**
   * Leaves an event that a person was refused. Keycloak stores errors in a transaction of their
   * own: they stay though the request is rolled back.
   *
   * @param reason a word
   */
  void refused(String word, String reason, String userId) {
    event(EventType.UPDATE_CREDENTIAL, word, userId)
        .detail(Details.REASON, reason)
        .error(Errors.NOT_ALLOWED);
  }

  private EventBuilder event(EventType type, String word, String userId) {
    EventBuilder event =
        new EventBuilder(
            session.getContext().getRealm(), session, session.getContext().getConnection());
    return ClientAddress.put(event, session).event(type).user(userId).detail("action", word);
  }
}
