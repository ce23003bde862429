package io.accesskeys.testfederation;

import java.util.List;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;
import org.keycloak.storage.UserStorageProviderFactory;

/**
 * For tests only: a user federation whose people stand in its own config, and that an administrator
 * can make fail.
 */
public final class TestFederationFactory implements UserStorageProviderFactory<TestFederation> {

  static final String PEOPLE = "people";
  static final String IMPORT = "importEnabled";
  static final String REACHABLE = "reachable";

  @Override
  public TestFederation create(KeycloakSession session, ComponentModel model) {
    return new TestFederation(session, model);
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return ProviderConfigurationBuilder.create()
        .property(PEOPLE, PEOPLE, "", ProviderConfigProperty.STRING_TYPE, "", null)
        .property(IMPORT, IMPORT, "", ProviderConfigProperty.BOOLEAN_TYPE, "true", null)
        .property(REACHABLE, REACHABLE, "", ProviderConfigProperty.BOOLEAN_TYPE, "true", null)
        .build();
  }

  @Override
  public String getId() {
    return "test-federation";
  }
}
