package io.accesskeys.model;

import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.UserStorageProviderFactory;
import org.keycloak.storage.adapter.AbstractUserAdapterFederatedStorage;
import org.keycloak.storage.user.UserLookupProvider;

/** A user federation of a realm, which knows {@link SampleRealm#PERSON} and copies nobody. */
public final class SampleFederation {

  private static final String REACHABLE = "reachable";

  private final SampleRealm realm;
  private final String id = KeycloakModelUtils.generateId();

  /** Added to this realm. */
  public SampleFederation(SampleRealm realm) {
    this.realm = realm;
    realm.change(
        (session, model) -> {
          ComponentModel federation = new ComponentModel();
          federation.setId(id);
          federation.setName("outside");
          federation.setProviderId(new Factory().getId());
          federation.setProviderType(UserStorageProvider.class.getName());
          federation.setParentId(model.getId());
          federation.put("importEnabled", false);
          model.importComponentModel(federation);
        });
  }

  /** The id of the person of this name. */
  public String idOf(String name) {
    return new StorageId(id, name).getId();
  }

  /** From now on it throws whatever it is asked. */
  public void switchOff() {
    realm.change(
        (session, model) -> {
          ComponentModel federation = model.getComponent(id);
          federation.put(REACHABLE, false);
          model.updateComponent(federation);
        });
  }

  /** Makes what answers for it. */
  static final class Factory implements UserStorageProviderFactory<Provider> {

    @Override
    public Provider create(KeycloakSession session, ComponentModel model) {
      return new Provider(session, model);
    }

    @Override
    public String getId() {
      return "sample-federation";
    }
  }

  /** Fails as a driver might: with an exception that Keycloak knows nothing of. */
  record Provider(KeycloakSession session, ComponentModel model)
      implements UserStorageProvider, UserLookupProvider {

    @Override
    public UserModel getUserById(RealmModel realm, String id) {
      return getUserByUsername(realm, StorageId.externalId(id));
    }

    @Override
    public UserModel getUserByUsername(RealmModel realm, String username) {
      if (!model.get(REACHABLE, true)) {
        throw new IllegalStateException("Connection refused: the federation of the tests");
      }
      return username.equals(SampleRealm.PERSON) ? new Person(session, realm, model) : null;
    }

    @Override
    public UserModel getUserByEmail(RealmModel realm, String email) {
      return null;
    }

    @Override
    public void close() {}
  }

  private static final class Person extends AbstractUserAdapterFederatedStorage {

    Person(KeycloakSession session, RealmModel realm, ComponentModel model) {
      super(session, realm, model);
    }

    @Override
    public String getUsername() {
      return SampleRealm.PERSON;
    }

    @Override
    public void setUsername(String name) {
      throw new UnsupportedOperationException("People have the names that they have outside");
    }

    @Override
    public SubjectCredentialManager credentialManager() {
      return session.users().getUserCredentialManager(this);
    }
  }
}
