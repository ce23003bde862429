package io.accesskeys.store;

import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;

/** Our tables and the Liquibase change log that makes them. */
final class StoreEntities implements JpaEntityProvider {

  @Override
  public List<Class<?>> getEntities() {
    return List.of(AccessKeyEntity.class, AccessKeySecretEntity.class, AccessKeyUsageEntity.class);
  }

  @Override
  public String getChangelogLocation() {
    return "META-INF/access-keys-changelog.xml";
  }

  @Override
  public String getFactoryId() {
    return StoreEntitiesFactory.ID;
  }

  @Override
  public void close() {}
}
