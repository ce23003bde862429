package io.accesskeys.upkeep;

import org.keycloak.provider.Provider;

/** What runs by itself now and then; there is nothing to ask of it. */
public final class Jobs implements Provider {

  @Override
  public void close() {}
}
