package io.accesskeys.password;

import static io.accesskeys.model.SampleRealm.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.Partial;
import io.accesskeys.model.SampleRealm;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.util.Time;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;

final class PendingSignInStepsTest {

  private final SampleRealm realm = new SampleRealm();

  private boolean ask(Predicate<PendingSignInSteps> question) {
    return realm.ask(
        (session, model) ->
            question.test(new PendingSignInSteps(model, SampleRealm.user(session, model, PERSON))));
  }

  /** The same for credentials that are kept elsewhere. */
  private static PendingSignInSteps with(
      SubjectCredentialManager elsewhere, PendingSignInSteps own) {
    UserModel user =
        Partial.over(
            UserModel.class,
            own.user(),
            (method, arguments) ->
                Optional.<Object>of(elsewhere).filter(any -> method.equals("credentialManager")));
    return new PendingSignInSteps(own.realm(), user);
  }

  private void has(CredentialModel credential) {
    realm.change(
        (session, model) ->
            SampleRealm.user(session, model, PERSON)
                .credentialManager()
                .createStoredCredential(credential));
  }

  private static CredentialModel credential(String type, Long created) {
    CredentialModel credential = new CredentialModel();
    credential.setType(type);
    credential.setCreatedDate(created);
    credential.setSecretData("{}");
    credential.setCredentialData("{}");
    return credential;
  }

  @Nested
  class AnAction {

    private void emails(boolean asked, boolean verified) {
      realm.change(
          (session, model) -> {
            model.setVerifyEmail(asked);
            SampleRealm.user(session, model, PERSON).setEmailVerified(verified);
          });
    }

    @Test
    void isPendingForNobodyAtFirst() {
      assertThat(ask(PendingSignInSteps::pendingAction)).isFalse();
    }

    @Test
    void isPendingIfItIsRequiredOfThePerson() {
      realm.change(
          (session, model) ->
              SampleRealm.user(session, model, PERSON)
                  .addRequiredAction(UserModel.RequiredAction.UPDATE_PASSWORD));
      assertThat(ask(PendingSignInSteps::pendingAction)).isTrue();
    }

    @Test
    void isPendingIfTheRealmAsksForAnEmailAddressThatIsNotVerified() {
      emails(true, false);
      assertThat(ask(PendingSignInSteps::pendingAction)).isTrue();
    }

    @Test
    void isNotPendingIfTheEmailAddressIsVerifiedOrNotAskedFor() {
      emails(true, true);
      assertThat(ask(PendingSignInSteps::pendingAction)).isFalse();
      emails(false, false);
      assertThat(ask(PendingSignInSteps::pendingAction)).isFalse();
    }
  }

  @Nested
  class APassword {

    private static final int DAYS = 30;

    @BeforeEach
    void expires() {
      policy("forceExpiredPasswordChange(" + DAYS + ")");
    }

    private void policy(String policy) {
      realm.change(
          (session, model) -> model.setPasswordPolicy(PasswordPolicy.parse(session, policy)));
    }

    private static CredentialModel password(int days) {
      return credential("password", Time.currentTimeMillis() - Duration.ofDays(days).toMillis());
    }

    private static SubjectCredentialManager passwordOf(Long created) {
      return Partial.of(
          SubjectCredentialManager.class,
          (method, arguments) ->
              method.equals("getStoredCredentialsByTypeStream")
                      && arguments.equals(List.of("password"))
                  ? Optional.of(Stream.of(credential("password", created)))
                  : Optional.empty());
    }

    @Test
    void thatIsOldHasToBeChangedFirst() {
      has(password(DAYS + 1));
      assertThat(ask(PendingSignInSteps::pendingAction)).isTrue();
    }

    @Test
    void thatIsYoungIsGood() {
      has(password(DAYS - 1));
      assertThat(ask(PendingSignInSteps::pendingAction)).isFalse();
    }

    @Test
    void isNotExpiredIfThereIsNone() {
      has(credential("otp", 0L));
      assertThat(ask(PendingSignInSteps::pendingAction)).isFalse();
    }

    @Test
    void neverGrowsOldWhereTheRealmSaysNothingOfIt() {
      policy("length(8)");
      has(password(DAYS * 1000));
      assertThat(ask(PendingSignInSteps::pendingAction)).isFalse();
    }

    @Test
    void ofNobodyKnowsWhenIsOld() {
      assertThat(ask(own -> with(passwordOf(null), own).pendingAction())).isTrue();
    }

    @Test
    void isGoodForAllOfItsLastDay() {
      long days = Duration.ofDays(DAYS).toMillis();
      assertThat(ask(own -> atOnce(now -> with(passwordOf(now - days), own).pendingAction())))
          .isFalse();
    }

    /** What is answered in a millisecond of that millisecond: of the last one it says nothing. */
    private static boolean atOnce(LongPredicate question) {
      while (true) {
        long now = Time.currentTimeMillis();
        boolean answer = question.test(now);
        if (Time.currentTimeMillis() == now) {
          return answer;
        }
      }
    }
  }

  @Nested
  class ASecondFactor {

    @ParameterizedTest
    @ValueSource(strings = {"password", "password-history", "webauthn-passwordless"})
    void isNoFirstOne(String type) {
      has(credential(type, 0L));
      assertThat(ask(PendingSignInSteps::secondFactor)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"otp", "webauthn", "recovery-authn-codes", "of-another-extension"})
    void isAnyOtherCredential(String type) {
      has(credential("password", 0L));
      has(credential(type, 0L));
      assertThat(ask(PendingSignInSteps::secondFactor)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
      "otp, true",
      "webauthn, true",
      "recovery-authn-codes, true",
      "password, false",
      "webauthn-passwordless, false"
    })
    void mayBeKnownToAUserFederationOnly(String type, boolean second) {
      SubjectCredentialManager federation =
          Partial.of(
              SubjectCredentialManager.class,
              (method, arguments) ->
                  Optional.of(
                      method.equals("getCredentials")
                          ? Stream.empty()
                          : arguments.equals(List.of(type))));
      assertThat(ask(own -> with(federation, own).secondFactor())).isEqualTo(second);
    }

    @Test
    void isNotThereWhereThereAreNoCredentials() {
      assertThat(ask(PendingSignInSteps::secondFactor)).isFalse();
    }
  }
}
