package io.accesskeys.restriction;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Lets any jar in {@code providers/} bring types of restriction. */
public final class RestrictionSpi implements Spi {

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public String getName() {
    return "access-key-restriction";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return RestrictionType.class;
  }

  @Override
  public Class<? extends ProviderFactory<RestrictionType>> getProviderFactoryClass() {
    return RestrictionTypeFactory.class;
  }
}
