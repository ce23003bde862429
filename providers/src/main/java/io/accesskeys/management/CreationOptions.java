package io.accesskeys.management;

import io.accesskeys.key.KeyKind;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.policy.KindPolicy.ExpiryChoice;
import io.accesskeys.policy.RealmPolicy;
import io.accesskeys.verification.ApiClientRule;
import io.accesskeys.verification.GrantableScopes;
import io.accesskeys.verification.ScopeRequirement;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What somebody who makes a key is offered: only what its owner may have now. */
public final class CreationOptions {

  private CreationOptions() {}

  /**
   * An API client.
   *
   * @param scopes that the owner may give to a key for it, by name
   * @param unavailable what the others take, by name
   */
  public record Api(
      ClientModel client, List<ClientScopeModel> scopes, List<ScopeRequirement> unavailable) {

    /** Its name for people. */
    public String name() {
      return Optional.ofNullable(client.getName())
          .filter(name -> !name.isBlank())
          .orElse(client.getClientId());
    }
  }

  /** The API clients of a realm, by their {@code client_id}. */
  public static Stream<Api> apis(RealmModel realm, UserModel owner) {
    // Keycloak refuses to search by attributes that the operator has not listed.
    return realm
        .getClientsStream()
        .filter(ClientModel::isEnabled)
        .filter(client -> ApiClientRule.firstBrokenBy(client).isEmpty())
        .sorted(Comparator.comparing(ClientModel::getClientId))
        .map(client -> api(client, owner));
  }

  /** The lifetimes to choose from, the usual one first, beside living for ever. */
  public static List<Duration> lifetimes(RealmPolicy policy, KeyKind kind) {
    KindPolicy rules = policy.of(kind);
    Stream<Duration> usual = Stream.of(rules.defaultLifetime());
    if (rules.expiryChoice() == ExpiryChoice.FIXED) {
      return usual.toList();
    }
    return Stream.concat(usual, policy.lifetimePresets().stream())
        .distinct()
        .filter(
            life ->
                life.equals(rules.defaultLifetime())
                    || rules.maxLifetime().filter(most -> life.compareTo(most) > 0).isEmpty())
        .toList();
  }

  private static Api api(ClientModel client, UserModel owner) {
    Set<ClientScopeModel> permitted = GrantableScopes.permitted(client, owner);
    Map<Boolean, List<ClientScopeModel>> menu =
        GrantableScopes.menu(client)
            .sorted(Comparator.comparing(ClientScopeModel::getName))
            .collect(Collectors.partitioningBy(permitted::contains));
    return new Api(
        client,
        menu.get(true),
        menu.get(false).stream().map(scope -> ScopeRequirement.of(client, scope)).toList());
  }
}
