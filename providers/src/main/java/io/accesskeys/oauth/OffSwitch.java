package io.accesskeys.oauth;

import org.jboss.logging.Logger;
import org.keycloak.Config;
import org.keycloak.provider.ProviderFactory;

/**
 * Whether a provider that has taken the place of one of Keycloak's does what it is for, or makes
 * Keycloak's own. Keycloak's switch {@code enabled} would not do: it goes by the id, and of two
 * factories with one id Keycloak keeps one, so that its own would be off as well.
 */
public final class OffSwitch {

  private static final Logger LOG = Logger.getLogger(OffSwitch.class);

  /** Must not end with {@code enabled}: such options are for {@code kc.sh build}. */
  private static final String PROPERTY = "access-keys";

  private OffSwitch() {}

  /** Whether ours is on: unless this provider is told otherwise, which is logged. */
  public static boolean isOn(ProviderFactory<?> factory, Config.Scope config) {
    boolean on = config.getBoolean(PROPERTY, true);
    if (!on) {
      LOG.infof("Access keys are disabled at %s: it is Keycloak's own", factory.getId());
    }
    return on;
  }
}
