package io.accesskeys.management;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.key.Grant;
import io.accesskeys.key.Grant.Form;
import io.accesskeys.management.KeyRequest.Rights;
import io.accesskeys.management.KeyRequest.Scopes;
import io.accesskeys.policy.KindPolicy;
import io.accesskeys.restriction.Mode;
import io.accesskeys.verification.ApiClientRule;
import io.accesskeys.verification.DetailsTypes;
import io.accesskeys.verification.GrantableScopes;
import io.accesskeys.verification.KeyOwner;
import io.accesskeys.verification.ScopeProblem;
import io.accesskeys.verification.ScopeRequirement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Turns what a key shall be good for into its grant, if API client and owner allow it. */
public final class GrantCheck {

  private final RealmModel realm;

  GrantCheck(RealmModel realm) {
    this.realm = realm;
  }

  /**
   * Refuses restrictions that lack one which the policy requires.
   *
   * @throws InvalidRequestException naming the type
   */
  static void requireRestrictions(Grant grant, KindPolicy rules) {
    Optional<String> lack = lackOfRestrictions(grant, rules);
    if (lack.isPresent()) {
      throw new InvalidRequestException("restrictions", lack.get());
    }
  }

  /** What is wrong with restrictions that lack one which the policy requires; empty for nothing. */
  public static Optional<String> lackOfRestrictions(Grant grant, KindPolicy rules) {
    return grant.hasRestrictions(rules.requiredRestrictions())
        ? Optional.empty()
        : Optional.of(
            "must have one of each type that the realm requires: "
                + String.join(", ", new TreeSet<>(rules.requiredRestrictions()))
                + keepingNobodyOut(grant, rules));
  }

  /** What to do about restrictions that are there and keep nobody out. */
  private static String keepingNobodyOut(Grant grant, KindPolicy rules) {
    return grant.restrictions().stream()
        .filter(one -> !one.limits() && rules.requiredRestrictions().contains(one.type()))
        .findFirst()
        .map(
            one ->
                switch (Mode.of(one)) {
                  case ENFORCE ->
                      "; the restriction "
                          + one.summary()
                          + " allows more than half of all addresses, which counts as none: name"
                          + " fewer";
                  case REPORT ->
                      "; the restriction of type "
                          + one.type()
                          + " only reports, which counts as none: leave out its mode to enforce it";
                })
        .orElse("");
  }

  /**
   * The grant of a new key.
   *
   * @throws InvalidRequestException naming the member that is wrong
   */
  Grant grant(Rights rights, KeyOwner owner) throws InvalidRequestException {
    if (owner instanceof KeyOwner.Client secret) {
      return ofClientSecret(rights, secret);
    }
    if (rights.client().isEmpty()) {
      throw new InvalidRequestException("client", "is missing");
    }
    ClientModel apiClient = apiClient(realm.getClientByClientId(rights.client().get()));
    details(rights.authorizationDetails(), apiClient);
    return new Grant(
        apiClient.getId(),
        rights.scopes() instanceof Scopes.Classic ? Form.CLASSIC : Form.FINE_GRAINED,
        scopes(rights.scopes(), apiClient, user(owner)),
        rights.authorizationDetails(),
        rights.restrictions());
  }

  /** The same API client, if keys may still be made for it. */
  ClientModel apiClient(ClientModel client) throws InvalidRequestException {
    if (client == null) {
      throw new InvalidRequestException(
          "client",
          "does not exist in this realm. Name the client_id of an API client, or prepare one with"
              + " PUT …/access-keys/apis/{client_id}");
    }
    if (!client.isEnabled()) {
      throw new InvalidRequestException(
          "client", "is disabled. Enable the client to create keys for it");
    }
    Optional<ApiClientRule> broken = ApiClientRule.firstBrokenBy(client);
    if (broken.isPresent()) {
      throw new InvalidRequestException(
          "client",
          "cannot have access keys: %s: %s. GET …/access-keys/apis/%s shows everything that is"
                  .formatted(broken.get().wireName(), broken.get().sentence(), client.getClientId())
              + " wrong, and PUT repairs it");
    }
    return client;
  }

  /** The ids of these scopes, if each is on the menu and the owner may have it. */
  static Set<String> named(List<String> names, ClientModel apiClient, UserModel owner)
      throws InvalidRequestException {
    Map<String, ClientScopeModel> menu =
        GrantableScopes.menu(apiClient)
            .collect(Collectors.toMap(ClientScopeModel::getName, scope -> scope));
    Set<ClientScopeModel> permitted = GrantableScopes.permitted(apiClient, owner);
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < names.size(); i++) {
      String field = "scopes[" + i + "]";
      ClientScopeModel scope = menu.get(names.get(i));
      if (scope == null) {
        throw new InvalidRequestException(
            field, ScopeProblem.absence(apiClient, names.get(i)).sentence());
      }
      if (!permitted.contains(scope)) {
        throw new InvalidRequestException(field, ScopeRequirement.of(apiClient, scope).unmet());
      }
      ids.add(scope.getId());
    }
    return ids;
  }

  /** Refuses RFC 9396 objects of a type that the API does not know. */
  static void details(List<JsonNode> details, ClientModel apiClient)
      throws InvalidRequestException {
    Set<String> types = DetailsTypes.of(apiClient);
    for (int i = 0; i < details.size(); i++) {
      if (!types.contains(details.get(i).path("type").asText())) {
        throw new InvalidRequestException(
            "authorizationDetails[" + i + "].type",
            "is not in the client attribute " + DetailsTypes.ATTRIBUTE);
      }
    }
  }

  private static Set<String> scopes(Scopes scopes, ClientModel apiClient, UserModel owner)
      throws InvalidRequestException {
    return scopes instanceof Scopes.Named named
        ? named(named.names(), apiClient, owner)
        : GrantableScopes.ids(GrantableScopes.permitted(apiClient, owner));
  }

  /** The user whose roles count; an owner that is a client has none. */
  static UserModel user(KeyOwner owner) {
    return owner instanceof KeyOwner.Person person
        ? person.user()
        : ((KeyOwner.ServiceAccount) owner).user();
  }

  /** A client secret authenticates its client and carries no rights. */
  private static Grant ofClientSecret(Rights rights, KeyOwner.Client owner)
      throws InvalidRequestException {
    ClientModel client = owner.client();
    if (rights.client().filter(id -> !id.equals(client.getClientId())).isPresent()) {
      throw new InvalidRequestException("client", "must be the owner of a client secret");
    }
    if (!rights.scopes().equals(new Scopes.Named(List.of()))) {
      throw new InvalidRequestException("scopes", "are not for a client secret");
    }
    if (!rights.authorizationDetails().isEmpty()) {
      throw new InvalidRequestException("authorizationDetails", "are not for a client secret");
    }
    if (client.isPublicClient() || client.isBearerOnly()) {
      throw new InvalidRequestException("owner", "is not a confidential client");
    }
    if (!owner.authenticatesBySecret()) {
      throw new InvalidRequestException("owner", "does not authenticate by client id and secret");
    }
    return new Grant(client.getId(), Form.FINE_GRAINED, Set.of(), List.of(), rights.restrictions());
  }
}
