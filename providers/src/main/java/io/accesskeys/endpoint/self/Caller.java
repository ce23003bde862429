package io.accesskeys.endpoint.self;

import io.accesskeys.endpoint.MintedClaims;
import io.accesskeys.endpoint.Problem;
import io.accesskeys.policy.RealmPolicy;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.Constants;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/** The person who manages their own keys: signed in by themselves, at a client that may. */
final class Caller {

  private final UserModel user;
  private final AccessToken token;

  private Caller(UserModel user, AccessToken token) {
    this.user = user;
    this.token = token;
  }

  /**
   * Authenticates the bearer of the request's token.
   *
   * @throws jakarta.ws.rs.WebApplicationException 401 without a token for the audience {@code
   *     account}; 403 if it was issued to a client that may not manage keys, to an impersonator, or
   *     for a key
   */
  static Caller authenticate(KeycloakSession session, RealmPolicy policy) {
    AuthResult result = bearer(session);
    AccessToken token = result.token();
    if (MintedClaims.in(token)) {
      throw forbidden("A key cannot manage keys");
    }
    if (!policy.selfServiceClients().contains(token.getIssuedFor())) {
      throw forbidden("Tokens of this client cannot manage keys");
    }
    if (result.session().getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null) {
      throw forbidden("An impersonator cannot manage keys");
    }
    if (result.user().getServiceAccountClientLink() != null) {
      throw forbidden("A service account's keys are managed by administrators");
    }
    return new Caller(result.user(), token);
  }

  UserModel user() {
    return user;
  }

  /** The same caller, if they may see keys. */
  Caller mayView() {
    return requireOneOf(AccountRoles.VIEW_PROFILE, AccountRoles.MANAGE_ACCOUNT);
  }

  /** The same caller, if they may change keys. */
  Caller mayManage() {
    return requireOneOf(AccountRoles.MANAGE_ACCOUNT);
  }

  private Caller requireOneOf(String... roles) {
    AccessToken.Access account = token.getResourceAccess(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID);
    for (String role : roles) {
      if (account != null && account.isUserInRole(role)) {
        return this;
      }
    }
    throw forbidden("The account role " + String.join(" or ", roles) + " is needed");
  }

  private static AuthResult bearer(KeycloakSession session) {
    AuthResult result;
    try {
      result =
          new AppAuthManager.BearerTokenAuthenticator(session)
              .setAudience(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID)
              .authenticate();
    } catch (NotAuthorizedException e) {
      result = null;
    }
    if (result == null) {
      throw new jakarta.ws.rs.WebApplicationException(
          Problem.of(Problem.Kind.UNAUTHENTICATED, "A token for the audience account is needed")
              .response()
              .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
              .build());
    }
    return result;
  }

  private static RuntimeException forbidden(String detail) {
    return Problem.of(Problem.Kind.FORBIDDEN, detail).exception();
  }
}
