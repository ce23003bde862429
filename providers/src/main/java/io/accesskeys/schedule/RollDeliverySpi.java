package io.accesskeys.schedule;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Lets any jar in {@code providers/} bring deliveries. */
public final class RollDeliverySpi implements Spi {

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public String getName() {
    return "access-key-roll-delivery";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return RollDelivery.class;
  }

  @Override
  public Class<? extends ProviderFactory<RollDelivery>> getProviderFactoryClass() {
    return RollDeliveryFactory.class;
  }
}
