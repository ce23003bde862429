package io.accesskeys.password;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.WRITER;
import static io.accesskeys.password.PasswordRealm.EMAIL;
import static io.accesskeys.password.PasswordRealm.RIGHT;
import static io.accesskeys.password.PasswordRealm.WRONG;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.key.KeyKind;
import io.accesskeys.model.LocalRequest;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.verification.Requirements;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.OTPCredentialModel;

/** Each of the passwords that are not taken or looked at would be right otherwise. */
final class AccountPasswordsTest {

  private final PasswordRealm realm = new PasswordRealm();

  @Nested
  class TheRightPassword {

    @Test
    void isGoodForAllThatThePersonMayHaveNow() {
      assertThat(realm.verify(PERSON, RIGHT))
          .isEqualTo("alice at orders-api with [orders:read, orders:write]");
      realm.change(
          (session, model) ->
              SampleRealm.user(session, model, PERSON).deleteRoleMapping(model.getRole(WRITER)));
      assertThat(realm.verify(PERSON, RIGHT)).isEqualTo("alice at orders-api with [orders:read]");
      assertThat(realm.hashedInVain()).as("besides that of the password").isEmpty();
    }

    @Test
    void isGoodWithAnEmailAddressWhereTheRealmTakesThese() {
      realm.person(user -> user.setEmail(EMAIL));
      realm.change((session, model) -> model.setLoginWithEmailAllowed(true));
      assertThat(realm.verify(EMAIL, RIGHT)).startsWith("alice at");
      realm.change((session, model) -> model.setLoginWithEmailAllowed(false));
      assertThat(realm.verify(EMAIL, RIGHT)).isEqualTo("WRONG_PASSWORD");
    }

    @Test
    void isNotEnoughForADemandThatThePersonDoesNotMeet() {
      assertThat(realm.verify(Requirements.forAllOf(Set.of(WRITE)), PERSON, RIGHT))
          .startsWith("alice at");
      assertThat(realm.verify(Requirements.forAllOf(Set.of("stock")), PERSON, RIGHT))
          .isEqualTo("INSUFFICIENT_SCOPE");
      assertThat(realm.verify(Requirements.forOwner("bob"), PERSON, RIGHT)).isEqualTo("WRONG_USER");
      assertThat(realm.verify(Requirements.forClient("other"), PERSON, RIGHT))
          .isEqualTo("WRONG_CLIENT");
      assertThat(realm.verify(Requirements.forKind(KeyKind.PERSONAL_ACCESS_TOKEN), PERSON, RIGHT))
          .isEqualTo("WRONG_KIND");
    }

    @Test
    void makesWrongOnesForgotten() {
      realm.failures(UserLoginFailureModel::incrementFailures);
      realm.verify(PERSON, RIGHT);
      assertThat(realm.told()).containsExactly("successfulLogin alice 203.0.113.7 [password]");
    }
  }

  @Test
  void aWrongPasswordIsRefusedAndCounted() {
    assertThat(realm.verify(PERSON, WRONG)).isEqualTo("WRONG_PASSWORD");
    assertThat(realm.told()).containsExactly("failedLogin alice 203.0.113.7 [password]");
    assertThat(realm.hashedInVain()).as("besides that of the password").isEmpty();
  }

  @Test
  void ofSomebodyWithoutAPasswordEveryOneIsWrongAndTakesAsLong() {
    realm.person(
        user ->
            user.credentialManager()
                .getStoredCredentialsStream()
                .toList()
                .forEach(one -> user.credentialManager().removeStoredCredentialById(one.getId())));
    assertThat(realm.verify(PERSON, RIGHT)).isEqualTo("WRONG_PASSWORD");
    assertThat(realm.told()).containsExactly("failedLogin alice 203.0.113.7 [password]");
    assertThat(realm.hashedInVain()).containsExactly("pbkdf2-sha256 2");
  }

  /** It takes as long as one that is looked at, and counts as none. */
  @Nested
  class NoPasswordIsLookedAt {

    private void assertRefused(String reason, String username) {
      assertThat(realm.verify(username, RIGHT)).isEqualTo(reason);
      assertThat(realm.verify(username, WRONG)).isEqualTo(reason);
      assertThat(realm.hashedInVain()).containsExactly("pbkdf2-sha256 2", "pbkdf2-sha256 2");
      assertThat(realm.told()).isEmpty();
    }

    @Test
    void ofNobody() {
      assertRefused("WRONG_PASSWORD", "nobody");
    }

    @Test
    void ofAServiceAccount() {
      assertRefused("WRONG_PASSWORD", "service-account-robot");
    }

    @Test
    void ofSeveralPeopleWithOneEmailAddress() {
      realm.change(
          (session, model) -> {
            model.setDuplicateEmailsAllowed(true);
            SampleRealm.user(session, model, PERSON).setEmail(EMAIL);
            session.users().addUser(model, null, "bob", false, false).setEmail(EMAIL);
          });
      realm.change(
          (session, model) -> {
            model.setDuplicateEmailsAllowed(false);
            model.setLoginWithEmailAllowed(true);
          });
      assertRefused("WRONG_PASSWORD", EMAIL);
    }

    @Test
    void ofSomebodyLockedOut() {
      realm.failures(failures -> failures.setFailedLoginNotBefore(Integer.MAX_VALUE));
      assertRefused("LOCKED_OUT", PERSON);
    }

    @Test
    void ofSomebodyDisabled() {
      realm.person(user -> user.setEnabled(false));
      assertRefused("OWNER_DISABLED", PERSON);
    }

    @Test
    void ofSomebodyWithSomethingToDoFirst() {
      realm.person(user -> user.addRequiredAction(UserModel.RequiredAction.UPDATE_PASSWORD));
      assertRefused("REQUIRED_ACTION", PERSON);
    }

    @Test
    void ofSomebodyWithASecondFactor() {
      realm.person(
          user ->
              user.credentialManager()
                  .createStoredCredential(
                      OTPCredentialModel.createTOTP("secret", 6, 30, "HmacSHA1")));
      assertRefused("SECOND_FACTOR", PERSON);
    }
  }

  @Test
  void theHashInVainIsKeycloaksOwnWhereTheRealmNamesNone() {
    realm.policy("hashIterations(3)");
    realm.verify("nobody", RIGHT);
    assertThat(realm.hashedInVain()).containsExactly("default 3");
  }

  @Nested
  class PasswordsAreNotTaken {

    private void assertRefused(String reason) {
      assertThat(realm.verify(PERSON, RIGHT)).isEqualTo(reason);
      assertThat(realm.verify("nobody", WRONG)).isEqualTo(reason);
      assertThat(realm.hashedInVain()).as("nobody learns anything").isEmpty();
      assertThat(realm.told()).isEmpty();
    }

    @Test
    void whereNobodyCanSayWhichApiClientIsCalled() {
      assertThat(
              realm.ask(
                  (session, model) ->
                      new AccountPasswords(session)
                          .verify(Optional.empty(), PERSON, RIGHT, Requirements.NONE)))
          .isEqualTo("ACCOUNT_PASSWORD");
    }

    @Test
    void byAnApiClientThatHasNotOptedIn() {
      realm.api(client -> client.removeAttribute(AccountPasswords.ATTRIBUTE));
      assertRefused("ACCOUNT_PASSWORD");
    }

    @Test
    void byAnApiClientWithoutDirectAccessGrants() {
      realm.api(client -> client.setDirectAccessGrantsEnabled(false));
      assertRefused("ACCOUNT_PASSWORD");
    }

    @Test
    void byAnApiClientThatNeedsConsent() {
      realm.api(client -> client.setConsentRequired(true));
      assertRefused("ACCOUNT_PASSWORD");
    }

    @Test
    void inADisabledRealm() {
      realm.change((session, model) -> model.setEnabled(false));
      assertRefused("REALM_DISABLED");
    }

    @Test
    void byADisabledApiClient() {
      realm.api(client -> client.setEnabled(false));
      assertRefused("API_CLIENT_DISABLED");
    }

    @Test
    void byAnApiClientThatBreaksARule() {
      realm.api(client -> client.setFullScopeAllowed(true));
      assertRefused("API_CLIENT_RULE");
    }

    @Test
    void overPlainHttp() {
      assertThat(
              realm.ask(
                  (session, model) -> {
                    LocalRequest.to("http://id.example/").enter(session);
                    return new AccountPasswords(session)
                        .verify(
                            Optional.of(model.getClientByClientId(API)),
                            PERSON,
                            RIGHT,
                            Requirements.NONE);
                  }))
          .isEqualTo("INSECURE_TRANSPORT");
    }
  }
}
