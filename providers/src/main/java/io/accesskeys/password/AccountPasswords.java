package io.accesskeys.password;

import io.accesskeys.key.StorableText;
import io.accesskeys.request.Transport;
import io.accesskeys.verification.ApiClientRule;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.GrantableScopes;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Requirements;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.PasswordPolicy;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserCredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The decision on a person's own user name and password, for API clients that have opted in: tools
 * that can send nothing else. It is no sign-in and makes no session; a key is the better way.
 */
public final class AccountPasswords {

  /** The attribute by which an API client opts in: in realm exports, so never to change. */
  public static final String ATTRIBUTE = "access-keys.account-passwords";

  private final KeycloakSession session;
  private final RealmModel realm;
  private final Lockout lockout;

  /** For the realm of this session. */
  public AccountPasswords(KeycloakSession session) {
    this.session = session;
    this.realm = session.getContext().getRealm();
    this.lockout = new Lockout(session);
  }

  /** The outcome of a verification. */
  public sealed interface Outcome {

    /** What either case gives. */
    <T> T fold(Function<Person, T> person, Function<Denied, T> denied);

    /**
     * The password is right, and good for this request.
     *
     * @param scopes all grantable scopes that the person may have now
     */
    record Person(UserModel user, ClientModel apiClient, Set<String> scopes) implements Outcome {
      @Override
      public <T> T fold(Function<Person, T> person, Function<Denied, T> denied) {
        return person.apply(this);
      }
    }

    /** It is not, or is not taken here. */
    record Denied(Refused refused) implements Outcome {
      @Override
      public <T> T fold(Function<Person, T> person, Function<Denied, T> denied) {
        return denied.apply(this);
      }
    }
  }

  /**
   * Decides on a user name, or an e-mail address where the realm takes these, and a password.
   *
   * @param apiClient the API client that is called; empty if nobody can say which one
   */
  public Outcome verify(
      Optional<ClientModel> apiClient, String username, String password, Requirements demand) {
    Optional<Reason> untaken = untaken(apiClient);
    if (untaken.isPresent()) {
      return denied(untaken.get());
    }
    Optional<UserModel> user = find(username);
    Optional<Reason> unfit = user.map(this::unfit).orElse(Optional.of(Reason.WRONG_PASSWORD));
    if (unfit.isPresent()) {
      hashInVain();
      return denied(unfit.get());
    }
    SubjectCredentialManager credentials = user.get().credentialManager();
    if (!credentials.isValid(UserCredentialModel.password(password))) {
      if (!credentials.isConfiguredFor(PasswordCredentialModel.TYPE)) {
        hashInVain();
      }
      lockout.failed(user.get());
      return denied(Reason.WRONG_PASSWORD);
    }
    lockout.succeeded(user.get());
    return demanded(user.get(), apiClient.get(), demand);
  }

  private Outcome demanded(UserModel user, ClientModel apiClient, Requirements demand) {
    Set<String> scopes = GrantableScopes.names(GrantableScopes.permitted(apiClient, user));
    return demand
        .unmetBy(user.getUsername(), apiClient.getClientId(), Optional.empty(), scopes)
        .map(AccountPasswords::denied)
        .orElseGet(() -> new Outcome.Person(user, apiClient, scopes));
  }

  /** Why no password is looked at; empty if the API client takes them. */
  private Optional<Reason> untaken(Optional<ClientModel> apiClient) {
    if (Transport.forbidsKeys(session)) {
      return Optional.of(Reason.INSECURE_TRANSPORT);
    }
    boolean taken =
        apiClient
            .filter(client -> Boolean.parseBoolean(client.getAttribute(ATTRIBUTE)))
            .filter(ClientModel::isDirectAccessGrantsEnabled)
            .filter(client -> !client.isConsentRequired())
            .isPresent();
    if (!taken) {
      return Optional.of(Reason.ACCOUNT_PASSWORD);
    }
    if (!realm.isEnabled()) {
      return Optional.of(Reason.REALM_DISABLED);
    }
    if (!apiClient.get().isEnabled()) {
      return Optional.of(Reason.API_CLIENT_DISABLED);
    }
    return ApiClientRule.firstBrokenBy(apiClient.get()).map(rule -> Reason.API_CLIENT_RULE);
  }

  private Optional<UserModel> find(String username) {
    if (!StorableText.mayBeName(username)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(KeycloakModelUtils.findUserByNameOrEmail(session, realm, username))
          .filter(user -> user.getServiceAccountClientLink() == null);
    } catch (ModelDuplicateException e) {
      return Optional.empty();
    }
  }

  /**
   * Why this person's password is not looked at; empty if it is. Found out before, so that the
   * lockout does not tell whether it was right.
   */
  private Optional<Reason> unfit(UserModel user) {
    if (lockout.holds(user)) {
      return Optional.of(Reason.LOCKED_OUT);
    }
    if (!user.isEnabled()) {
      return Optional.of(Reason.OWNER_DISABLED);
    }
    PendingSignInSteps hurdles = new PendingSignInSteps(realm, user);
    if (hurdles.pendingAction()) {
      return Optional.of(Reason.REQUIRED_ACTION);
    }
    return hurdles.secondFactor() ? Optional.of(Reason.SECOND_FACTOR) : Optional.empty();
  }

  /** As long as a password that is looked at takes, so that nobody learns who has an account. */
  private void hashInVain() {
    PasswordPolicy policy = realm.getPasswordPolicy();
    String algorithm = policy.getHashAlgorithm();
    PasswordHashProvider provider =
        algorithm == null
            ? session.getProvider(PasswordHashProvider.class)
            : session.getProvider(PasswordHashProvider.class, algorithm);
    provider.encodedCredential(PasswordCredentialModel.TYPE, policy.getHashIterations());
  }

  private static Outcome denied(Reason reason) {
    return new Outcome.Denied(Refused.of(reason));
  }
}
