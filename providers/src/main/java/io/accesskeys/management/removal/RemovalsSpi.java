package io.accesskeys.management.removal;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Gives each session its list of what is being removed. */
public final class RemovalsSpi implements Spi {

  @Override
  public boolean isInternal() {
    return true;
  }

  @Override
  public String getName() {
    return "access-key-removal";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return Removals.class;
  }

  @Override
  public Class<? extends ProviderFactory<Removals>> getProviderFactoryClass() {
    return RemovalsFactory.class;
  }
}
