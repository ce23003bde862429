package io.accesskeys.signin.address;

import io.accesskeys.request.ClientAddress;
import io.accesskeys.restriction.InvalidRestrictionException;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A step of any flow that only sign-ins from allowed addresses pass. */
final class IpRestrictionAuthenticator implements Authenticator {

  @Override
  public void authenticate(AuthenticationFlowContext context) {
    RefusedSignIn refused = new RefusedSignIn(context);
    try {
      AddressRules rules =
          AddressRules.ofRestriction(AddressConfig.settings(context), new FlowAttributes(context));
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
  public void close() {}
}
