package io.accesskeys.signin.page;

import io.accesskeys.key.KeyKind;
import io.accesskeys.management.CreationOptions;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.policy.RealmPolicy.PageGives;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The page with the form. */
final class CreationPage {

  private CreationPage() {}

  /** The form as the application that asks for the page has filled it in, if it has. */
  static Response first(RequiredActionContext context, Instant now) {
    return page(context, context.form(), Optional.empty(), now);
  }

  /** The form as it was sent, with what is wrong at the field that it is about. */
  static Response corrected(
      RequiredActionContext context,
      SubmittedForm sent,
      InvalidRequestException wrong,
      Instant now) {
    FormMessage message =
        SubmittedForm.fieldOf(wrong.field())
            .map(field -> new FormMessage(field, "accessKeyInvalid-" + field))
            .orElseGet(() -> general(policy(context), wrong));
    return page(context, context.form().addError(message), Optional.of(sent), now);
  }

  /** What is wrong with no field, in the person's language; the exception speaks to programs. */
  private static FormMessage general(RealmPolicy policy, InvalidRequestException wrong) {
    Optional<String> unreadable = policy.invalid().keySet().stream().sorted().findFirst();
    if (unreadable.isPresent()) {
      return new FormMessage(FormMessage.GLOBAL, "accessKeyPolicyUnreadable", unreadable.get());
    }
    KindPolicy rules = policy.of(KeyKind.PERSONAL_ACCESS_TOKEN);
    return switch (wrong.field()) {
      case "kind" -> new FormMessage(FormMessage.GLOBAL, "accessKeySwitchedOff");
      case "restrictions" ->
          new FormMessage(
              FormMessage.GLOBAL,
              "accessKeyRestrictionsRequired",
              String.join(", ", new TreeSet<>(rules.requiredRestrictions())));
      case "" -> new FormMessage(FormMessage.GLOBAL, "accessKeyTooMany", rules.maxPerOwner());
      default -> new FormMessage(FormMessage.GLOBAL, "accessKeyInvalid");
    };
  }

  private static RealmPolicy policy(RequiredActionContext context) {
    return RealmPolicy.of(context.getSession(), context.getRealm());
  }

  /** Whether the realm gives people a short-lived JWT and no key here. */
  static boolean givesToken(RequiredActionContext context) {
    return policy(context).pageGives() == PageGives.TOKEN;
  }

  private static Response page(
      RequiredActionContext context,
      LoginFormsProvider form,
      Optional<SubmittedForm> sent,
      Instant now) {
    AuthenticationSessionModel signIn = context.getAuthenticationSession();
    Optional<String> asked =
        Optional.ofNullable(signIn.getClientNote(Constants.KC_ACTION_PARAMETER));
    Optional<Prefill> wanted = asked.flatMap(Prefill::read);
    if (sent.isEmpty() && asked.isPresent() && wanted.isEmpty()) {
      form.addError(new FormMessage(FormMessage.GLOBAL, "accessKeyPrefillUnreadable"));
    }
    SubmittedForm shown = sent.or(() -> wanted.map(Prefill::form)).orElse(SubmittedForm.EMPTY);
    List<CreationOptions.Api> apis =
        CreationOptions.apis(context.getRealm(), context.getUser()).toList();
    RealmPolicy policy = policy(context);
    return form.setAttribute("accessKeyForm", shown.view())
        .setAttribute("accessKeyApis", CreationForm.apis(apis))
        .setAttribute("accessKeyAsker", wanted.map(any -> name(signIn.getClient())).orElse(null))
        .setAttribute("accessKeyNotOffered", CreationForm.notOffered(apis, shown.scopes()))
        .setAttribute("accessKeyGivesToken", givesToken(context))
        .setAttribute(
            "accessKeyTokenMinutes", policy.maxTokenLifespan().plusSeconds(59).toMinutes())
        .setAttribute(
            "accessKeyLifetimeFixed",
            policy.of(KeyKind.PERSONAL_ACCESS_TOKEN).expiryChoice() == ExpiryChoice.FIXED)
        .setAttribute(
            "accessKeyLifetimes",
            CreationForm.lifetimes(
                policy, now, context.getSession().getContext().resolveLocale(context.getUser())))
        .createForm("create-access-key.ftl");
  }

  private static String name(ClientModel client) {
    return Optional.ofNullable(client.getName())
        // Names of Keycloak's own clients are keys of messages.
        .filter(name -> !name.isBlank() && !name.startsWith("${"))
        .orElse(client.getClientId());
  }
}
