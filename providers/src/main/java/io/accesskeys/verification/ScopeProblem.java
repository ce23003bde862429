package io.accesskeys.verification;

import io.accesskeys.store.OpenScopes;
import io.accesskeys.store.ScopeList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.models.utils.RoleUtils;

/** What may be wrong with a scope that an API client offers, or that somebody asks it for. */
public enum ScopeProblem {
  /** Its role was deleted, or it never had one and does not say that it is open. */
  NO_ROLE(
      "has no role and is not open, so nobody can have it",
      "Map a role to it, or set its attribute access-keys.open to true"),
  /** Somebody may believe that everybody has it. */
  OPEN_WITH_ROLES(
      "maps roles, so its attribute access-keys.open has no effect", "Remove one of the two"),
  /** Somebody may believe that it takes a role that not everybody has. */
  FOR_EVERYBODY(
      "maps a role that everybody has by default, so everybody can have it",
      "Map another role to it and remove this mapping, or say that it is open: remove the mapping"
          + " and set its attribute access-keys.open to true"),
  /** It came from a file with an id of its own. */
  UNSTORABLE_ID(
      "cannot be granted, because its id is not 1 to 36 printable ASCII characters without spaces",
      "Make the client scope again without naming an id"),
  /** No client scope of the realm has this name. */
  NO_SUCH_SCOPE(
      "does not exist in this realm",
      "Create the client scope and assign it to client %1$s as optional, or prepare the client with"
          + " PUT …/access-keys/apis/%1$s"),
  /** The scope is there, and the client does not have it. */
  NOT_ASSIGNED(
      "is not assigned to client %1$s",
      "Assign the client scope as optional, or prepare the client with"
          + " PUT …/access-keys/apis/%1$s"),
  /** Default scopes are in every token, so a key cannot have them or not have them. */
  ASSIGNED_AS_DEFAULT(
      "is assigned to client %1$s as default",
      "Assign the client scope as optional, or prepare the client with"
          + " PUT …/access-keys/apis/%1$s"),
  /** It is an optional scope of the client, and nobody has said that keys may have it. */
  NOT_GRANTABLE(
      "is not grantable",
      "Set its attribute access-keys.grantable to true, or name it in the attribute"
          + " access-keys.scopes of client %1$s");

  private static final int LONGEST_QUOTED = 60;

  private final String detail;
  private final String fix;

  ScopeProblem(String detail, String fix) {
    this.detail = detail;
    this.fix = fix;
  }

  /**
   * A scope with a problem.
   *
   * @param client the {@code client_id} of the API client
   * @param scope the name of the scope; it need not exist
   */
  public record Found(String client, String scope, ScopeProblem problem) {

    /** What is wrong; a sentence without its full stop. */
    public String detail() {
      return quoted() + " " + problem.detail.formatted(client);
    }

    /** What to do; a sentence without its full stop. */
    public String fix() {
      return problem.fix.formatted(client);
    }

    /** Both, for whoever reads one text. */
    public String sentence() {
      return detail() + ". " + fix();
    }

    /** A text that is longer than names are may be a key in the wrong place. */
    private String quoted() {
      return scope.length() > LONGEST_QUOTED ? "This scope" : "`" + scope + "`";
    }
  }

  /** The problems of the scopes that this API client offers or means to offer, by their names. */
  public static Stream<Found> in(ClientModel apiClient) {
    Set<String> absent = new LinkedHashSet<>(ScopeList.GRANTABLE.of(apiClient));
    absent.addAll(ScopeList.OPEN.of(apiClient));
    apiClient.getClientScopes(true).values().stream()
        .filter(GrantableScopes::saysSo)
        .map(ClientScopeModel::getName)
        .forEach(absent::add);
    Set<ClientScopeModel> offered = GrantableScopes.marked(apiClient).collect(Collectors.toSet());
    offered.forEach(scope -> absent.remove(scope.getName()));
    Set<RoleModel> everybodys = everybodys(apiClient.getRealm());
    Stream<Found> ofOffered =
        offered.stream()
            .flatMap(
                scope ->
                    of(apiClient, scope, everybodys).stream()
                        .map(problem -> found(apiClient, scope.getName(), problem)));
    return Stream.concat(ofOffered, absent.stream().map(name -> absence(apiClient, name)))
        .sorted(Comparator.comparing(Found::scope));
  }

  /** Why keys for this API client cannot have the scope of this name, which it does not offer. */
  public static Found absence(ClientModel apiClient, String name) {
    ClientScopeModel optional = apiClient.getClientScopes(false).get(name);
    if (optional != null) {
      return found(
          apiClient, name, GrantableScopes.hasStorableId(optional) ? NOT_GRANTABLE : UNSTORABLE_ID);
    }
    if (apiClient.getClientScopes(true).containsKey(name)) {
      return found(apiClient, name, ASSIGNED_AS_DEFAULT);
    }
    boolean exists = KeycloakModelUtils.getClientScopeByName(apiClient.getRealm(), name) != null;
    return found(apiClient, name, exists ? NOT_ASSIGNED : NO_SUCH_SCOPE);
  }

  /** The word for programs. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is wrong and what to do, after the name of a scope that is on a menu. */
  String sentence() {
    return detail + ". " + fix;
  }

  private static Found found(ClientModel apiClient, String scope, ScopeProblem problem) {
    return new Found(apiClient.getClientId(), scope, problem);
  }

  private static Optional<ScopeProblem> of(
      ClientModel apiClient, ClientScopeModel scope, Set<RoleModel> everybodys) {
    if (!GrantableScopes.hasStorableId(scope)) {
      return Optional.of(UNSTORABLE_ID);
    }
    Set<RoleModel> mapped =
        scope.getScopeMappingsStream().filter(Objects::nonNull).collect(Collectors.toSet());
    if (mapped.isEmpty() != OpenScopes.saysSo(apiClient, scope)) {
      return Optional.of(mapped.isEmpty() ? NO_ROLE : OPEN_WITH_ROLES);
    }
    return RoleUtils.expandCompositeRoles(mapped).stream().anyMatch(everybodys::contains)
        ? Optional.of(FOR_EVERYBODY)
        : Optional.empty();
  }

  /** The roles that the realm gives to everybody who is new. */
  private static Set<RoleModel> everybodys(RealmModel realm) {
    Set<RoleModel> given = new HashSet<>();
    Optional.ofNullable(realm.getDefaultRole()).ifPresent(given::add);
    realm
        .getDefaultGroupsStream()
        .flatMap(ScopeProblem::withParents)
        .flatMap(GroupModel::getRoleMappingsStream)
        .forEach(given::add);
    return RoleUtils.expandCompositeRoles(given);
  }

  private static Stream<GroupModel> withParents(GroupModel group) {
    return Stream.iterate(group, Objects::nonNull, GroupModel::getParent);
  }
}
