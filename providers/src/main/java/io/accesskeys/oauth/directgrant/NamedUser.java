package io.accesskeys.oauth.directgrant;

import io.accesskeys.verification.KeyOwner;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Whom a direct grant names beside the key.
 *
 * @param name the user name, if one was sent
 * @param known who an earlier step of the flow has found, if there was one
 */
record NamedUser(Optional<String> name, Optional<UserModel> known, RealmModel realm) {

  /** Whom the request of this flow names. */
  static NamedUser of(AuthenticationFlowContext context) {
    String sent =
        context
            .getHttpRequest()
            .getDecodedFormParameters()
            .getFirst(AuthenticationManager.FORM_USERNAME);
    return new NamedUser(
        Optional.ofNullable(sent).map(String::strip).filter(name -> !name.isEmpty()),
        Optional.ofNullable(context.getUser()),
        context.getRealm());
  }

  /**
   * Whether it is the owner of the key. A person has to be named; a service account may be, by its
   * own name or by the client that it acts for.
   */
  boolean isOwner(UserModel owner) {
    if (known.isPresent()) {
      return known.get().getId().equals(owner.getId());
    }
    return KeyOwner.of(owner, realm)
        .flatMap(KeyOwner::owningClient)
        .map(client -> name.isEmpty() || is(owner) || name.get().equals(client.getClientId()))
        .orElseGet(() -> is(owner));
  }

  private boolean is(UserModel owner) {
    return name.filter(
            sent ->
                sent.equalsIgnoreCase(owner.getUsername())
                    || (realm.isLoginWithEmailAllowed() && sent.equalsIgnoreCase(owner.getEmail())))
        .isPresent();
  }
}
