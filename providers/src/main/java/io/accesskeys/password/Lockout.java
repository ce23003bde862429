package io.accesskeys.password;

import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.services.managers.BruteForceProtector;

/** Keycloak's protection against the guessing of passwords, where the realm has it switched on. */
final class Lockout {

  private static final Set<String> PASSWORD = Set.of(PasswordCredentialModel.TYPE);

  private final KeycloakSession session;
  private final RealmModel realm;
  private final BruteForceProtector protector;

  Lockout(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.protector = session.getProvider(BruteForceProtector.class);
  }

  /** Whether this person is locked out now. */
  boolean holds(UserModel user) {
    return realm.isBruteForceProtected()
        && (protector.isPermanentlyLockedOut(session, realm, user)
            || protector.isTemporarilyDisabled(session, realm, user));
  }

  /** Counts a wrong password. */
  void failed(UserModel user) {
    if (realm.isBruteForceProtected()) {
      protector.failedLogin(
          realm,
          user,
          session.getContext().getConnection(),
          session.getContext().getHttpRequest().getUri(),
          PASSWORD);
    }
  }

  /** Forgets wrong passwords, if there were some: a gateway sends the right one all the time. */
  void succeeded(UserModel user) {
    if (!realm.isBruteForceProtected()) {
      return;
    }
    UserLoginFailureModel failures =
        session.loginFailures().getUserLoginFailure(realm, user.getId());
    if (failures != null && failures.getNumFailures() > 0) {
      protector.successfulLogin(
          realm,
          user,
          session.getContext().getConnection(),
          session.getContext().getHttpRequest().getUri(),
          PASSWORD);
    }
  }
}
