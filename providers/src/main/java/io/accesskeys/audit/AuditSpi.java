package io.accesskeys.audit;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Makes {@link Audit} a provider like Keycloak's own. */
public final class AuditSpi implements Spi {

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public String getName() {
    return "access-key-audit";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return Audit.class;
  }

  @Override
  public Class<? extends ProviderFactory<Audit>> getProviderFactoryClass() {
    return AuditFactory.class;
  }
}
