package io.accesskeys.flow;

import io.accesskeys.issue.InvalidRequestException;
import io.accesskeys.key.KeyKind;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.utils.FormMessage;

/** The page with the form. */
final class CreationPage {

  private CreationPage() {}

  /** The form as the application that asks for the page has filled it in, if it has. */
  static Response first(RequiredActionContext context, Instant now) {
    Optional<Prefill> wanted = parameter(context).flatMap(Prefill::read);
    LoginFormsProvider form = context.form();
    if (parameter(context).isPresent() && wanted.isEmpty()) {
      form.addError(new FormMessage(FormMessage.GLOBAL, "accessKeyPrefillUnreadable"));
    }
    return page(context, form, wanted.map(Prefill::form).orElse(SubmittedForm.EMPTY), now);
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
            .orElseGet(() -> general(RealmPolicy.of(context.getRealm()), wrong));
    return page(context, context.form().addError(message), sent, now);
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

  /** What stands behind the name of the action in {@code kc_action}; empty if nothing does. */
  private static Optional<String> parameter(RequiredActionContext context) {
    return Optional.ofNullable(
        context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_PARAMETER));
  }

  /** Who wants the key; empty if the person alone does. */
  private static Optional<String> asker(RequiredActionContext context) {
    ClientModel client = context.getAuthenticationSession().getClient();
    return parameter(context)
        .flatMap(Prefill::read)
        .map(
            any ->
                Optional.ofNullable(client.getName())
                    // Names of Keycloak's own clients are keys of messages.
                    .filter(name -> !name.isBlank() && !name.startsWith("${"))
                    .orElse(client.getClientId()));
  }

  private static Response page(
      RequiredActionContext context, LoginFormsProvider form, SubmittedForm sent, Instant now) {
    RealmPolicy policy = RealmPolicy.of(context.getRealm());
    List<Map<String, Object>> apis = CreationForm.apis(context.getRealm(), context.getUser());
    return form.setAttribute("accessKeyForm", sent.view())
        .setAttribute("accessKeyApis", apis)
        .setAttribute("accessKeyAsker", asker(context).orElse(null))
        .setAttribute("accessKeyNotOffered", CreationForm.notOffered(apis, sent.scopes()))
        .setAttribute(
            "accessKeyLifetimeFixed",
            policy.of(KeyKind.PERSONAL_ACCESS_TOKEN).expiryChoice() == ExpiryChoice.FIXED)
        .setAttribute(
            "accessKeyLifetimes",
            CreationForm.lifetimes(
                policy, now, context.getSession().getContext().resolveLocale(context.getUser())))
        .createForm("create-access-key.ftl");
  }
}
