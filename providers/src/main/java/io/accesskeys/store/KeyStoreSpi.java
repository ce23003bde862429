package io.accesskeys.store;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Makes {@link KeyStore} a provider like Keycloak's own: one per session, one cache per node. */
public final class KeyStoreSpi implements Spi {

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public String getName() {
    return "access-key-store";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return KeyStore.class;
  }

  @Override
  public Class<? extends ProviderFactory<KeyStore>> getProviderFactoryClass() {
    return KeyStoreFactory.class;
  }
}
