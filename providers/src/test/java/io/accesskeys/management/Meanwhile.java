package io.accesskeys.management;

import io.accesskeys.model.LocalKeycloak;
import java.util.function.BooleanSupplier;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.DefaultKeycloakSessionFactory;

/** The sessions of the usual factory; before one of them, something else happens. */
public final class Meanwhile extends DefaultKeycloakSessionFactory {

  private final BooleanSupplier when;
  private final Runnable what;
  private boolean happened;

  /**
   * @param when asked before each session; when it is so for the first time, {@code what} happens
   */
  public Meanwhile(BooleanSupplier when, Runnable what) {
    this.when = when;
    this.what = what;
  }

  @Override
  public KeycloakSession create() {
    if (!happened && when.getAsBoolean()) {
      happened = true;
      what.run();
    }
    return LocalKeycloak.started().create();
  }
}
