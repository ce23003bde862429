package io.accesskeys.flow;

import io.accesskeys.key.KeyKind;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.verification.ApiClientRule;
import io.accesskeys.verification.GrantableScopes;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

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
  static List<Map<String, Object>> apis(RealmModel realm, UserModel user) {
    // Keycloak refuses to search by attributes that the operator has not listed.
    return realm
        .getClientsStream()
        .filter(ClientModel::isEnabled)
        .filter(client -> ApiClientRule.firstBrokenBy(client).isEmpty())
        .sorted(Comparator.comparing(ClientModel::getClientId))
        .map(
            client ->
                Map.of(
                    "clientId",
                    client.getClientId(),
                    "name",
                    name(client),
                    "scopes",
                    scopes(client, user)))
        .toList();
  }

  /**
   * The lifetimes to choose from: {@code value}, an ISO-8601 duration or nothing for never, {@code
   * days}, 0 if it is not a number of days, and {@code until}, when that ends; nothing for never.
   */
  static List<Map<String, Object>> lifetimes(RealmPolicy policy, Instant now, Locale locale) {
    KindPolicy rules = policy.of(KeyKind.PERSONAL_ACCESS_TOKEN);
    if (rules.expiryChoice() == ExpiryChoice.FIXED) {
      return List.of(lifetime(rules.defaultLifetime(), now, locale));
    }
    List<Map<String, Object>> offered = new ArrayList<>();
    offered.add(lifetime(rules.defaultLifetime(), now, locale));
    policy.lifetimePresets().stream()
        .filter(life -> !life.equals(rules.defaultLifetime()))
        .filter(life -> rules.maxLifetime().filter(most -> life.compareTo(most) > 0).isEmpty())
        .map(life -> lifetime(life, now, locale))
        .forEach(offered::add);
    if (rules.maxLifetime().isEmpty()) {
      offered.add(Map.of("value", "", "days", 0, "until", ""));
    }
    return offered;
  }

  private static List<Map<String, String>> scopes(ClientModel client, UserModel user) {
    Set<String> menu =
        GrantableScopes.menu(client).map(ClientScopeModel::getName).collect(Collectors.toSet());
    Set<String> permitted = GrantableScopes.permitted(client, user, menu);
    return GrantableScopes.menu(client)
        .filter(scope -> permitted.contains(scope.getName()))
        .sorted(Comparator.comparing(ClientScopeModel::getName))
        .map(
            scope ->
                Map.of(
                    "name",
                    scope.getName(),
                    "description",
                    Optional.ofNullable(scope.getDescription()).orElse("")))
        .toList();
  }

  private static String name(ClientModel client) {
    return Optional.ofNullable(client.getName())
        .filter(name -> !name.isBlank())
        .orElse(client.getClientId());
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
