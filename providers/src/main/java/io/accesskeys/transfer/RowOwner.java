package io.accesskeys.transfer;

import io.accesskeys.key.KeyKind;
import io.accesskeys.key.StorableText;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.verification.KeyOwner;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Finds the owner that a row names: a person by id, or by user name where nobody here has that id,
 * as in a copy of a realm on the same server; a client by its {@code client_id}.
 */
final class RowOwner {

  static final String USER = "user";
  static final String USERNAME = "username";
  static final String CLIENT = "client";

  private static final Set<Set<String>> FORMS =
      Set.of(Set.of(USER), Set.of(USERNAME), Set.of(USER, USERNAME), Set.of(CLIENT));

  private final KeycloakSession session;
  private final RealmModel realm;

  RowOwner(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /**
   * The owner of a key of this kind.
   *
   * @param owner as a row has it; null for none
   * @throws InvalidRequestException if there is nobody of that name here who can own such a key
   */
  KeyOwner find(Map<String, String> owner, KeyKind kind) throws InvalidRequestException {
    Map<String, String> named = owner == null ? Map.of() : owner;
    Optional<KeyOwner> found =
        switch (kind) {
          case PERSONAL_ACCESS_TOKEN -> person(named);
          case API_KEY -> client(named).flatMap(this::serviceAccount);
          case CLIENT_SECRET -> client(named).map(KeyOwner.Client::new);
        };
    return found
        .filter(fitting -> fitting.kind() == kind && FORMS.contains(named.keySet()))
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "owner",
                    "is not a user or client of this realm that can own a key of this kind"));
  }

  private Optional<KeyOwner> person(Map<String, String> named) {
    return Optional.ofNullable(named.get(USER))
        .flatMap(id -> KeyOwner.ofUser(id, session, realm))
        .filter(KeyOwner.Person.class::isInstance)
        .or(
            () ->
                Optional.ofNullable(named.get(USERNAME))
                    .filter(StorableText::mayBeName)
                    .map(name -> session.users().getUserByUsername(realm, name))
                    .flatMap(user -> KeyOwner.of(user, realm))
                    .filter(KeyOwner.Person.class::isInstance));
  }

  private Optional<ClientModel> client(Map<String, String> named) {
    return Optional.ofNullable(named.get(CLIENT)).map(realm::getClientByClientId);
  }

  private Optional<KeyOwner> serviceAccount(ClientModel client) {
    UserModel account = session.users().getServiceAccount(client);
    return account == null
        ? Optional.empty()
        : Optional.of(new KeyOwner.ServiceAccount(client, account));
  }
}
