package io.accesskeys.management.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.accesskeys.store.OptIn;
import io.accesskeys.verification.ApiClientRule;
import io.accesskeys.verification.GrantableScopes;
import io.accesskeys.verification.ScopeProblem;
import io.accesskeys.verification.ScopeRequirement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

/**
 * Everything that is right and wrong with an API client, at once. Reading it changes nothing.
 *
 * @param client its {@code client_id}
 * @param ready whether keys can be created for it and used: the client is enabled and keeps every
 *     rule
 * @param rules every rule, kept or broken
 * @param scopes the scopes that it offers or means to offer, by name
 * @param gateways the clients in its audience, by {@code client_id}
 */
public record ApiCheck(
    String client, boolean ready, List<Rule> rules, List<Scope> scopes, List<Gateway> gateways) {

  /**
   * A rule for API clients.
   *
   * @param rule its name, as in events ({@link ApiClientRule#wireName()}), or {@code enabled}
   * @param detail what must hold; of a broken rule, what breaks it
   * @param fix what to do; absent if the rule is kept
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Rule(String rule, boolean ok, String detail, String fix) {}

  /**
   * A scope that keys for this client may have, or that somebody meant for them.
   *
   * @param roles one of which its owners need, sorted; a client's role as {@code role (client)}
   * @param open whether it needs no role
   * @param problem the wire name of a {@link ScopeProblem}; absent if nothing is wrong
   * @param detail what is wrong; absent if nothing is
   * @param fix what to do; absent if nothing is wrong
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Scope(
      String name, List<String> roles, boolean open, String problem, String detail, String fix) {}

  /**
   * A client in the audience: it may introspect and exchange keys.
   *
   * @param problem {@code missing}, {@code disabled} or {@code public}; absent if nothing is wrong
   * @param detail what is wrong; absent if nothing is
   * @param fix what to do; absent if nothing is wrong
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Gateway(String client, String problem, String detail, String fix) {}

  /** What there is to say of this client, whether it has opted in or not. */
  public static ApiCheck of(ClientModel client) {
    List<Rule> rules = new ArrayList<>();
    rules.add(enabled(client));
    Stream.of(ApiClientRule.values())
        .map(rule -> RuleBreach.check(rule, client))
        .forEach(rules::add);
    return new ApiCheck(
        client.getClientId(),
        rules.stream().allMatch(Rule::ok),
        List.copyOf(rules),
        scopes(client),
        Audience.of(client).map(id -> gateway(client.getRealm(), id)).toList());
  }

  /**
   * The same of every client of the realm that has opted in, by {@code client_id}.
   *
   * @param visible which clients to look at
   */
  public static Stream<ApiCheck> all(RealmModel realm, Predicate<ClientModel> visible) {
    return realm
        .getClientsStream()
        .filter(OptIn::isIn)
        .filter(visible)
        .sorted(Comparator.comparing(ClientModel::getClientId))
        .map(ApiCheck::of);
  }

  /** The rules that it breaks. */
  public List<Rule> broken() {
    return rules.stream().filter(rule -> !rule.ok()).toList();
  }

  private static Rule enabled(ClientModel client) {
    return client.isEnabled()
        ? new Rule("enabled", true, "the client must be enabled", null)
        : new Rule(
            "enabled", false, "the client is disabled", "Enable the client in the Admin Console");
  }

  private static List<Scope> scopes(ClientModel client) {
    Map<String, ScopeProblem.Found> problems = new LinkedHashMap<>();
    ScopeProblem.in(client).forEach(found -> problems.put(found.scope(), found));
    Stream<Scope> offered =
        GrantableScopes.marked(client)
            .map(scope -> ScopeRequirement.of(client, scope))
            .map(takes -> scope(takes, Optional.ofNullable(problems.remove(takes.scope()))));
    // The offered ones first: what is left then is not offered.
    List<Scope> scopes = new ArrayList<>(offered.toList());
    problems.values().stream()
        .map(
            found ->
                scope(new ScopeRequirement(found.scope(), List.of(), false), Optional.of(found)))
        .forEach(scopes::add);
    scopes.sort(Comparator.comparing(Scope::name));
    return List.copyOf(scopes);
  }

  private static Scope scope(ScopeRequirement takes, Optional<ScopeProblem.Found> found) {
    return new Scope(
        takes.scope(),
        takes.roles(),
        takes.open(),
        found.map(one -> one.problem().wireName()).orElse(null),
        found.map(ScopeProblem.Found::detail).orElse(null),
        found.map(ScopeProblem.Found::fix).orElse(null));
  }

  static Gateway gateway(RealmModel realm, String clientId) {
    ClientModel gateway = realm.getClientByClientId(clientId);
    if (gateway == null) {
      return new Gateway(
          clientId,
          "missing",
          "`" + clientId + "` is in the audience, and no client of this realm has this client_id",
          "Create the client " + clientId + ", or remove the audience mapper that names it");
    }
    if (!gateway.isEnabled()) {
      return new Gateway(
          clientId,
          "disabled",
          "`" + clientId + "` is disabled, so it cannot introspect or exchange keys",
          "Enable the client " + clientId);
    }
    return gateway.isPublicClient() || gateway.isBearerOnly()
        ? new Gateway(
            clientId,
            "public",
            "`" + clientId + "` is not confidential, so it cannot introspect or exchange keys",
            "Switch on client authentication of the client " + clientId)
        : new Gateway(clientId, null, null, null);
  }
}
