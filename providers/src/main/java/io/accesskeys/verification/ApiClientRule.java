package io.accesskeys.verification;

import io.accesskeys.store.OptIn;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RoleModel;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;

/**
 * What must hold of a client before keys are issued for it, and whenever one is used. A client's
 * own roles, its scope mappings and its default scopes always enter its tokens, and Keycloak's own
 * endpoints go by the client rather than by the token: a client that breaks one of these rules
 * would give keys more than their scopes.
 */
public enum ApiClientRule {
  OPTED_IN("the client attribute access-keys.enabled must be true"),
  OPENID_CONNECT("the client must use the protocol openid-connect"),
  NO_FULL_SCOPE("full scope allowed must be off"),
  NO_CLIENT_ROLES("the client must have no roles of its own"),
  NO_DEDICATED_SCOPE_MAPPINGS("the client's dedicated scope must map no roles"),
  NO_ROLES_IN_DEFAULT_SCOPES("no default client scope of the client may map roles"),
  NO_REFRESH_TOKENS("the client attribute use.refresh.tokens must be false"),
  GRANTABLE_SCOPES_IN_TOKEN("every grantable scope must have include.in.token.scope=true"),
  NO_KEYCLOAK_ROLES_IN_SCOPES(
      "no grantable scope may map roles of realm-management, account or broker, nor in master roles"
          + " of *-realm, admin or create-realm, directly or in a composite"),
  NOT_SELF_REGISTERED(
      "the client must not have a registration access token, which dynamic client registration"
          + " gives: make another client in the Admin Console");

  private static final List<ApiClientRule> RULES = List.of(values());

  private final String sentence;

  ApiClientRule(String sentence) {
    this.sentence = sentence;
  }

  /** The first rule that the client breaks; empty if it may have keys. */
  public static Optional<ApiClientRule> firstBrokenBy(ClientModel client) {
    return firstBrokenBy(client, one -> one.getRolesStream().findAny().isPresent());
  }

  /**
   * The same, for what is asked at every request.
   *
   * @param hasRoles whether a client has roles of its own, which Keycloak asks the database for
   */
  static Optional<ApiClientRule> firstBrokenBy(
      ClientModel client, Predicate<ClientModel> hasRoles) {
    for (ApiClientRule rule : RULES) {
      if (!rule.holdsFor(client, hasRoles)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /** The name in events. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What must hold, for whoever administers the client. */
  public String sentence() {
    return sentence;
  }

  private static Set<RoleModel> onTheMenu(ClientModel client) {
    return GrantableScopes.menu(client)
        .flatMap(ClientScopeModel::getScopeMappingsStream)
        // A cached scope may still map a role that has just been deleted.
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  /** Whether the client keeps this rule. */
  public boolean isKeptBy(ClientModel client) {
    return holdsFor(client, one -> one.getRolesStream().findAny().isPresent());
  }

  private boolean holdsFor(ClientModel client, Predicate<ClientModel> hasRoles) {
    return switch (this) {
      case OPTED_IN -> OptIn.isIn(client);
      case OPENID_CONNECT ->
          client.getProtocol() == null
              || client.getProtocol().equals(OIDCLoginProtocol.LOGIN_PROTOCOL);
      case NO_FULL_SCOPE -> !client.isFullScopeAllowed();
      case NO_CLIENT_ROLES -> !hasRoles.test(client);
      case NO_DEDICATED_SCOPE_MAPPINGS -> client.getScopeMappingsStream().findAny().isEmpty();
      case NO_ROLES_IN_DEFAULT_SCOPES ->
          client.getClientScopes(true).values().stream()
              .allMatch(scope -> scope.getScopeMappingsStream().findAny().isEmpty());
      case NO_REFRESH_TOKENS ->
          "false".equals(client.getAttribute(OIDCConfigAttributes.USE_REFRESH_TOKEN));
      case GRANTABLE_SCOPES_IN_TOKEN ->
          GrantableScopes.menu(client).allMatch(ClientScopeModel::isIncludeInTokenScope);
      case NO_KEYCLOAK_ROLES_IN_SCOPES ->
          KeycloakRoles.among(onTheMenu(client), client.getRealm()).findAny().isEmpty();
      case NOT_SELF_REGISTERED -> !OptIn.isSelfRegistered(client);
    };
  }
}
