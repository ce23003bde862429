package io.accesskeys.signin.page;

import io.accesskeys.key.KeyKind;
import io.accesskeys.management.CreationOptions;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.verification.ScopeRequirement;
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
import java.util.stream.Collectors;
import org.keycloak.models.ClientScopeModel;

/**
 * What the page offers: only what this person may have now. In maps, because Keycloak's templates
 * cannot read records.
 */
final class CreationForm {

  private CreationForm() {}

  /**
   * The API clients with the scopes that the person may give to a key: {@code clientId}, {@code
   * name}, {@code scopes} of {@code name} and {@code description}.
   */
  static List<Map<String, Object>> apis(List<CreationOptions.Api> offered) {
    return offered.stream()
        .map(
            api ->
                Map.of(
                    "clientId",
                    api.client().getClientId(),
                    "name",
                    api.name(),
                    "scopes",
                    api.scopes().stream().map(CreationForm::scope).toList()))
        .toList();
  }

  /**
   * The lifetimes to choose from: {@code value}, an ISO-8601 duration or nothing for never, {@code
   * days}, 0 if it is not a number of days, and {@code until}, when that ends; nothing for never.
   */
  static List<Map<String, Object>> lifetimes(RealmPolicy policy, Instant now, Locale locale) {
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
  static List<Map<String, String>> notOffered(
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
