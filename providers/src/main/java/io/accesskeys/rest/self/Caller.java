package io.accesskeys.rest.self;

import io.accesskeys.http.Problem;
import io.accesskeys.key.AccessKey;
import io.accesskeys.management.Actor;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.OptIn;
import io.accesskeys.token.MintedClaims;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.AccountRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.AccessTokenIntrospectionProvider;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/** The person who manages their own keys: signed in by themselves, at a client that may. */
public final class Caller {

  private final UserModel user;
  private final AccessToken token;
  private final Instant signedIn;

  private Caller(UserModel user, AccessToken token, Instant signedIn) {
    this.user = user;
    this.token = token;
    this.signedIn = signedIn;
  }

  /**
   * Authenticates the bearer of the request's token.
   *
   * @throws jakarta.ws.rs.WebApplicationException 401 without a token for the audience {@code
   *     account}; 403 if it was issued to a client that may not manage keys, to an impersonator, or
   *     for a key
   */
  public static Caller authenticate(KeycloakSession session, RealmPolicy policy) {
    AuthResult result = bearer(session);
    AccessToken token = wholeToken(session, result);
    if (!token.hasAudience(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID)) {
      throw unauthenticated();
    }
    if (!session.getContext().getRealm().isEnabled()) {
      throw forbidden("The realm is disabled");
    }
    if (MintedClaims.in(result.token())) {
      throw forbidden("A key cannot manage keys");
    }
    requireNamedClient(session.getContext().getRealm(), token.getIssuedFor(), policy);
    if (result.session().getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null) {
      throw forbidden("An impersonator cannot manage keys");
    }
    if (result.user().getServiceAccountClientLink() != null) {
      throw forbidden("A service account's keys are managed by administrators");
    }
    return new Caller(result.user(), token, signedIn(result.session()));
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

  /** This caller as an actor on a key of theirs, or of an application of theirs. */
  Actor.Person on(KeycloakSession session, AccessKey key) {
    return Actor.Person.on(key, session, user, this::freshly);
  }

  /** This caller as one who makes a key of their own. */
  Actor.Owner owner() {
    return new Actor.Owner(user, this::freshly);
  }

  /** This caller as one who does something about an application of theirs. */
  Actor.Registrant registrantOf(ClientModel application) {
    return new Actor.Registrant(user, application, this::freshly);
  }

  /**
   * The same caller, if they have signed in so recently that it is surely them.
   *
   * @throws jakarta.ws.rs.WebApplicationException 401 that says how recent it must be (RFC 9470)
   */
  Caller freshly(Duration atMost, Instant now) {
    if (!signedIn.plus(atMost).isBefore(now)) {
      return this;
    }
    throw new WebApplicationException(
        Problem.of(Problem.Kind.FRESH_LOGIN_NEEDED, "Sign in again: this needs a fresh login")
            .response()
            .header(
                HttpHeaders.WWW_AUTHENTICATE,
                "Bearer error=\"insufficient_user_authentication\","
                    + " error_description=\"A more recent authentication is required\","
                    + " max_age=\"%d\"".formatted(atMost.toSeconds()))
            .build());
  }

  /** The same caller, if they have the realm role that the policy asks for. */
  Caller withRole(KeycloakSession session, Optional<String> role) {
    if (!hasRole(session, role)) {
      throw forbidden("The role " + role.orElseThrow() + " is needed");
    }
    return this;
  }

  /** Whether the caller has the realm role that the policy asks for; it may ask for none. */
  boolean hasRole(KeycloakSession session, Optional<String> role) {
    if (role.isEmpty()) {
      return true;
    }
    RoleModel needed =
        KeycloakModelUtils.getRoleFromString(session, session.getContext().getRealm(), role.get());
    return needed != null && user.hasRole(needed);
  }

  /** The same caller, if the policy lets them register applications. */
  Caller forApplications(KeycloakSession session, RealmPolicy policy) {
    if (policy.applications().role().isEmpty()) {
      throw forbidden("Nobody registers applications in this realm");
    }
    return withRole(session, policy.applications().role());
  }

  /**
   * The policy names clients, since it is a file's as often as a person's. Where the one that is
   * meant is gone, somebody who may register clients could take its name.
   */
  private static void requireNamedClient(RealmModel realm, String clientId, RealmPolicy policy) {
    boolean named = policy.selfService().clients().contains(clientId);
    ClientModel client = named ? realm.getClientByClientId(clientId) : null;
    if (client == null || OptIn.isSelfRegistered(client)) {
      throw forbidden("Tokens of this client cannot manage keys");
    }
  }

  /** When the session last saw its user prove who they are; never, if it does not say. */
  private static Instant signedIn(UserSessionModel session) {
    String seconds = session.getNote(AuthenticationManager.AUTH_TIME);
    return seconds == null ? Instant.EPOCH : Instant.ofEpochSecond(Long.parseLong(seconds));
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
    try {
      AuthResult result = new AppAuthManager.BearerTokenAuthenticator(session).authenticate();
      if (result != null) {
        return result;
      }
    } catch (NotAuthorizedException e) {
      // Keycloak's answer has no body: ours says what is missing.
    }
    throw unauthenticated();
  }

  /**
   * The token with everything its mappers say: the Account Console's own is lightweight, and the
   * Account API completes it in this way too (AccountLoader).
   */
  private static AccessToken wholeToken(KeycloakSession session, AuthResult result) {
    AccessToken token = result.token();
    return token.getAudience() != null
            && token.getResourceAccess(Constants.ACCOUNT_MANAGEMENT_CLIENT_ID) != null
        ? token
        : new AccessTokenIntrospectionProvider<>(session)
            .transformAccessToken(token, result.session());
  }

  private static WebApplicationException unauthenticated() {
    return new WebApplicationException(
        Problem.of(Problem.Kind.UNAUTHENTICATED, "A token for the audience account is needed")
            .response()
            .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
            .build());
  }

  private static RuntimeException forbidden(String detail) {
    return Problem.of(Problem.Kind.FORBIDDEN, detail).exception();
  }
}
