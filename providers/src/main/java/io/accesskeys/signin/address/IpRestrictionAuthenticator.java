package io.accesskeys.signin.address;

import io.accesskeys.request.ClientAddress;
import io.accesskeys.restriction.InvalidRestrictionException;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/** A step of any flow that only sign-ins from allowed addresses pass. */
public final class IpRestrictionAuthenticator implements Authenticator, AuthenticatorFactory {

  private static final Requirement[] REQUIREMENTS = {Requirement.REQUIRED, Requirement.DISABLED};

  @Override
  public void authenticate(AuthenticationFlowContext context) {
    RefusedSignIn refused = new RefusedSignIn(context);
    try {
      AddressRules rules =
          AddressRules.ofRestriction(AddressConfig.settings(context), Attributes.of(context));
      switch (rules.placeOf(ClientAddress.of(context.getSession()))) {
        case INSIDE -> context.success();
        // No failure: an address is no guess at a password, and must not count towards a lockout.
        case OUTSIDE -> context.forceChallenge(refused.outside());
        case UNKNOWN -> context.forceChallenge(refused.unknown());
      }
    } catch (InvalidRestrictionException e) {
      context.forceChallenge(refused.misconfigured(e));
    }
  }

  /** The refusal has no form, but somebody may send one; or go on from an allowed address. */
  @Override
  public void action(AuthenticationFlowContext context) {
    authenticate(context);
  }

  /** Only where an attribute of the user is asked for, which the config says. */
  @Override
  public boolean requiresUser() {
    return false;
  }

  @Override
  public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
    return true;
  }

  @Override
  public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

  @Override
  public Authenticator create(KeycloakSession session) {
    return this;
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
