package io.accesskeys.model;

import io.accesskeys.testfederation.TestFederationFactory;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.UserStorageProvider;

/** A user federation of a realm, which knows {@link SampleRealm#PERSON} and copies nobody. */
public final class SampleFederation {

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
          federation.setProviderId(new TestFederationFactory().getId());
          federation.setProviderType(UserStorageProvider.class.getName());
          federation.setParentId(model.getId());
          federation.put("people", SampleRealm.PERSON);
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
          federation.put("reachable", false);
          model.updateComponent(federation);
        });
  }
}
