package io.accesskeys.oauth.directgrant;

import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;

/**
 * What a flow tries when one of its steps says that it is not meant. Where nothing is left to try,
 * a step has to answer by itself: Keycloak's token endpoint answers an internal error.
 *
 * @param next the alternative that comes next, to the step or to a sub-flow that it is in
 */
record OtherWays(Optional<AuthenticationExecutionModel> next, RealmModel realm) {

  /** What comes after the step of this context. */
  static OtherWays after(AuthenticationFlowContext context) {
    RealmModel realm = context.getRealm();
    Optional<AuthenticationExecutionModel> next = Optional.empty();
    AuthenticationExecutionModel step = context.getExecution();
    while (step != null && next.isEmpty()) {
      next = alternativeTo(step, realm);
      step = realm.getAuthenticationExecutionByFlowId(step.getParentFlow());
    }
    return new OtherWays(next, realm);
  }

  boolean exist() {
    return next.isPresent();
  }

  /** Whether the very next of them takes keys: nothing else shall see one. */
  boolean takeKeysNext() {
    return next.filter(this::takesKeys).isPresent();
  }

  private static Optional<AuthenticationExecutionModel> alternativeTo(
      AuthenticationExecutionModel step, RealmModel realm) {
    return step.isAlternative()
        ? realm
            .getAuthenticationExecutionsStream(step.getParentFlow())
            .dropWhile(sibling -> !sibling.getId().equals(step.getId()))
            .skip(1)
            .filter(AuthenticationExecutionModel::isAlternative)
            .findFirst()
        : Optional.empty();
  }

  private boolean takesKeys(AuthenticationExecutionModel step) {
    if (!step.isEnabled()) {
      return false;
    }
    return step.isAuthenticatorFlow()
        ? realm.getAuthenticationExecutionsStream(step.getFlowId()).anyMatch(this::takesKeys)
        : KeyAuthenticatorFactory.IDS.contains(step.getAuthenticator());
  }
}
