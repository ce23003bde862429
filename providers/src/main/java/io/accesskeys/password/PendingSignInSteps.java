package io.accesskeys.password;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.credential.WebAuthnCredentialModel;

/**
 * What a person would have to do beside sending a password, if they signed in. Nobody can do it in
 * a request to an API.
 */
record PendingSignInSteps(RealmModel realm, UserModel user) {

  /** All other credentials are something that a sign-in may ask for as well. */
  private static final Set<String> FIRST_FACTORS =
      Set.of(
          PasswordCredentialModel.TYPE,
          PasswordCredentialModel.PASSWORD_HISTORY,
          WebAuthnCredentialModel.TYPE_PASSWORDLESS);

  /** Those that a user federation may keep to itself. */
  private static final List<String> SECOND_FACTORS =
      List.of(
          OTPCredentialModel.TYPE,
          WebAuthnCredentialModel.TYPE_TWOFACTOR,
          RecoveryAuthnCodesCredentialModel.TYPE);

  /** Whether something has to be done first, such as setting a new password. */
  boolean pendingAction() {
    return user.getRequiredActionsStream().findAny().isPresent()
        || (realm.isVerifyEmail() && !user.isEmailVerified())
        || passwordExpired();
  }

  /** Whether a sign-in may ask for a second factor. */
  boolean secondFactor() {
    SubjectCredentialManager credentials = user.credentialManager();
    return credentials.getCredentials().anyMatch(one -> !FIRST_FACTORS.contains(one.getType()))
        || SECOND_FACTORS.stream().anyMatch(credentials::isConfiguredFor);
  }

  /** Keycloak asks for a new one at the next sign-in, and until then nothing says so. */
  private boolean passwordExpired() {
    int days = realm.getPasswordPolicy().getDaysToExpirePassword();
    return days != -1
        && user.credentialManager()
            .getStoredCredentialsByTypeStream(PasswordCredentialModel.TYPE)
            .anyMatch(password -> !isYoungerThan(Duration.ofDays(days), password));
  }

  private static boolean isYoungerThan(Duration age, CredentialModel password) {
    Long created = password.getCreatedDate();
    return created != null && Time.currentTimeMillis() - created <= age.toMillis();
  }
}
