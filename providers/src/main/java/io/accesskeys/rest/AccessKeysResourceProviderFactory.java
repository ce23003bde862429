package io.accesskeys.rest;

import io.accesskeys.rest.exposed.ReportBudget;
import java.security.SecureRandom;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/** Mounts the self-service API at {@code /realms/{realm}/access-keys}. */
public final class AccessKeysResourceProviderFactory implements RealmResourceProviderFactory {

  private final SecureRandom random = new SecureRandom();
  private ReportBudget reports;

  @Override
  public RealmResourceProvider create(KeycloakSession session) {
    return new RealmResourceProvider() {
      @Override
      public Object getResource() {
        return new AccessKeysResource(session, random, reports);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory sessions) {
    try (KeycloakSession session = sessions.create()) {
      reports = new ReportBudget(session);
    }
  }

  @Override
  public void close() {
    if (reports != null) {
      reports.close();
    }
  }

  @Override
  public String getId() {
    return "access-keys";
  }
}
