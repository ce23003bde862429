package io.accesskeys.oauth.client;

import io.accesskeys.audit.Audit;
import io.accesskeys.http.Requests;
import io.accesskeys.key.KeyPrefixes;
import io.accesskeys.management.UseRecorder;
import io.accesskeys.oauth.OffSwitch;
import io.accesskeys.oauth.PresentedSecret;
import io.accesskeys.oauth.PresentedSecret.Basic.Unreadable;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.verification.Decision.OnClient;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Verifier;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.ClientAuthenticationFlowContext;
import org.keycloak.authentication.ClientAuthenticator;
import org.keycloak.authentication.FlowStatus;
import org.keycloak.authentication.authenticators.client.ClientAuthUtil;
import org.keycloak.authentication.authenticators.client.ClientIdAndSecretAuthenticator;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Authenticates a client by any of its keys of the kind client secret, wherever Keycloak takes the
 * client's own secret; in place of Keycloak's authenticator {@code client-secret}, so that no flow
 * and no client has to be changed.
 *
 * <p>Keycloak decides first, and what it accepts is accepted. What it refuses is looked at only if
 * it has the form of a key, and if that does not authenticate the client, Keycloak's refusal stands
 * as it is: the outside hears what it hears of any wrong secret.
 */
public final class AccessKeyClientAuthenticator extends ClientIdAndSecretAuthenticator {

  private static final String WAY = "client_authentication";

  private boolean on;

  @Override
  public void init(Config.Scope config) {
    on = OffSwitch.isOn(this, config);
  }

  @Override
  public ClientAuthenticator create() {
    return on ? this : new ClientIdAndSecretAuthenticator();
  }

  @Override
  public ClientAuthenticator create(KeycloakSession session) {
    return create();
  }

  @Override
  public void authenticateClient(ClientAuthenticationFlowContext context) {
    Optional<Unreadable> unreadable = PresentedSecret.unreadable(context.getHttpRequest());
    if (unreadable.isPresent()) {
      refuseAsWrong(context, unreadable.get().clientId());
      return;
    }
    super.authenticateClient(context);
    // Keycloak asks this authenticator about every client, first.
    if (context.getStatus() == FlowStatus.SUCCESS || context.getClient() == null) {
      return;
    }
    List<PresentedSecret> secrets = PresentedSecret.in(context.getHttpRequest());
    KeyPrefixes prefixes = RealmPolicy.of(context.getSession(), context.getRealm()).keyPrefixes();
    if (secrets.stream().anyMatch(secret -> prefixes.begin(secret.text()))
        || Requests.keyInUrl(context.getSession())) {
      authenticate(context, secrets);
    }
  }

  /** As Keycloak refuses a client that it does not know, and a wrong secret of one it knows. */
  private static void refuseAsWrong(
      ClientAuthenticationFlowContext context, Optional<String> clientId) {
    clientId.ifPresent(context.getEvent()::client);
    Optional<ClientModel> client =
        clientId.map(context.getRealm()::getClientByClientId).filter(ClientModel::isEnabled);
    if (client.isEmpty()) {
      context.failure(AuthenticationFlowError.CLIENT_NOT_FOUND, null);
      return;
    }
    context.setClient(client.get());
    context.failure(
        AuthenticationFlowError.INVALID_CLIENT_CREDENTIALS,
        ClientAuthUtil.errorResponse(
            Response.Status.UNAUTHORIZED.getStatusCode(),
            OAuthErrorException.UNAUTHORIZED_CLIENT,
            "Invalid client or Invalid client credentials"));
  }

  private static void authenticate(
      ClientAuthenticationFlowContext context, List<PresentedSecret> secrets) {
    KeycloakSession session = context.getSession();
    ClientModel client = context.getClient();
    RequestFacts facts = Requests.facts(session).by(Optional.of(Requests.calling(client)));
    decide(session, client, secrets, facts)
        .thenClient(
            accepted -> {
              UseRecorder.accepted(session, WAY, accepted, facts);
              context.getEvent().detail(Audit.KEY_ID, accepted.key().id());
              context.success();
            },
            refused -> refuse(context, secrets, refused));
  }

  /** Keycloak's own refusal stands; this one is told beside it. */
  private static void refuse(
      ClientAuthenticationFlowContext context, List<PresentedSecret> secrets, Refused refused) {
    KeycloakSession session = context.getSession();
    secrets.forEach(secret -> UseRecorder.watch(session, refused, secret.text()));
    EventBuilder event =
        new EventBuilder(context.getRealm(), session, context.getConnection())
            .event(EventType.CLIENT_LOGIN)
            .client(context.getClient());
    UseRecorder.refused(session, event, refused.by(WAY));
  }

  private static OnClient decide(
      KeycloakSession session,
      ClientModel client,
      List<PresentedSecret> secrets,
      RequestFacts facts) {
    if (Requests.keyInUrl(session)) {
      return Refused.of(Reason.IN_URL);
    }
    PresentedSecret secret = secrets.get(0);
    if (!secrets.stream().map(PresentedSecret::text).allMatch(secret.text()::equals)) {
      return Refused.of(Reason.SEVERAL_CREDENTIALS);
    }
    return secrets.stream().allMatch(one -> one.mayBeSentBy(client))
        ? new Verifier(session).authenticate(secret.text(), facts, client.getClientId())
        : Refused.of(Reason.WRONG_AUTHENTICATOR);
  }
}
