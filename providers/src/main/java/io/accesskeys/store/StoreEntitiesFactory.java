package io.accesskeys.store;

import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Registers our tables with Keycloak. */
public final class StoreEntitiesFactory implements JpaEntityProviderFactory {

  /**
   * Never to change: Keycloak names the table of applied change sets after its first ten letters,
   * {@code DATABASECHANGELOG_ACCESS_KEY}.
   */
  static final String ID = "access_keys";

  @Override
  public JpaEntityProvider create(KeycloakSession session) {
    return new StoreEntities(session);
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}

  @Override
  public String getId() {
    return ID;
  }
}
