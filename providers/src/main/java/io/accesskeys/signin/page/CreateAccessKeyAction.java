package io.accesskeys.signin.page;

import io.accesskeys.http.Requests;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.management.TooManyKeysException;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.store.BusyException;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.security.SecureRandom;
import java.util.Optional;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.Details;
import org.keycloak.events.Errors;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;

/**
 * The page on which a person creates a key: asked for by an application ({@code
 * kc_action=create-access-key}), or assigned to the person by an administrator. Works without
 * JavaScript.
 */
final class CreateAccessKeyAction implements RequiredActionProvider {

  private final SecureRandom random;

  CreateAccessKeyAction(SecureRandom random) {
    this.random = random;
  }

  @Override
  public InitiatedActionSupport initiatedActionSupport() {
    return InitiatedActionSupport.SUPPORTED;
  }

  /** In seconds; Keycloak's own reading of the setting breaks where an import wrote it wrong. */
  @Override
  public int getMaxAuthAge(KeycloakSession asking) {
    return asking == null
        ? Constants.KC_ACTION_MAX_AGE
        : (int) RealmPolicy.of(asking, asking.getContext().getRealm()).freshLogin().toSeconds();
  }

  @Override
  public void evaluateTriggers(RequiredActionContext context) {}

  /** An assigned page that would be refused is left for another sign-in: nobody is locked out. */
  @Override
  public void requiredActionChallenge(RequiredActionContext context) {
    Optional<String> refusal = new CreationEligibility(context, Requests.now()).refusal();
    if (OneTimeSecret.fileGiven(context)) {
      // The page that is still open has the code that the download has used up.
      context.success();
    } else if (new SingleKey(context).made()) {
      context.challenge(shown(context, Optional.empty()));
    } else if (refusal.isEmpty()) {
      context.challenge(CreationPage.first(context, Requests.now()));
    } else if (asked(context)) {
      refuse(context, refusal.get());
    } else {
      context.ignore();
    }
  }

  @Override
  public void processAction(RequiredActionContext context) {
    MultivaluedMap<String, String> form = context.getHttpRequest().getDecodedFormParameters();
    boolean made = new SingleKey(context).made();
    if (form.containsKey("done") && (made || !asked(context))) {
      context.success();
      return;
    }
    Optional<String> refusal = new CreationEligibility(context, Requests.now()).refusal();
    if (made && !form.containsKey("download")) {
      context.challenge(shown(context, Optional.empty()));
    } else if (refusal.isPresent()) {
      refuse(context, refusal.get());
    } else if (made) {
      context.challenge(
          OneTimeSecret.file(context, form.getFirst("secret"))
              .orElseGet(() -> shown(context, Optional.empty())));
    } else {
      create(context, SubmittedForm.of(form));
    }
  }

  @Override
  public void close() {}

  private void create(RequiredActionContext context, SubmittedForm form) {
    SingleKey single = new SingleKey(context);
    if (!single.begin()) {
      context.challenge(shown(context, Optional.empty()));
      return;
    }
    Optional<OneTimeSecret> made = Optional.empty();
    try {
      made = Optional.of(new KeyCreation(context, random, Requests.now()).make(form));
      context.challenge(shown(context, made));
    } catch (InvalidRequestException e) {
      // Caught: the page is shown again, with the message at the field.
      context.challenge(CreationPage.corrected(context, form, e, Requests.now()));
    } catch (TooManyKeysException | BusyException e) {
      // Caught: a page says it to people, who may try again.
      InvalidRequestException shown = new InvalidRequestException("", e.getMessage());
      context.challenge(CreationPage.corrected(context, form, shown, Requests.now()));
    } finally {
      if (made.isEmpty()) {
        single.giveUp();
      }
    }
  }

  /** The page after the creation; the secret is on it only when it was made just now. */
  private static Response shown(RequiredActionContext context, Optional<OneTimeSecret> made) {
    CacheControl never = new CacheControl();
    never.setNoStore(true);
    Response page =
        context
            .form()
            .setAttribute("accessKeySecret", made.map(OneTimeSecret::text).orElse(null))
            .setAttribute("accessKeyGivesToken", CreationPage.givesToken(context))
            .createForm("access-key-created.ftl");
    return Response.fromResponse(page).cacheControl(never).build();
  }

  private static void refuse(RequiredActionContext context, String reason) {
    context.getEvent().detail(Details.REASON, reason).error(Errors.NOT_ALLOWED);
    context.challenge(
        context.form().setError("accessKeyRefused").createErrorPage(Response.Status.FORBIDDEN));
  }

  /** Whether an application asked for the page, rather than an administrator. */
  private static boolean asked(RequiredActionContext context) {
    return RealmPolicy.ACTION.equals(
        context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_EXECUTING));
  }
}
