package io.accesskeys.management;

import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.StorableText;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.KeyStore;
import io.accesskeys.verification.KeyOwner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.ClientManager;
import org.keycloak.services.managers.RealmManager;

// Longer than 250 lines: what an application is stands in one place.

/**
 * Applications: clients that people without admin rights register to own API keys. An application
 * is known by its client attribute {@value KeyOwner#REGISTRANTS}, which only administrators and
 * this class can write.
 */
public final class Applications {

  /**
   * The client attribute with further addresses for mails. A registrant is not among them: mails go
   * to whatever address they have when one is sent, and an old one may be somebody else's by then.
   */
  private static final String CONTACTS = "access-keys.contacts";

  private static final String CREATED = "access-keys.created";

  /** Every application's client_id begins so; finds them without a look at every client. */
  private static final String PREFIX = "app-";

  private static final int MAX_SLUG = 40;
  private static final int RANDOM_LENGTH = 8;

  private final KeycloakSession session;
  private final RealmModel realm;

  /** The applications of a realm. */
  public Applications(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** The applications that this person manages. */
  public Stream<ClientModel> of(UserModel user) {
    return ofUser(user.getId());
  }

  /** The applications that the person of this id manages. */
  public Stream<ClientModel> ofUser(String userId) {
    return all().filter(client -> isManagedBy(client, userId));
  }

  /** The applications of everybody. */
  Stream<ClientModel> all() {
    return realm
        .searchClientByClientIdStream(PREFIX, null, null)
        .filter(client -> !KeyOwner.registrants(client).isEmpty());
  }

  /** One of the applications that this person manages. */
  public Optional<ClientModel> find(UserModel user, String id) {
    return Optional.of(id)
        .filter(StorableText::is)
        .map(realm::getClientById)
        .filter(client -> isManagedBy(client, user.getId()));
  }

  /**
   * The same, named by the member {@code application} of a request.
   *
   * @throws InvalidRequestException if it is not one of theirs
   */
  public ClientModel owned(UserModel user, String id) throws InvalidRequestException {
    return find(user, id)
        .orElseThrow(
            () -> new InvalidRequestException("application", "is not an application of yours"));
  }

  /**
   * The application of this person that owns the API key. A client secret of theirs was made by an
   * administrator, and stays an administrator's.
   */
  Optional<ClientModel> ofKey(UserModel user, AccessKey key) {
    return Optional.of(key)
        .filter(one -> one.kind() == KeyKind.API_KEY)
        .flatMap(one -> KeyOwner.of(one, session, realm))
        .flatMap(KeyOwner::owningClient)
        .filter(client -> isManagedBy(client, user.getId()));
  }

  /**
   * The owner of an application's API keys; empty if an administrator has switched off its service
   * account, with which its keys have gone.
   */
  public Optional<KeyOwner> owner(ClientModel application) {
    return Optional.of(application)
        .filter(ClientModel::isServiceAccountsEnabled)
        .map(session.users()::getServiceAccount)
        .map(account -> new KeyOwner.ServiceAccount(application, account));
  }

  /**
   * The same, for who needs one.
   *
   * @throws InvalidRequestException if there is none
   */
  public KeyOwner requireOwner(ClientModel application) throws InvalidRequestException {
    return owner(application)
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "application",
                    "has no service account any more: an administrator has switched it off, and"
                        + " can switch it on again"));
  }

  /**
   * Registers an application: a client that no login flow and no secret leads into, whose service
   * account has the policy's roles and no others.
   *
   * @throws InvalidRequestException if the name is none, or the person has enough applications
   */
  public ClientModel register(UserModel person, String name, RealmPolicy policy, Instant now)
      throws InvalidRequestException {
    String shown = Labels.name(name);
    requireRoom(person, policy);
    List<RoleModel> roles = roles(policy.applications().roles());
    ClientModel client = realm.addClient(clientId(shown));
    client.setName(shown);
    client.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
    closeLogins(client);
    client.setAttribute(KeyOwner.REGISTRANTS, person.getId());
    client.setAttribute(CREATED, now.toString());
    new ClientManager(new RealmManager(session)).enableServiceAccount(client);
    giveOnly(roles, session.users().getServiceAccount(client));
    dropScopes(client);
    return client;
  }

  /** When an application was registered, as ISO-8601 text. */
  public static String createdAt(ClientModel application) {
    return application.getAttribute(CREATED);
  }

  /** Removes an application with its service account and its keys. */
  public void remove(ClientModel application) {
    new ClientManager(new RealmManager(session)).removeClient(realm, application);
  }

  /**
   * Gives an application to this person: from now on they manage it, and nobody else.
   *
   * @throws InvalidRequestException if the person has enough applications
   */
  void give(ClientModel application, UserModel to, RealmPolicy policy)
      throws InvalidRequestException {
    requireRoom(to, policy);
    application.setAttribute(KeyOwner.REGISTRANTS, to.getId());
    // Those whom the last owner has named, or an older version of ours named for them.
    application.removeAttribute(CONTACTS);
  }

  /** What becomes of the applications of a person who is gone. */
  public void leave(String userId) {
    for (ClientModel application : ofUser(userId).toList()) {
      List<String> left = new ArrayList<>(KeyOwner.registrants(application));
      left.remove(userId);
      if (left.isEmpty()) {
        remove(application);
      } else {
        application.setAttribute(KeyOwner.REGISTRANTS, String.join(Constants.CFG_DELIMITER, left));
      }
    }
  }

  /** Counted under a lock, so that of several who are registered at once not one is too many. */
  private void requireRoom(UserModel person, RealmPolicy policy) throws InvalidRequestException {
    session.getProvider(KeyStore.class).lock(realm, person.getId());
    if (of(person).count() >= policy.applications().perPerson()) {
      throw new InvalidRequestException(
          "", "Nobody may have more than " + policy.applications().perPerson() + " applications");
    }
  }

  private List<RoleModel> roles(Set<String> names) throws InvalidRequestException {
    List<RoleModel> roles = new ArrayList<>();
    for (String name : names) {
      RoleModel role = realm.getRole(name);
      if (role == null) {
        throw new InvalidRequestException(
            "", "The realm's policy names the role " + name + ", which does not exist");
      }
      roles.add(role);
    }
    return roles;
  }

  /** With client-jwt and no key of its own, nothing authenticates the client but an access key. */
  private static void closeLogins(ClientModel client) {
    client.setEnabled(true);
    client.setPublicClient(false);
    client.setBearerOnly(false);
    client.setStandardFlowEnabled(false);
    client.setImplicitFlowEnabled(false);
    client.setDirectAccessGrantsEnabled(false);
    client.setFullScopeAllowed(false);
    client.setClientAuthenticatorType("client-jwt");
    client.setAttribute("oauth2.device.authorization.grant.enabled", "false");
    client.setAttribute("oidc.ciba.grant.enabled", "false");
  }

  private static void giveOnly(List<RoleModel> roles, UserModel account) {
    account.getRoleMappingsStream().toList().forEach(account::deleteRoleMapping);
    account.getGroupsStream().toList().forEach(account::leaveGroup);
    roles.forEach(account::grantRole);
  }

  private static void dropScopes(ClientModel client) {
    List<ClientScopeModel> scopes =
        Stream.of(true, false)
            .flatMap(kind -> client.getClientScopes(kind).values().stream())
            .toList();
    scopes.forEach(client::removeClientScope);
  }

  private static boolean isManagedBy(ClientModel client, String userId) {
    return KeyOwner.registrants(client).contains(userId);
  }

  private static String clientId(String name) {
    String slug =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    String cut = slug.length() > MAX_SLUG ? slug.substring(0, MAX_SLUG) : slug;
    return PREFIX
        + (cut.isEmpty() ? "" : cut + "-")
        + SecretGenerator.getInstance().randomString(RANDOM_LENGTH, SecretGenerator.DIGITS);
  }
}
