package io.accesskeys.signin.page;

import io.accesskeys.key.KeyKind;
import io.accesskeys.management.CreationOptions;
import io.accesskeys.management.InvalidRequestException;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.policy.RealmPolicy.PageGives;
import io.accesskeys.verification.ScopeRequirement;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.Constants;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The page with the form. It offers only what this person may have now, in maps, because Keycloak's
 * templates cannot read records.
 */
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
        .setAttribute("accessKeyApis", apis(apis))
        .setAttribute("accessKeyAsker", wanted.map(any -> name(signIn.getClient())).orElse(null))
        .setAttribute("accessKeyNotOffered", notOffered(apis, shown.scopes()))
        .setAttribute("accessKeyGivesToken", givesToken(context))
        .setAttribute(
            "accessKeyTokenMinutes", policy.maxTokenLifespan().plusSeconds(59).toMinutes())
        .setAttribute(
            "accessKeyLifetimeFixed",
            policy.of(KeyKind.PERSONAL_ACCESS_TOKEN).expiryChoice() == ExpiryChoice.FIXED)
        .setAttribute(
            "accessKeyLifetimes",
            lifetimes(
                policy, now, context.getSession().getContext().resolveLocale(context.getUser())))
        .createForm("create-access-key.ftl");
  }

  private static String name(ClientModel client) {
    return Optional.ofNullable(client.getName())
        // Names of Keycloak's own clients are keys of messages.
        .filter(name -> !name.isBlank() && !name.startsWith("${"))
        .orElse(client.getClientId());
  }

  /**
   * The API clients with the scopes that the person may give to a key: {@code clientId}, {@code
   * name}, {@code scopes} of {@code name} and {@code description}.
   */
  private static List<Map<String, Object>> apis(List<CreationOptions.Api> offered) {
    return offered.stream()
        .map(
            api ->
                Map.of(
                    "clientId",
                    api.client().getClientId(),
                    "name",
                    api.name(),
                    "scopes",
                    api.scopes().stream().map(CreationPage::scope).toList()))
        .toList();
  }

  /**
   * The lifetimes to choose from: {@code value}, an ISO-8601 duration or nothing for never, {@code
   * days}, 0 if it is not a number of days, and {@code until}, when that ends; nothing for never.
   */
  private static List<Map<String, Object>> lifetimes(
      RealmPolicy policy, Instant now, Locale locale) {
    KindPolicy rules = policy.of(KeyKind.PERSONAL_ACCESS_TOKEN);
    List<Map<String, Object>> offered = new ArrayList<>();
    CreationOptions.lifetimes(policy, KeyKind.PERSONAL_ACCESS_TOKEN).stream()
        .map(life -> lifetime(life, now, locale))
        .forEach(offered::add);
    if (rules.expiryChoice() == ExpiryChoice.CHOSEN && rules.maxLifetime().isEmpty()) {
      offered.add(Map.of("value", "", "days", 0, "until", ""));
    }
    return offered;
  }

  /**
   * Those of the scopes that were asked for which the person cannot give: {@code name} and, of one
   * on the menu, {@code why}, which is the key of a message, and the {@code roles} for it.
   *
   * @param asked each as {@code <client_id> <scope>}
   */
  private static List<Map<String, String>> notOffered(
      List<CreationOptions.Api> offered, List<String> asked) {
    Set<String> known =
        offered.stream()
            .flatMap(
                api ->
                    api.scopes().stream()
                        .map(scope -> api.client().getClientId() + " " + scope.getName()))
            .collect(Collectors.toSet());
    Map<String, ScopeRequirement> unavailable = new HashMap<>();
    offered.forEach(
        api ->
            api.unavailable()
                .forEach(
                    scope ->
                        unavailable.put(api.client().getClientId() + " " + scope.scope(), scope)));
    return asked.stream()
        .filter(scope -> !known.contains(scope))
        .map(scope -> notOffered(scope, unavailable.get(scope)))
        .toList();
  }

  private static Map<String, String> notOffered(String asked, ScopeRequirement requirement) {
    String name = asked.substring(asked.indexOf(' ') + 1);
    if (requirement == null) {
      return Map.of("name", name);
    }
    String why =
        switch (requirement.roles().size()) {
          case 0 -> "accessKeyScope-noRole";
          case 1 -> "accessKeyScope-role";
          default -> "accessKeyScope-roles";
        };
    return Map.of("name", name, "why", why, "roles", String.join(", ", requirement.roles()));
  }

  private static Map<String, String> scope(ClientScopeModel scope) {
    return Map.of(
        "name",
        scope.getName(),
        "description",
        Optional.ofNullable(scope.getDescription()).orElse(""));
  }

  private static Map<String, Object> lifetime(Duration life, Instant now, Locale locale) {
    boolean wholeDays = life.equals(Duration.ofDays(life.toDays()));
    DateTimeFormatter format =
        wholeDays
            ? DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
            : DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG);
    return Map.of(
        "value",
        life.toString(),
        "days",
        wholeDays ? life.toDays() : 0,
        "until",
        format.withLocale(locale).format(now.plus(life).atZone(ZoneOffset.UTC)));
  }
}
