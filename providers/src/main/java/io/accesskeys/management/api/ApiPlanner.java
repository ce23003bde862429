package io.accesskeys.management.api;

import io.accesskeys.management.api.Change.AddGateway;
import io.accesskeys.management.api.Change.Assign;
import io.accesskeys.management.api.Change.MakeClient;
import io.accesskeys.management.api.Change.MakeRole;
import io.accesskeys.management.api.Change.MakeScope;
import io.accesskeys.management.api.Change.MapRole;
import io.accesskeys.management.api.Change.SetClient;
import io.accesskeys.store.OptIn;
import io.accesskeys.verification.KeycloakRoles;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Works out what makes a client the API client that somebody has declared. It looks and changes
 * nothing; {@link ApiChanges} makes the changes.
 */
public final class ApiPlanner {

  private final RealmModel realm;
  private final ApiDeclaration declared;
  private final Optional<ClientModel> client;
  private final Map<String, String> obstacles = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<Step> steps = new ArrayList<>();

  private ApiPlanner(RealmModel realm, ApiDeclaration declared) {
    this.realm = realm;
    this.declared = declared;
    this.client = Optional.ofNullable(realm.getClientByClientId(declared.client()));
  }

  /**
   * The plan for this realm as it is now.
   *
   * @throws ApiConflictException if the realm is such that it cannot be done, with every reason
   */
  public static ApiPlan plan(RealmModel realm, ApiDeclaration declared) {
    return new ApiPlanner(realm, declared).plan();
  }

  /**
   * What takes a client out: its keys are kept, and refused.
   *
   * @param client the client
   */
  public static ApiPlan optOut(ClientModel client) {
    return new ApiPlan(
        OptIn.isIn(client)
            ? List.of(new SetClient(client.getClientId(), List.of(ClientSetting.OPT_OUT), Set.of()))
            : List.of(),
        List.of());
  }

  private ApiPlan plan() {
    planClient();
    planRoles();
    for (int i = 0; i < declared.scopes().size(); i++) {
      planScope(declared.scopes().get(i), "scopes[" + i + "]");
    }
    for (int i = 0; i < declared.gateways().size(); i++) {
      planGateway(declared.gateways().get(i), "gateways[" + i + "]");
    }
    if (!obstacles.isEmpty()) {
      throw new ApiConflictException(obstacles);
    }
    return new ApiPlan(List.copyOf(changes), List.copyOf(steps));
  }

  private void planClient() {
    if (client.isEmpty()) {
      changes.add(new MakeClient(declared.client()));
      return;
    }
    ClientState state = new ClientState(client.get());
    Optional<String> obstacle = state.obstacle();
    if (obstacle.isPresent()) {
      obstacles.put("client_id", obstacle.get());
      return;
    }
    Set<String> needRoles =
        declared.scopes().stream()
            .filter(scope -> !scope.roles().isEmpty())
            .map(ApiDeclaration.Scope::name)
            .collect(Collectors.toSet());
    state.change(needRoles).ifPresent(changes::add);
    state
        .steps(
            declared.scopes().stream().map(ApiDeclaration.Scope::name).collect(Collectors.toSet()))
        .forEach(steps::add);
  }

  private void planRoles() {
    Set<String> missing = new LinkedHashSet<>();
    for (int i = 0; i < declared.scopes().size(); i++) {
      List<String> roles = declared.scopes().get(i).roles();
      for (int j = 0; j < roles.size(); j++) {
        RoleModel role = realm.getRole(roles.get(j));
        if (role == null) {
          missing.add(roles.get(j));
        } else if (KeycloakRoles.among(Set.of(role), realm).findAny().isPresent()) {
          obstacles.put(
              "scopes[" + i + "].roles[" + j + "]",
              "`"
                  + role.getName()
                  + "` is one of Keycloak's own roles, or is composed of some, and keys must not"
                  + " carry those. Name another role");
        }
      }
    }
    missing.forEach(name -> changes.add(new MakeRole(name)));
  }

  private void planScope(ApiDeclaration.Scope scope, String member) {
    if (BuiltInScopes.reserve(scope.name())) {
      obstacles.put(
          member,
          "`"
              + scope.name()
              + "` is one of OpenID Connect's or Keycloak's own scopes that keys cannot carry."
              + " Choose another name");
      return;
    }
    ClientScopeModel found = KeycloakModelUtils.getClientScopeByName(realm, scope.name());
    if (found == null) {
      planNew(scope, member);
      return;
    }
    ScopeState state = new ScopeState(scope, found, client);
    Optional<String> obstacle = state.obstacle(declared.takeOver());
    if (obstacle.isPresent()) {
      obstacles.put(member, "`" + scope.name() + "` " + obstacle.get());
      return;
    }
    changes.addAll(state.changes());
    changes.addAll(state.assignment());
    state.step().ifPresent(steps::add);
  }

  private void planNew(ApiDeclaration.Scope scope, String member) {
    if (scope.roles().isEmpty() && !scope.open()) {
      obstacles.put(
          member,
          "`"
              + scope.name()
              + "` would map no role, so nobody could have it. Name roles, or say that it is"
              + " \"open\"");
      return;
    }
    changes.add(new MakeScope(scope.name(), scope.description().orElse(""), scope.open()));
    scope.roles().forEach(role -> changes.add(new MapRole(scope.name(), role)));
    changes.add(new Assign(scope.name()));
  }

  private void planGateway(String gateway, String member) {
    ClientModel found = realm.getClientByClientId(gateway);
    if (found == null) {
      obstacles.put(
          member,
          "no client of this realm has the client_id `" + gateway + "`. Create the client first");
      return;
    }
    if (client.stream().flatMap(Audience::of).noneMatch(gateway::equals)) {
      changes.add(new AddGateway(gateway));
    }
    ApiCheck.Gateway checked = ApiCheck.gateway(realm, gateway);
    if (checked.problem() != null) {
      steps.add(new Step(checked.problem(), gateway, checked.detail(), checked.fix()));
    }
  }
}
