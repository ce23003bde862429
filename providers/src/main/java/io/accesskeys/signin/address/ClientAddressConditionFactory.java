package io.accesskeys.signin.address;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** Registers the condition that is true for sign-ins from certain addresses. */
public final class ClientAddressConditionFactory implements ConditionalAuthenticatorFactory {

  private static final Requirement[] REQUIREMENTS = {Requirement.REQUIRED, Requirement.DISABLED};

  private final ConditionalAuthenticator condition = new ClientAddressCondition();

  @Override
  public ConditionalAuthenticator getSingleton() {
    return condition;
  }

  @Override
  public String getId() {
    return "client-address-condition";
  }

  @Override
  public String getDisplayType() {
    return "Condition - client address";
  }

  @Override
  public String getHelpText() {
    return "The flow is executed only for sign-ins from certain addresses. What cannot be read"
        + " refuses the sign-in; the event says why.";
  }

  @Override
  public List<ProviderConfigProperty> getConfigProperties() {
    return AddressSettings.ofCondition();
  }

  @Override
  public boolean isConfigurable() {
    return true;
  }

  @Override
  public Requirement[] getRequirementChoices() {
    return REQUIREMENTS.clone();
  }

  @Override
  public boolean isUserSetupAllowed() {
    return false;
  }

  @Override
  public void init(Config.Scope config) {}

  @Override
  public void postInit(KeycloakSessionFactory factory) {}

  @Override
  public void close() {}
}
