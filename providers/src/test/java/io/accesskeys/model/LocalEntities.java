package io.accesskeys.model;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** The entities that a server finds by itself in our jar, beside those of the store. */
final class LocalEntities implements JpaEntityProvider, JpaEntityProviderFactory {

  static final String ID = "local";

  @Override
  public JpaEntityProvider create(KeycloakSession session) {
    return this;
  }

  @Override
  public List<Class<?>> getEntities() {
    try {
      return List.of(
          Class.forName("io.accesskeys.health.AccessKeyFindingEntity"),
          Class.forName("io.accesskeys.history.AccessKeyHistoryEntity"),
          Class.forName("io.accesskeys.notice.AccessKeyMailEntity"),
          Class.forName("io.accesskeys.policy.AccessKeyPolicyEntity"),
          Class.forName("io.accesskeys.usage.AccessKeyDayEntity"),
          Class.forName("io.accesskeys.usage.AccessKeyRefusalsEntity"),
          Class.forName("io.accesskeys.usage.AccessKeySeenEntity"));
    } catch (ClassNotFoundException e) {
      throw new LinkageError("There is no such entity any more", e);
    }
  }

  /** None: its table is among those of the store. */
  @Override
  public String getChangelogLocation() {
    return null;
  }

  @Override
  public String getFactoryId() {
    return ID;
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
