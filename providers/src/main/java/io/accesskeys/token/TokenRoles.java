package io.accesskeys.token;

import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.KeycloakRoles;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;

/** The roles in what is said of a key, and for whom it is. */
public final class TokenRoles {

  private TokenRoles() {}

  /**
   * Takes away all roles that Keycloak's own endpoints go by, the audience that comes with them,
   * and every client in the audience that is disabled. The rules for API clients let none of these
   * roles in; this holds whatever mappers add.
   *
   * @param token a token that is not signed yet, or what introspection will say
   */
  public static void narrow(AccessToken token, KeycloakSession session) {
    RealmModel realm = session.getContext().getRealm();
    token.getResourceAccess().keySet().removeIf(id -> KeycloakRoles.areOfClient(id, realm));
    AccessToken.Access ofRealm = token.getRealmAccess();
    if (ofRealm != null && ofRealm.getRoles() != null) {
      ofRealm.getRoles().removeIf(name -> KeycloakRoles.isOfRealm(name, realm));
    }
    if (token.getAudience() != null) {
      KeyStore store = session.getProvider(KeyStore.class);
      String[] left =
          Stream.of(token.getAudience())
              .filter(name -> !KeycloakRoles.areOfClient(name, realm))
              .filter(name -> !store.isDisabledClient(realm, name))
              .toArray(String[]::new);
      token.audience(left.length == 0 ? null : left);
    }
  }
}
