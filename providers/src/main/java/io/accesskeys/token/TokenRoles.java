package io.accesskeys.token;

import io.accesskeys.verification.KeycloakRoles;
import java.util.stream.Stream;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;

/** The roles in what is said of a key. */
public final class TokenRoles {

  private TokenRoles() {}

  /**
   * Takes away all roles that Keycloak's own endpoints go by, and the audience that comes with
   * them. The rules for API clients let none of them in; this holds whatever mappers add.
   *
   * @param token a token that is not signed yet, or what introspection will say
   */
  public static void dropKeycloaksOwn(AccessToken token, RealmModel realm) {
    token.getResourceAccess().keySet().removeIf(id -> KeycloakRoles.areOfClient(id, realm));
    AccessToken.Access ofRealm = token.getRealmAccess();
    if (ofRealm != null && ofRealm.getRoles() != null) {
      ofRealm.getRoles().removeIf(name -> KeycloakRoles.isOfRealm(name, realm));
    }
    if (token.getAudience() != null) {
      String[] left =
          Stream.of(token.getAudience())
              .filter(id -> !KeycloakRoles.areOfClient(id, realm))
              .toArray(String[]::new);
      token.audience(left.length == 0 ? null : left);
    }
  }
}
