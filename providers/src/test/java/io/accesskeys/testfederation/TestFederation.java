package io.accesskeys.testfederation;

import java.util.List;
import org.keycloak.component.ComponentModel;
import org.keycloak.credential.CredentialInput;
import org.keycloak.credential.CredentialInputValidator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.credential.PasswordCredentialModel;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.user.ImportedUserValidation;
import org.keycloak.storage.user.UserLookupProvider;

/**
 * People outside of Keycloak, whose passwords are their names. As with LDAP, a federation that
 * imports copies whoever is looked up into the local database, and looks whether they still exist
 * when the copy is read; one that does not answers for them every time.
 */
public final class TestFederation
    implements UserStorageProvider,
        UserLookupProvider,
        CredentialInputValidator,
        ImportedUserValidation {

  private final KeycloakSession session;
  private final ComponentModel model;

  TestFederation(KeycloakSession session, ComponentModel model) {
    this.session = session;
    this.model = model;
  }

  @Override
  public UserModel getUserById(RealmModel realm, String id) {
    return getUserByUsername(realm, StorageId.externalId(id));
  }

  @Override
  public UserModel getUserByUsername(RealmModel realm, String username) {
    if (!knows(username)) {
      return null;
    }
    return model.get(TestFederationFactory.IMPORT, true)
        ? imported(realm, username)
        : new OutsidePerson(session, realm, model, username);
  }

  @Override
  public UserModel getUserByEmail(RealmModel realm, String email) {
    return null;
  }

  @Override
  public UserModel validate(RealmModel realm, UserModel user) {
    return knows(user.getUsername()) ? user : null;
  }

  @Override
  public boolean supportsCredentialType(String type) {
    return PasswordCredentialModel.TYPE.equals(type);
  }

  @Override
  public boolean isConfiguredFor(RealmModel realm, UserModel user, String type) {
    return supportsCredentialType(type);
  }

  @Override
  public boolean isValid(RealmModel realm, UserModel user, CredentialInput input) {
    return supportsCredentialType(input.getType())
        && knows(user.getUsername())
        && user.getUsername().equals(input.getChallengeResponse());
  }

  @Override
  public void close() {}

  /** Fails as a driver might: with an exception that Keycloak knows nothing of. */
  private boolean knows(String username) {
    if (!model.get(TestFederationFactory.REACHABLE, true)) {
      throw new IllegalStateException("Connection refused: the federation of the tests");
    }
    return List.of(model.get(TestFederationFactory.PEOPLE, "").split(",")).contains(username);
  }

  private UserModel imported(RealmModel realm, String username) {
    UserProvider local = UserStoragePrivateUtil.userLocalStorage(session);
    UserModel known = local.getUserByUsername(realm, username);
    if (known != null) {
      return known;
    }
    UserModel user = local.addUser(realm, username);
    user.setFederationLink(model.getId());
    user.setEnabled(true);
    user.setEmail(username + "@outside.example");
    user.setFirstName("F");
    user.setLastName("L");
    return user;
  }
}
