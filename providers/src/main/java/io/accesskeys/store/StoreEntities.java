package io.accesskeys.store;

import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.models.KeycloakSession;

/** Our tables and the Liquibase change log that makes them. */
final class StoreEntities implements JpaEntityProvider {

  static final String CHANGELOG = "META-INF/access-keys-changelog.xml";

  private final KeycloakSession session;

  /**
   * @param session none while Keycloak is built, which only asks for the entities
   */
  StoreEntities(KeycloakSession session) {
    this.session = session;
  }

  @Override
  public List<Class<?>> getEntities() {
    return List.of(
        AccessKeyEntity.class,
        AccessKeySecretEntity.class,
        AccessKeyUsageEntity.class,
        AccessKeyOwnerEntity.class);
  }

  /**
   * Keycloak asks for it when it is about to compare the tables with it, and to change them: that
   * is the last moment to look whether they are a newer version's.
   *
   * @throws IllegalStateException if they are: the server does not start
   */
  @Override
  public String getChangelogLocation() {
    if (session != null) {
      DatabaseCheck.beforeMigration(session.getKeycloakSessionFactory());
    }
    return CHANGELOG;
  }

  @Override
  public String getFactoryId() {
    return StoreEntitiesFactory.ID;
  }

  @Override
  public void close() {}
}
