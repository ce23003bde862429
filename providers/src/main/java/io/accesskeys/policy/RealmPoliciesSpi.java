package io.accesskeys.policy;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/**
 * Makes {@link RealmPolicies} a provider like Keycloak's own: one per session, one cache per node.
 */
public final class RealmPoliciesSpi implements Spi {

  @Override
  public boolean isInternal() {
    return false;
  }

  @Override
  public String getName() {
    return "access-key-policy";
  }

  @Override
  public Class<? extends Provider> getProviderClass() {
    return RealmPolicies.class;
  }

  @Override
  public Class<? extends ProviderFactory<RealmPolicies>> getProviderFactoryClass() {
    return RealmPoliciesFactory.class;
  }
}
