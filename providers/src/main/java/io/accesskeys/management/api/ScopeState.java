package io.accesskeys.management.api;

import static io.accesskeys.management.api.ScopeSetting.DESCRIPTION;
import static io.accesskeys.management.api.ScopeSetting.GRANTABLE;
import static io.accesskeys.management.api.ScopeSetting.IN_TOKEN;
import static io.accesskeys.management.api.ScopeSetting.NOT_OPEN;
import static io.accesskeys.management.api.ScopeSetting.OPEN;

import io.accesskeys.store.OpenScopes;
import io.accesskeys.store.ScopeList;
import io.accesskeys.verification.GrantableScopes;
import io.accesskeys.verification.ScopeProblem;
import io.accesskeys.verification.ScopeRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/** What is to be done about a client scope that is there already. */
final class ScopeState {

  private final ApiDeclaration.Scope declared;
  private final ClientScopeModel scope;
  private final Optional<ClientModel> client;

  /**
   * A scope that is to be given to a client.
   *
   * @param client the API client; empty if it is yet to be made
   */
  ScopeState(ApiDeclaration.Scope declared, ClientScopeModel scope, Optional<ClientModel> client) {
    this.declared = declared;
    this.scope = scope;
    this.client = client;
  }

  /** Why keys cannot have this scope, or must not be given it; empty if they can. */
  Optional<String> obstacle(boolean takeOver) {
    if (scope.getProtocol() != null
        && !scope.getProtocol().equals(OIDCLoginProtocol.LOGIN_PROTOCOL)) {
      return Optional.of(
          "exists with the protocol " + scope.getProtocol() + ". Choose another name");
    }
    if (!GrantableScopes.hasStorableId(scope)) {
      return Optional.of(
          new ScopeProblem.Found("", declared.name(), ScopeProblem.UNSTORABLE_ID).sentence());
    }
    if (declared.roles().isEmpty() && !declared.open() && mapped().isEmpty() && !isOpen()) {
      return Optional.of(
          "maps no role, so nobody could have it. Name roles, or say that it is \"open\"");
    }
    if (takeOver || changes().isEmpty()) {
      return Optional.empty();
    }
    if (BuiltInScopes.include(scope)) {
      return Optional.of(
          "is a client scope that Keycloak has made. Choose another name, or send \"takeOver\":"
              + " true to have it changed");
    }
    return isOfOthers()
        ? Optional.of(
            "is a client scope that other clients have too. Choose another name, or send"
                + " \"takeOver\": true to have it changed for all of them")
        : Optional.empty();
  }

  /** What changes the scope itself, for every client that has it. */
  List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    List<ScopeSetting> settings = settings();
    if (!settings.isEmpty()) {
      String description = settings.contains(DESCRIPTION) ? declared.description().orElse("") : "";
      changes.add(new Change.SetScope(declared.name(), settings, description));
    }
    Set<String> mapped =
        mapped().stream()
            .filter(role -> !role.isClientRole())
            .map(RoleModel::getName)
            .collect(Collectors.toSet());
    declared.roles().stream()
        .filter(role -> !mapped.contains(role))
        .forEach(role -> changes.add(new Change.MapRole(declared.name(), role)));
    return changes;
  }

  /** What gives the scope to the client. */
  List<Change> assignment() {
    Change assign = new Change.Assign(declared.name());
    if (client.isEmpty()) {
      return List.of(assign);
    }
    if (client.get().getClientScopes(false).containsKey(declared.name())) {
      return List.of();
    }
    return client.get().getClientScopes(true).containsKey(declared.name())
        ? List.of(new Change.Unassign(declared.name()), assign)
        : List.of(assign);
  }

  /** What is left to the administrator. */
  Optional<Step> step() {
    Set<String> extra = new TreeSet<>(ScopeRequirement.roles(scope));
    declared.roles().forEach(extra::remove);
    if (extra.isEmpty() || (declared.roles().isEmpty() && !declared.open())) {
      return Optional.empty();
    }
    String roles = "`" + String.join("`, `", extra) + "`";
    return Optional.of(
        declared.open()
            ? new Step(
                "open_with_roles",
                declared.name(),
                "the client scope maps " + roles + ", so it cannot be open",
                "Remove these role mappings if everybody is to have the scope, and send this again")
            : new Step(
                "extra_roles",
                declared.name(),
                "the client scope also maps " + roles + ", so whoever has one can have the scope",
                "Remove these role mappings if that is not meant, or name the roles too"));
  }

  private List<ScopeSetting> settings() {
    List<ScopeSetting> settings = new ArrayList<>();
    boolean listed = client.stream().anyMatch(this::isListedBy);
    if (!GrantableScopes.saysSo(scope) && !listed) {
      settings.add(GRANTABLE);
    }
    if (!scope.isIncludeInTokenScope()) {
      settings.add(IN_TOKEN);
    }
    if (declared.open() && !isOpen() && mapped().isEmpty()) {
      settings.add(OPEN);
    } else if (!declared.roles().isEmpty() && saysOpen()) {
      settings.add(NOT_OPEN);
    }
    if (declared.description().filter(text -> !text.equals(scope.getDescription())).isPresent()) {
      settings.add(DESCRIPTION);
    }
    return settings;
  }

  private boolean saysOpen() {
    return Boolean.parseBoolean(scope.getAttribute(OpenScopes.ATTRIBUTE));
  }

  private boolean isOpen() {
    return saysOpen() || client.stream().anyMatch(one -> OpenScopes.saysSo(one, scope));
  }

  private boolean isListedBy(ClientModel one) {
    return ScopeList.GRANTABLE.of(one).contains(declared.name());
  }

  private Set<RoleModel> mapped() {
    return scope.getScopeMappingsStream().filter(Objects::nonNull).collect(Collectors.toSet());
  }

  /** Whether changing it changes more than this client. */
  private boolean isOfOthers() {
    RealmModel realm = scope.getRealm();
    return Stream.of(true, false)
            .flatMap(realm::getDefaultClientScopesStream)
            .anyMatch(one -> one.getId().equals(scope.getId()))
        || realm
            .getClientsStream()
            .filter(one -> client.filter(one::equals).isEmpty())
            .anyMatch(this::isOf);
  }

  private boolean isOf(ClientModel one) {
    return Stream.of(true, false)
        .map(one::getClientScopes)
        .anyMatch(scopes -> scopes.containsKey(scope.getName()));
  }
}
