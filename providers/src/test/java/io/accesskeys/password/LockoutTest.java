package io.accesskeys.password;

import static io.accesskeys.model.SampleRealm.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.SampleRealm;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/** With Keycloak's own protection and its own record of failures. */
final class LockoutTest {

  private final SampleRealm realm = new SampleRealm();

  @BeforeEach
  void protect() {
    realm.change((session, model) -> model.setBruteForceProtected(true));
  }

  private void stopProtecting() {
    realm.change((session, model) -> model.setBruteForceProtected(false));
  }

  private boolean ask(BiPredicate<Lockout, UserModel> question) {
    return realm.ask(
        (session, model) ->
            question.test(new Lockout(session), SampleRealm.user(session, model, PERSON)));
  }

  private List<String> toldBy(BiConsumer<Lockout, UserModel> work) {
    LoginsTold logins = new LoginsTold();
    realm.change(
        (session, model) ->
            work.accept(new Lockout(logins.in(session)), SampleRealm.user(session, model, PERSON)));
    return logins.all();
  }

  @Nested
  class Holds {

    private void lockForNow() {
      realm.change(
          (session, model) ->
              session
                  .loginFailures()
                  .addUserLoginFailure(model, SampleRealm.user(session, model, PERSON).getId())
                  .setFailedLoginNotBefore(Integer.MAX_VALUE));
    }

    private void lockForGood() {
      realm.change(
          (session, model) -> {
            UserModel user = SampleRealm.user(session, model, PERSON);
            user.setEnabled(false);
            user.setSingleAttribute(
                UserModel.DISABLED_REASON, BruteForceProtector.DISABLED_BY_PERMANENT_LOCKOUT);
          });
    }

    @Test
    void nobodyWhoNeverFailed() {
      assertThat(ask(Lockout::holds)).isFalse();
    }

    @Test
    void thosePermanentlyLockedOut() {
      lockForGood();
      assertThat(ask(Lockout::holds)).isTrue();
    }

    @Test
    void thoseTemporarilyLockedOut() {
      lockForNow();
      assertThat(ask(Lockout::holds)).isTrue();
    }

    @Test
    void nobodyWhereTheRealmDoesNotProtect() {
      lockForNow();
      lockForGood();
      stopProtecting();
      assertThat(ask(Lockout::holds)).isFalse();
    }
  }

  @Nested
  class AWrongPassword {

    @Test
    void isToldToKeycloak() {
      assertThat(toldBy(Lockout::failed))
          .containsExactly("failedLogin alice 203.0.113.7 [password]");
    }

    @Test
    void isNotToldWhereTheRealmDoesNotProtect() {
      stopProtecting();
      assertThat(toldBy(Lockout::failed)).isEmpty();
    }
  }

  @Nested
  class ARightPassword {

    private void failedBefore(int times) {
      realm.change(
          (session, model) -> {
            UserLoginFailureModel failures =
                session
                    .loginFailures()
                    .addUserLoginFailure(model, SampleRealm.user(session, model, PERSON).getId());
            for (int i = 0; i < times; i++) {
              failures.incrementFailures();
            }
          });
    }

    @Test
    void isToldAfterAWrongOne() {
      failedBefore(1);
      assertThat(toldBy(Lockout::succeeded))
          .containsExactly("successfulLogin alice 203.0.113.7 [password]");
    }

    @Test
    void isNotToldIfThereNeverWasAWrongOne() {
      assertThat(toldBy(Lockout::succeeded)).isEmpty();
    }

    @Test
    void isNotToldIfWrongOnesAreForgottenAlready() {
      failedBefore(0);
      assertThat(toldBy(Lockout::succeeded)).isEmpty();
    }

    @Test
    void isNotToldWhereTheRealmDoesNotProtect() {
      failedBefore(1);
      stopProtecting();
      assertThat(toldBy(Lockout::succeeded)).isEmpty();
    }
  }
}
