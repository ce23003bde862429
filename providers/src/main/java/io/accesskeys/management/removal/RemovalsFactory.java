package io.accesskeys.management.removal;

import java.util.Set;
import org.keycloak.Config;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Hears from Keycloak of every user, client, client scope and realm that is being removed. */
public final class RemovalsFactory implements Spi, ProviderFactory<Removals> {

  @Override
  public Removals create(KeycloakSession session) {
    return new Removals(session);
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory sessions) {
    sessions.register(RemovalsFactory::onEvent);
  }

  @Override
  public Set<Class<? extends Provider>> dependsOn() {
    return Set.of(JpaConnectionProvider.class);
  }

  @Override
  public void close() {}

  @Override
  public String getId() {
    return "default";
  }

  @Override
  public String getName() {
    return "access-key-removal";
  }

  @Override
  public boolean isInternal() {
    return true;
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return Removals.class;
  }

  @Override
  public Class<? extends ProviderFactory<Removals>> getProviderFactoryClass() {
    return RemovalsFactory.class;
  }

  private static void onEvent(ProviderEvent event) {
    if (event instanceof UserModel.UserPreRemovedEvent removed) {
      of(removed.getKeycloakSession()).note(removed.getRealm(), removed.getUser());
    } else if (event instanceof ClientModel.ClientRemovedEvent removed) {
      of(removed.getKeycloakSession()).note(removed.getClient());
    } else if (event instanceof ClientScopeModel.ClientScopeRemovedEvent removed) {
      of(removed.getKeycloakSession()).note(removed.getClientScope());
    } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
      of(removed.getKeycloakSession()).note(removed.getRealm());
    }
  }

  private static Removals of(KeycloakSession session) {
    return session.getProvider(Removals.class);
  }
}
