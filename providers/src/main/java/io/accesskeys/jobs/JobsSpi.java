package io.accesskeys.jobs;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Gives the jobs a life like that of Keycloak's own providers: config, start and end. */
public final class JobsSpi implements Spi {

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public String getName() {
    return "access-key-jobs";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return Jobs.class;
  }

  @Override
  public Class<? extends ProviderFactory<Jobs>> getProviderFactoryClass() {
    return JobsFactory.class;
  }
}
