package io.accesskeys.signin.page;

import io.accesskeys.management.SignIn;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.request.Transport;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/** Keeps the same people from the page as from self-service. */
final class CreationEligibility {

  /** Whoever is shown the page has signed in freshly: {@link #refusal} has seen to it. */
  static final SignIn ASKED_BEFORE = (atMost, now) -> {};

  private final RequiredActionContext context;
  private final KeycloakSession session;
  private final RealmPolicy policy;
  private final Instant now;

  CreationEligibility(RequiredActionContext context, Instant now) {
    this.context = context;
    this.session = context.getSession();
    this.policy = RealmPolicy.of(session, context.getRealm());
    this.now = now;
  }

  /** Why this person may not create a key here and now, as a word for the event. */
  Optional<String> refusal() {
    if (Transport.forbidsKeys(session)) {
      return Optional.of("insecure_transport");
    }
    if (context.getUser().getServiceAccountClientLink() != null) {
      return Optional.of("service_account");
    }
    Optional<UserSessionModel> cookie = cookieSession();
    if (cookie.filter(CreationEligibility::impersonated).isPresent()) {
      return Optional.of("impersonated");
    }
    if (cookie.filter(this::stale).isPresent()) {
      return Optional.of("fresh_login_needed");
    }
    return policy.selfService().role().filter(role -> !hasRole(role)).map(role -> "role_missing");
  }

  private Optional<UserSessionModel> cookieSession() {
    return Optional.ofNullable(
            new AuthenticationManager().authenticateIdentityCookie(session, context.getRealm()))
        .map(AuthResult::session);
  }

  private static boolean impersonated(UserSessionModel cookie) {
    return cookie.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null;
  }

  /** Whether the cookie alone has signed the person in, and is old. */
  private boolean stale(UserSessionModel cookie) {
    String seconds = cookie.getNote(AuthenticationManager.AUTH_TIME);
    Instant signedIn =
        seconds == null ? Instant.EPOCH : Instant.ofEpochSecond(Long.parseLong(seconds));
    return AuthenticatorUtil.isSSOAuthentication(context.getAuthenticationSession())
        && signedIn.plus(policy.freshLogin()).isBefore(now);
  }

  private boolean hasRole(String name) {
    RoleModel role = KeycloakModelUtils.getRoleFromString(session, context.getRealm(), name);
    return role != null && context.getUser().hasRole(role);
  }
}
