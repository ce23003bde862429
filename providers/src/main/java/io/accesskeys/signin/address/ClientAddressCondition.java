package io.accesskeys.signin.address;

import io.accesskeys.request.ClientAddress;
import io.accesskeys.restriction.InvalidRestrictionException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticator;
import org.keycloak.authentication.authenticators.conditional.ConditionalAuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * True for sign-ins from certain addresses. Where that cannot be said the sign-in ends: one answer
 * would skip a step that was meant for outsiders, the other one that was meant for insiders, and
 * nobody here knows which of them the flow is about.
 */
public final class ClientAddressCondition
    implements ConditionalAuthenticator, ConditionalAuthenticatorFactory {

  private static final Requirement[] REQUIREMENTS = {Requirement.REQUIRED, Requirement.DISABLED};

  @Override
  public boolean matchCondition(AuthenticationFlowContext context) {
    RefusedSignIn refused = new RefusedSignIn(context);
    try {
      AddressRules rules =
          AddressRules.ofCondition(AddressConfig.settings(context), Attributes.of(context));
      return switch (rules.placeOf(ClientAddress.of(context.getSession()))) {
        case INSIDE -> true;
        case OUTSIDE -> false;
        case UNKNOWN -> throw end(context, refused.unknown());
      };
    } catch (InvalidRestrictionException e) {
      throw end(context, refused.misconfigured(e));
    }
  }

  /**
   * What ends the flow with this answer. A flow's own exception would not do everywhere: among
   * alternatives Keycloak swallows it and tries the next one, and at the token endpoint it is an
   * internal error. The first request of a browser, on the other hand, answers anything else with a
   * page of its own.
   */
  private static RuntimeException end(AuthenticationFlowContext context, Response answer) {
    boolean inAForm =
        context.getSession().getContext().getUri().getPath().contains("/login-actions/");
    return inAForm || RefusedSignIn.readByAProgram(context)
        ? new WebApplicationException(answer)
        : new AuthenticationFlowException(
            AuthenticationFlowError.GENERIC_AUTHENTICATION_ERROR, answer);
  }

  @Override
  public void action(AuthenticationFlowContext context) {}

  @Override
  public boolean requiresUser() {
    return false;
  }

  @Override
  public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

  @Override
  public ConditionalAuthenticator getSingleton() {
    return this;
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
