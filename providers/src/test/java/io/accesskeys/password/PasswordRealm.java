package io.accesskeys.password;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.PERSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.Partial;
import io.accesskeys.model.SampleRealm;
import io.accesskeys.password.AccountPasswords.Outcome;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.Requirements;
import io.accesskeys.verification.SessionWith;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserLoginFailureModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * A realm where the API client takes passwords and alice has one, {@value #RIGHT}; and what comes
 * of verifying it, besides the outcome.
 */
public final class PasswordRealm {

  public static final String RIGHT = "correct horse";
  public static final String WRONG = "battery staple";
  public static final String EMAIL = "alice@acme.example";

  private static final String ALGORITHM = "pbkdf2-sha256";

  private final SampleRealm realm = new SampleRealm();
  private final LoginsTold logins = new LoginsTold();
  private final List<String> hashedInVain = new ArrayList<>();

  /** Made anew. */
  public PasswordRealm() {
    policy("hashAlgorithm(" + ALGORITHM + ") and hashIterations(2)");
    realm.change((session, model) -> model.setBruteForceProtected(true));
    api(client -> client.setAttribute(AccountPasswords.ATTRIBUTE, "true"));
    api(client -> client.setDirectAccessGrantsEnabled(true));
    realm.change(
        (session, model) ->
            SampleRealm.user(session, model, PERSON)
                .credentialManager()
                .createStoredCredential(hash(session)));
  }

  /** Changes something. */
  public void change(BiConsumer<KeycloakSession, RealmModel> work) {
    realm.change(work);
  }

  /** Sets the policy for passwords. */
  public void policy(String policy) {
    realm.change(
        (session, model) -> model.setPasswordPolicy(PasswordPolicy.parse(session, policy)));
  }

  /** Changes the API client. */
  public void api(Consumer<ClientModel> work) {
    realm.change((session, model) -> work.accept(model.getClientByClientId(API)));
  }

  /** Changes alice. */
  public void person(Consumer<UserModel> work) {
    realm.change((session, model) -> work.accept(SampleRealm.user(session, model, PERSON)));
  }

  /** Changes what Keycloak remembers of alice's wrong passwords. */
  public void failures(Consumer<UserLoginFailureModel> work) {
    realm.change(
        (session, model) ->
            work.accept(
                session
                    .loginFailures()
                    .addUserLoginFailure(model, SampleRealm.user(session, model, PERSON).getId())));
  }

  /** Whether a password is right, wherever it comes from. */
  public String verify(String username, String password) {
    return verify(Requirements.NONE, username, password);
  }

  /** The same with a demand. */
  public String verify(Requirements demand, String username, String password) {
    return ask(
        (session, model) ->
            new AccountPasswords(session)
                .verify(Optional.of(model.getClientByClientId(API)), username, password, demand));
  }

  /**
   * The outcome in short, as its models end with their session: {@code alice at orders-api with
   * [orders:read]}, or the reason.
   */
  public String ask(BiFunction<KeycloakSession, RealmModel, Outcome> question) {
    return realm.ask((session, model) -> inShort(question.apply(observed(session), model)));
  }

  /** What Keycloak's protection against the guessing of passwords was told. */
  public List<String> told() {
    return logins.all();
  }

  /** The hashes that were made besides those of passwords that were looked at, with their cost. */
  public List<String> hashedInVain() {
    return hashedInVain;
  }

  private static String inShort(Outcome outcome) {
    return outcome.fold(
        person ->
            "%s at %s with %s"
                .formatted(
                    person.user().getUsername(),
                    person.apiClient().getClientId(),
                    new TreeSet<>(person.scopes())),
        denied -> {
          Refused refused = denied.refused();
          assertThat(refused).isEqualTo(Refused.of(refused.reason()));
          return refused.reason().name();
        });
  }

  /**
   * Passwords that are looked at are not hashed by it, as their users have a session of their own.
   */
  private KeycloakSession observed(KeycloakSession session) {
    return SessionWith.provider(
        logins.in(session),
        PasswordHashProvider.class,
        algorithm ->
            Partial.of(
                PasswordHashProvider.class,
                (method, arguments) -> {
                  hashedInVain.add(algorithm.orElse("default") + " " + arguments.get(1));
                  return Optional.of(hash(session));
                }));
  }

  private static PasswordCredentialModel hash(KeycloakSession session) {
    return session.getProvider(PasswordHashProvider.class, ALGORITHM).encodedCredential(RIGHT, 2);
  }
}
