package io.accesskeys.verification;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.store.OptIn;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.StorageUnavailableUserModelDelegate;
import org.keycloak.storage.StorageId;

/** Who a key acts as. */
public sealed interface KeyOwner {

  /** The attribute of a client that names the ids of the persons who have registered it. */
  String REGISTRANTS = "access-keys.owners";

  /** What is stored of the owner. */
  String id();

  /** The kind of the owner's keys. */
  KeyKind kind();

  /** What each case gives. */
  <T> T fold(
      Function<Person, T> person,
      Function<ServiceAccount, T> account,
      Function<Client, T> client,
      Function<Unreachable, T> unreachable);

  /** The user whose roles count; empty for a client and for whoever cannot be asked for now. */
  default Optional<UserModel> actingUser() {
    return fold(
        person -> Optional.of(person.user()),
        account -> Optional.of(account.user()),
        client -> Optional.empty(),
        unreachable -> Optional.empty());
  }

  /** The client of an owner that is one, or acts for one. */
  default Optional<ClientModel> owningClient() {
    return fold(
        person -> Optional.empty(),
        account -> Optional.of(account.client()),
        client -> Optional.of(client.client()),
        unreachable -> Optional.empty());
  }

  /** The person that this is; empty for any other owner, and while nobody can say. */
  default Optional<Person> person() {
    return fold(
        Optional::of,
        account -> Optional.empty(),
        client -> Optional.empty(),
        unreachable -> Optional.empty());
  }

  /** Whether keys of this owner may be for this client: the secrets of a client are for itself. */
  default boolean mayHaveKeysFor(ClientModel other) {
    return fold(
        person -> true,
        account -> true,
        client -> client.client().equals(other),
        unreachable -> true);
  }

  /** Whether nobody can say now who this is: their user federation does not answer. */
  default boolean isUnreachable() {
    return fold(person -> false, account -> false, client -> false, unreachable -> true);
  }

  /** A person, of personal access tokens. */
  record Person(UserModel user) implements KeyOwner {
    @Override
    public <T> T fold(
        Function<Person, T> person,
        Function<ServiceAccount, T> account,
        Function<Client, T> client,
        Function<Unreachable, T> unreachable) {
      return person.apply(this);
    }

    @Override
    public String id() {
      return user.getId();
    }

    @Override
    public KeyKind kind() {
      return KeyKind.PERSONAL_ACCESS_TOKEN;
    }
  }

  /** The service account of a client, of API keys. */
  record ServiceAccount(ClientModel client, UserModel user) implements KeyOwner {
    @Override
    public <T> T fold(
        Function<Person, T> person,
        Function<ServiceAccount, T> account,
        Function<Client, T> client,
        Function<Unreachable, T> unreachable) {
      return account.apply(this);
    }

    @Override
    public String id() {
      return user.getId();
    }

    @Override
    public KeyKind kind() {
      return KeyKind.API_KEY;
    }
  }

  /** A client itself, of client secrets. */
  record Client(ClientModel client) implements KeyOwner {
    @Override
    public <T> T fold(
        Function<Person, T> person,
        Function<ServiceAccount, T> account,
        Function<Client, T> client,
        Function<Unreachable, T> unreachable) {
      return client.apply(this);
    }

    @Override
    public String id() {
      return client.getId();
    }

    @Override
    public KeyKind kind() {
      return KeyKind.CLIENT_SECRET;
    }

    /** Whether it authenticates by a secret; as Keycloak has it, also if it says nothing of it. */
    public boolean authenticatesBySecret() {
      String authenticator = client.getClientAuthenticatorType();
      return !client.isPublicClient()
          && (authenticator == null
              || authenticator.equals(ClientIdAndSecretAuthenticator.PROVIDER_ID));
    }
  }

  /**
   * A person whose user federation does not answer: nobody can say now what they may do, or whether
   * they are still there.
   */
  record Unreachable(String id) implements KeyOwner {
    @Override
    public <T> T fold(
        Function<Person, T> person,
        Function<ServiceAccount, T> account,
        Function<Client, T> client,
        Function<Unreachable, T> unreachable) {
      return unreachable.apply(this);
    }

    @Override
    public KeyKind kind() {
      return KeyKind.PERSONAL_ACCESS_TOKEN;
    }
  }

  /** The owner of a key; empty if there is none of the right sort any more. */
  static Optional<KeyOwner> of(AccessKey key, KeycloakSession session, RealmModel realm) {
    if (key.kind() == KeyKind.CLIENT_SECRET) {
      return Optional.ofNullable(realm.getClientById(key.ownerId())).map(Client::new);
    }
    return ofUser(key.ownerId(), session, realm).filter(owner -> owner.kind() == key.kind());
  }

  /** The user of this id as an owner; empty if there is none. */
  static Optional<KeyOwner> ofUser(String userId, KeycloakSession session, RealmModel realm) {
    if (!isWhole(userId)) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(session.users().getUserById(realm, userId))
          .flatMap(user -> of(user, realm));
    } catch (RuntimeException e) {
      // A federation is anybody's code and may throw anything. Of users in the local database
      // Keycloak catches it itself, so what they throw is something else.
      if (StorageId.isLocalStorage(userId)) {
        throw e;
      }
      Logger log = Logger.getLogger(KeyOwner.class);
      // The id was sent by somebody, and may be more than a line; which federation it is, is known.
      log.warnf("No answer from user federation %s", new StorageId(userId).getProviderId());
      log.debug("A user federation failed", e);
      return Optional.of(new Unreachable(userId));
    }
  }

  /** Keycloak fails at what begins like the id of a federated user and ends too soon. */
  private static boolean isWhole(String userId) {
    return !userId.startsWith("f:") || userId.indexOf(':', 2) > 0;
  }

  /**
   * The ids of the persons who have registered this client as an application of theirs. None for a
   * client that dynamic registration made: it could name anybody.
   */
  static List<String> registrants(ClientModel client) {
    String named = client.getAttribute(REGISTRANTS);
    return named == null || OptIn.isSelfRegistered(client)
        ? List.of()
        : Stream.of(named.split(Constants.CFG_DELIMITER))
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .toList();
  }

  /** This user as an owner; empty for the service account of a client that is gone. */
  static Optional<KeyOwner> of(UserModel user, RealmModel realm) {
    if (user instanceof StorageUnavailableUserModelDelegate) {
      return Optional.of(new Unreachable(user.getId()));
    }
    String link = user.getServiceAccountClientLink();
    return link == null
        ? Optional.of(new Person(user))
        : Optional.ofNullable(realm.getClientById(link))
            .map(client -> new ServiceAccount(client, user));
  }
}
