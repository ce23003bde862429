package io.accesskeys.testfederation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.SubjectCredentialManager;
import org.keycloak.models.UserModel;
import org.keycloak.storage.adapter.AbstractUserAdapterFederatedStorage;

/** Somebody of whom Keycloak keeps nothing but the roles it has given them. */
final class OutsidePerson extends AbstractUserAdapterFederatedStorage {

  private final String username;

  OutsidePerson(KeycloakSession session, RealmModel realm, ComponentModel model, String username) {
    super(session, realm, model);
    this.username = username;
  }

  @Override
  public String getUsername() {
    return username;
  }

  @Override
  public void setUsername(String name) {
    throw new UnsupportedOperationException("People have the names that they have outside");
  }

  @Override
  public SubjectCredentialManager credentialManager() {
    return session.users().getUserCredentialManager(this);
  }

  @Override
  public Map<String, List<String>> getAttributes() {
    Map<String, List<String>> attributes = new HashMap<>(super.getAttributes());
    attributes.put(UserModel.EMAIL, List.of(username + "@outside.example"));
    attributes.put(UserModel.FIRST_NAME, List.of("F"));
    attributes.put(UserModel.LAST_NAME, List.of("L"));
    return attributes;
  }

  @Override
  public Stream<String> getAttributeStream(String name) {
    return getAttributes().getOrDefault(name, List.of()).stream();
  }

  @Override
  public String getFirstAttribute(String name) {
    return getAttributeStream(name).findFirst().orElse(null);
  }
}
