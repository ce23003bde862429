package io.accesskeys.store;

import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/**
 * An event listener of every realm, whichever listeners the realm has: what it does must not depend
 * on whether somebody stores events.
 */
public abstract class GlobalListener implements EventListenerProviderFactory {

  /** Hears of an event in the transaction that it is about. */
  protected void onEvent(KeycloakSession session, Event event) {}

  /** Hears of a change by an administrator in the transaction that makes it. */
  protected void onEvent(KeycloakSession session, AdminEvent event) {}

  @Override
  public final EventListenerProvider create(KeycloakSession session) {
    return new EventListenerProvider() {
      @Override
      public void onEvent(Event event) {
        GlobalListener.this.onEvent(session, event);
      }

      @Override
      public void onEvent(AdminEvent event, boolean includeRepresentation) {
        GlobalListener.this.onEvent(session, event);
      }

      @Override
      public void close() {}
    };
  }

  @Override
  public final boolean isGlobal() {
    return true;
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}
}
