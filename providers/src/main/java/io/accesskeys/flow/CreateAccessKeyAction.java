package io.accesskeys.flow;

import io.accesskeys.issue.InvalidRequestException;
import io.accesskeys.issue.IssuedKey;
import io.accesskeys.issue.KeyEvents;
import io.accesskeys.issue.KeyIssuer;
import io.accesskeys.key.KeyKind;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.verification.KeyOwner;
import io.accesskeys.verification.Transport;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/**
 * The page on which a person creates a key: asked for by an application ({@code
 * kc_action=create-access-key}), or assigned to the person by an administrator. Works without
 * JavaScript.
 */
final class CreateAccessKeyAction implements RequiredActionProvider {

  /** Says that this sign-in has made its key: a form that is sent twice makes no other. */
  private static final String CREATED = "access-key-created";

  private final KeycloakSession session;
  private final SecureRandom random;

  CreateAccessKeyAction(KeycloakSession session, SecureRandom random) {
    this.session = session;
    this.random = random;
  }

  @Override
  public InitiatedActionSupport initiatedActionSupport() {
    return InitiatedActionSupport.SUPPORTED;
  }

  @Override
  public void evaluateTriggers(RequiredActionContext context) {}

  @Override
  public void requiredActionChallenge(RequiredActionContext context) {
    if (refused(context)) {
      return;
    }
    context.challenge(page(context, context.form(), SubmittedForm.EMPTY));
  }

  @Override
  public void processAction(RequiredActionContext context) {
    MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
    if (form.containsKey("done")) {
      context.success();
    } else if (context.getAuthenticationSession().getAuthNote(CREATED) != null) {
      context.challenge(uncached(context.form().createForm("access-key-created.ftl")));
    } else if (!refused(context)) {
      create(context, SubmittedForm.of(form));
    }
  }

  @Override
  public void close() {}

  private void create(RequiredActionContext context, SubmittedForm form) {
    Instant now = now();
    RealmPolicy policy = RealmPolicy.of(context.getRealm());
    ExpiryChoice choice = policy.of(KeyKind.PERSONAL_ACCESS_TOKEN).expiryChoice();
    try {
      IssuedKey issued =
          new KeyIssuer(session, policy, random)
              .issue(
                  form.request(choice, now),
                  new KeyOwner.Person(context.getUser()),
                  context.getUser().getId(),
                  now);
      context.getAuthenticationSession().setAuthNote(CREATED, issued.key().id());
      new KeyEvents(session).created(issued.key(), context.getUser());
      context.challenge(
          uncached(
              context
                  .form()
                  .setAttribute("accessKeySecret", issued.text().reveal())
                  .createForm("access-key-created.ftl")));
    } catch (InvalidRequestException e) {
      FormMessage message =
          new FormMessage(e.field(), "accessKeyInvalid", e.field(), e.getMessage());
      context.challenge(page(context, context.form().addError(message), form));
    }
  }

  private Response page(
      RequiredActionContext context, LoginFormsProvider form, SubmittedForm submitted) {
    return form.setAttribute("accessKeyForm", submitted.view())
        .setAttribute("accessKeyApis", CreationForm.apis(context.getRealm(), context.getUser()))
        .setAttribute(
            "accessKeyLifetimes",
            CreationForm.lifetimes(
                RealmPolicy.of(context.getRealm()),
                now(),
                session.getContext().resolveLocale(context.getUser())))
        .createForm("create-access-key.ftl");
  }

  /** The same people are kept out as at self-service. */
  private boolean refused(RequiredActionContext context) {
    Optional<String> reason = refusal(context);
    if (reason.isEmpty()) {
      return false;
    }
    context.getEvent().detail(Details.REASON, reason.get()).error(Errors.NOT_ALLOWED);
    context.challenge(
        context.form().setError("accessKeyRefused").createErrorPage(Response.Status.FORBIDDEN));
    return true;
  }

  private Optional<String> refusal(RequiredActionContext context) {
    if (Transport.forbidsKeys(session)) {
      return Optional.of("insecure_transport");
    }
    AuthResult cookie =
        new AuthenticationManager().authenticateIdentityCookie(session, context.getRealm());
    if (cookie != null
        && cookie.session().getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()) != null) {
      return Optional.of("impersonated");
    }
    Optional<String> role = RealmPolicy.of(context.getRealm()).selfService().role();
    return role.isPresent() && !hasRole(context.getUser(), role.get())
        ? Optional.of("role_missing")
        : Optional.empty();
  }

  private boolean hasRole(UserModel user, String name) {
    RoleModel role =
        KeycloakModelUtils.getRoleFromString(session, session.getContext().getRealm(), name);
    return role != null && user.hasRole(role);
  }

  private static Response uncached(Response page) {
    CacheControl never = new CacheControl();
    never.setNoStore(true);
    return Response.fromResponse(page).cacheControl(never).build();
  }

  private static Instant now() {
    return Instant.ofEpochMilli(Time.currentTimeMillis());
  }
}
