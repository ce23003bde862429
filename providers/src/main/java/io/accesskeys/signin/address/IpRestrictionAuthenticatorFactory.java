package io.accesskeys.signin.address;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** Registers the step that only sign-ins from allowed addresses pass. */
public final class IpRestrictionAuthenticatorFactory implements AuthenticatorFactory {

  private static final Requirement[] REQUIREMENTS = {Requirement.REQUIRED, Requirement.DISABLED};

  private final Authenticator authenticator = new IpRestrictionAuthenticator();

  @Override
  public Authenticator create(KeycloakSession session) {
    return authenticator;
  }

  @Override
  public String getId() {
    return "ip-restriction-authenticator";
  }

  @Override
  public String getDisplayType() {
    return "IP restriction";
  }

  @Override
  public String getHelpText() {
    return "Only sign-ins from allowed addresses pass. What cannot be read refuses the sign-in; the"
        + " event says why.";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return AddressSettings.ofRestriction();
  }

  @Override
  public boolean isConfigurable() {
    return true;
  }

  /** An alternative to a password it must never be. */
  @Override
  public Requirement[] getRequirementChoices() {
    return REQUIREMENTS.clone();
  }

  @Override
  public boolean isUserSetupAllowed() {
    return false;
  }

  @Override
  public String getReferenceCategory() {
    return null;
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}
}
