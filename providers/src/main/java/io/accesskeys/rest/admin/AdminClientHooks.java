package io.accesskeys.rest.admin;

import io.accesskeys.http.Problem;
import io.accesskeys.http.ProblemException;
import io.accesskeys.management.api.ClientHooks;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.services.clientpolicy.ClientPolicyContext;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.AdminClientRegisterContext;
import org.keycloak.services.clientpolicy.context.AdminClientRegisteredContext;
import org.keycloak.services.clientpolicy.context.AdminClientUpdateContext;
import org.keycloak.services.clientpolicy.context.AdminClientUpdatedContext;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.validation.ValidationUtil;

/** Has clients that are prepared pass what they pass in Keycloak's own admin endpoints. */
final class AdminClientHooks implements ClientHooks {

  private final KeycloakSession session;
  private final AdminAuth admin;

  AdminClientHooks(KeycloakSession session, AdminAuth admin) {
    this.session = session;
    this.admin = admin;
  }

  @Override
  public void beforeMaking(ClientRepresentation proposed) {
    ask(new AdminClientRegisterContext(proposed, admin));
  }

  @Override
  public void made(ClientModel client) {
    validate(client, Moment.MADE);
    session.getContext().setClient(client);
    ask(new AdminClientRegisteredContext(client, admin));
  }

  @Override
  public void beforeChanging(ClientRepresentation proposed, ClientModel client) {
    ask(new AdminClientUpdateContext(proposed, client, admin));
  }

  @Override
  public void changed(ClientRepresentation proposed, ClientModel client) {
    validate(client, Moment.CHANGED);
    ask(new AdminClientUpdatedContext(proposed, client, admin));
  }

  private enum Moment {
    MADE,
    CHANGED
  }

  private void validate(ClientModel client, Moment moment) {
    ValidationUtil.validateClient(
        session,
        client,
        moment == Moment.MADE,
        result -> {
          throw refused(result.getAllErrorsAsString());
        });
  }

  private void ask(ClientPolicyContext context) {
    try {
      session.clientPolicy().triggerOnEvent(context);
    } catch (ClientPolicyException e) {
      throw refused("A client policy of the realm refuses it: " + e.getErrorDetail());
    }
  }

  private ProblemException refused(String detail) {
    session.getTransactionManager().setRollbackOnly();
    return Problem.of(Problem.Kind.INVALID_REQUEST, detail).exception();
  }
}
