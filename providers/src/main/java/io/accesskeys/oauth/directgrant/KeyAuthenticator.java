package io.accesskeys.oauth.directgrant;

import io.accesskeys.audit.Audit;
import io.accesskeys.http.Requests;
import io.accesskeys.key.KeyKind;
import io.accesskeys.key.KeyTexts;
import io.accesskeys.management.UseRecorder;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.request.ClientAddress;
import io.accesskeys.restriction.RequestFacts;
import io.accesskeys.store.KeyStore;
import io.accesskeys.token.ExcessiveRightsException;
import io.accesskeys.token.MintedRights;
import io.accesskeys.verification.Decision.Accepted;
import io.accesskeys.verification.Decision.Refused;
import io.accesskeys.verification.KeyOwner;
import io.accesskeys.verification.Reason;
import io.accesskeys.verification.Requirements;
import io.accesskeys.verification.Verifier;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A step of a direct grant (RFC 6749 section 4.3) in which a key stands in place of the password.
 *
 * <p>It succeeds nowhere else: a key never opens a session in a browser. What is no key is left to
 * the flow's next alternative, and refused if there is none.
 */
final class KeyAuthenticator implements Authenticator {

  private static final Logger LOG = Logger.getLogger(KeyAuthenticator.class);

  private static final String PASSWORD = "password";

  /** What {@code AuthenticationFlowContext#getFlowPath} says at the token endpoint only. */
  private static final String DIRECT_GRANT = "token";

  private final KeyKind kind;

  KeyAuthenticator(KeyKind kind) {
    this.kind = kind;
  }

  @Override
  public void authenticate(AuthenticationFlowContext context) {
    if (!DIRECT_GRANT.equals(context.getFlowPath())) {
      LOG.warnf(
          "The step \"%s\" of a flow of realm %s is for direct grants only",
          context.getExecution().getAuthenticator(), context.getRealm().getName());
      context.attempted();
      return;
    }
    KeycloakSession session = context.getSession();
    MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
    String presented = form.getFirst(PASSWORD);
    OtherWays others = OtherWays.after(context);
    RefusedGrant refused = new RefusedGrant(context);
    if (Requests.keyInUrl(session)) {
      refused.because(Refused.of(Reason.IN_URL));
    } else if (!hasKey(form, session) && others.exist()) {
      context.attempted();
    } else if (!MintedTokenProcessorFactory.isOn(session)) {
      LOG.warnf(
          "A direct grant at realm %s was refused: what mints tokens from keys is disabled",
          context.getRealm().getName());
      refused.becauseOfSwitch();
    } else if (presented == null) {
      refused.becauseOfMissing(PASSWORD);
    } else if (SentKeys.beside(PASSWORD, form, session, keys(session))) {
      refused.because(Refused.of(Reason.SEVERAL_CREDENTIALS));
    } else {
      decide(context, presented, others, refused);
    }
  }

  /**
   * Whether one of the two is a key, or was one before it was damaged: no other step shall see it,
   * count it or hand it on.
   */
  private static boolean hasKey(MultivaluedMap<String, String> form, KeycloakSession session) {
    KeyTexts keys = keys(session);
    return Stream.ofNullable(form.getFirst(PASSWORD)).anyMatch(keys::mayBeKey)
        || Stream.ofNullable(form.getFirst(AuthenticationManager.FORM_USERNAME))
            .anyMatch(keys::begin);
  }

  private static KeyTexts keys(KeycloakSession session) {
    return RealmPolicy.of(session, session.getContext().getRealm()).keyTexts();
  }

  private void decide(
      AuthenticationFlowContext context, String presented, OtherWays others, RefusedGrant refuse) {
    KeycloakSession session = context.getSession();
    ClientModel client = context.getAuthenticationSession().getClient();
    RequestFacts facts = Requests.facts(session).by(Requests.authenticated(client));
    Requirements demand =
        new Requirements(Optional.of(client.getClientId()), Optional.of(kind), Set.of());
    new Verifier(session)
        .verify(presented, facts, demand)
        .then(
            accepted -> accept(context, accepted, facts, refuse),
            refused -> {
              if (refused.reason() == Reason.WRONG_KIND && others.takeKeysNext()) {
                context.attempted();
              } else {
                UseRecorder.watch(session, refused, presented);
                refuse.because(refused);
              }
            });
  }

  private static void accept(
      AuthenticationFlowContext context,
      Accepted accepted,
      RequestFacts facts,
      RefusedGrant refuse) {
    if (!NamedUser.of(context).isOwner(accepted.owner())) {
      refuse.because(Refused.of(Reason.WRONG_USER, accepted.key().id()));
      return;
    }
    if (accepted.owner().getRequiredActionsStream().findAny().isPresent()) {
      // Keycloak would refuse it next, for whatever a flow has accepted, and name no key.
      refuse.because(Refused.of(Reason.REQUIRED_ACTION, accepted.key().id()));
      return;
    }
    try {
      MultivaluedMap<String, String> form = Requests.form(context.getSession());
      succeed(context, new AcceptedKey(accepted, MintedRights.requested(accepted, form), facts));
    } catch (ExcessiveRightsException e) {
      refuse.becauseOfExcess(accepted, e);
    }
  }

  private static void succeed(AuthenticationFlowContext context, AcceptedKey key) {
    key.keepIn(context.getSession());
    AuthenticationSessionModel session = context.getAuthenticationSession();
    session.setClientNote(OIDCLoginProtocol.SCOPE_PARAM, String.join(" ", key.rights().scopes()));
    session.setClientNote(
        AuthenticationManager.USER_SESSION_PERSISTENT_STATE,
        SessionPersistenceState.TRANSIENT.toString());
    // The context's own setter lets no service account in, as they have no password to sign in by.
    session.setAuthenticatedUser(key.accepted().owner());
    ClientAddress.put(context.getEvent(), context.getSession())
        .detail(Audit.KEY_ID, key.accepted().key().id());
    // With a type of credential Keycloak would take back what it has counted of wrong passwords.
    context.success();
  }

  /** There is no form. */
  @Override
  public void action(AuthenticationFlowContext context) {
    context.attempted();
  }

  /** The key says who it is. */
  @Override
  public boolean requiresUser() {
    return false;
  }

  /** Whether this user has a key of this kind: asked by the condition on what users have set up. */
  @Override
  public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
    return user != null
        && KeyOwner.of(user, realm).filter(owner -> owner.kind() == kind).isPresent()
        && session.getProvider(KeyStore.class).countAlive(realm, user.getId(), Requests.now()) > 0;
  }

  @Override
  public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {}

  @Override
  public void close() {}
}
