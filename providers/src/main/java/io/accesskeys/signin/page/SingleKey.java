package io.accesskeys.signin.page;

import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.utils.SessionExpiration;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * One sign-in makes one key, however often and however fast its form is sent, to whichever node. A
 * note in the authentication session would not do: two nodes that are asked at once each see none.
 */
final class SingleKey {

  private final SingleUseObjectProvider marks;
  private final RealmModel realm;
  private final String mark;

  SingleKey(RequiredActionContext context) {
    AuthenticationSessionModel signIn = context.getAuthenticationSession();
    this.marks = context.getSession().singleUseObjects();
    this.realm = context.getRealm();
    this.mark = "access-key-created." + signIn.getParentSession().getId() + "." + signIn.getTabId();
  }

  /** Whether the key was made, or is being made by another request. */
  boolean made() {
    return marks.contains(mark);
  }

  /** Whether this request is the one that may make the key. */
  boolean begin() {
    return marks.putIfAbsent(mark, SessionExpiration.getAuthSessionLifespan(realm));
  }

  /** Lets another request make the key, since this one has not. */
  void giveUp() {
    marks.remove(mark);
  }
}
