package io.accesskeys.management.api;

import static io.accesskeys.management.api.ClientSetting.NOT_OPEN;
import static io.accesskeys.management.api.ClientSetting.NO_FULL_SCOPE;
import static io.accesskeys.management.api.ClientSetting.NO_REFRESH_TOKENS;
import static io.accesskeys.management.api.ClientSetting.OPT_IN;

import io.accesskeys.store.OptIn;
import io.accesskeys.store.ScopeList;
import io.accesskeys.verification.ApiClientRule;
import io.accesskeys.verification.KeycloakRoles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.keycloak.models.CibaConfig;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.OAuth2DeviceConfig;

/** What is to be done about a client that is there already. */
final class ClientState {

  private final ClientModel client;

  ClientState(ClientModel client) {
    this.client = client;
  }

  /** Why this client cannot be an API client; empty if it can. */
  Optional<String> obstacle() {
    if (isKeycloaksOwn()) {
      return Optional.of("is one of Keycloak's own clients. Prepare another client");
    }
    return Stream.of(ApiClientRule.OPENID_CONNECT, ApiClientRule.NOT_SELF_REGISTERED)
        .map(rule -> RuleBreach.check(rule, client))
        .filter(rule -> !rule.ok())
        .map(rule -> "cannot be an API client: " + rule.detail() + ". " + rule.fix())
        .findFirst();
  }

  /**
   * What can be set right without surprising anybody.
   *
   * @param needRoles the names of scopes that are to need a role
   */
  Optional<Change> change(Set<String> needRoles) {
    List<ClientSetting> settings = new ArrayList<>();
    if (!OptIn.isIn(client)) {
      settings.add(OPT_IN);
    }
    if (breaks(ApiClientRule.NO_FULL_SCOPE) && !isUsedToSignIn() && !hasOwnTokens()) {
      settings.add(NO_FULL_SCOPE);
    }
    if (breaks(ApiClientRule.NO_REFRESH_TOKENS) && !isUsedToSignIn()) {
      settings.add(NO_REFRESH_TOKENS);
    }
    Set<String> closed = new TreeSet<>(ScopeList.OPEN.of(client));
    closed.retainAll(needRoles);
    if (!closed.isEmpty()) {
      settings.add(NOT_OPEN);
    }
    return settings.isEmpty()
        ? Optional.empty()
        : Optional.of(new Change.SetClient(client.getClientId(), settings, closed));
  }

  /**
   * What is left to the administrator.
   *
   * @param named the names of scopes that will not be default scopes of the client any more
   */
  Stream<Step> steps(Set<String> named) {
    Stream<ApiClientRule> broken =
        Stream.of(
                ApiClientRule.NO_FULL_SCOPE,
                ApiClientRule.NO_CLIENT_ROLES,
                ApiClientRule.NO_DEDICATED_SCOPE_MAPPINGS,
                ApiClientRule.NO_ROLES_IN_DEFAULT_SCOPES,
                ApiClientRule.NO_REFRESH_TOKENS)
            .filter(this::breaks)
            .filter(rule -> isLeft(rule, named));
    Stream<Step> disabled =
        client.isEnabled()
            ? Stream.empty()
            : Stream.of(
                step(
                    "enabled",
                    "the client is disabled, so its keys are refused",
                    "Enable the client in the Admin Console"));
    return Stream.concat(disabled, broken.map(this::step));
  }

  private boolean isLeft(ApiClientRule rule, Set<String> named) {
    if (rule == ApiClientRule.NO_FULL_SCOPE) {
      return isUsedToSignIn() || hasOwnTokens();
    }
    if (rule == ApiClientRule.NO_ROLES_IN_DEFAULT_SCOPES) {
      return client.getClientScopes(true).values().stream()
          .filter(scope -> !named.contains(scope.getName()))
          .anyMatch(scope -> scope.getScopeMappingsStream().findAny().isPresent());
    }
    return rule != ApiClientRule.NO_REFRESH_TOKENS || isUsedToSignIn();
  }

  private Step step(ApiClientRule rule) {
    ApiCheck.Rule broken = RuleBreach.check(rule, client);
    if (rule == ApiClientRule.NO_FULL_SCOPE) {
      return step(
          rule.wireName(),
          broken.detail() + "; this client is used for more than keys",
          "Give the API a client of its own. Or switch off full scope allowed yourself, if nobody"
              + " needs it");
    }
    if (rule == ApiClientRule.NO_REFRESH_TOKENS) {
      return step(
          rule.wireName(),
          broken.detail() + "; people sign in with this client",
          "Give the API a client of its own. Or set the client attribute use.refresh.tokens to"
              + " false yourself, if nobody needs refresh tokens");
    }
    return step(rule.wireName(), broken.detail(), broken.fix());
  }

  private Step step(String problem, String detail, String fix) {
    return new Step(problem, client.getClientId(), detail, fix);
  }

  private boolean breaks(ApiClientRule rule) {
    return !rule.isKeptBy(client);
  }

  private boolean isKeycloaksOwn() {
    return Constants.defaultClients.contains(client.getClientId())
        || KeycloakRoles.areOfClient(client.getClientId(), client.getRealm())
        || client.equals(client.getRealm().getAdminPermissionsClient());
  }

  /** Whether applications get tokens of people by it, which would become others. */
  private boolean isUsedToSignIn() {
    return client.isStandardFlowEnabled()
        || client.isImplicitFlowEnabled()
        || client.isDirectAccessGrantsEnabled()
        || isOn(OAuth2DeviceConfig.OAUTH2_DEVICE_AUTHORIZATION_GRANT_ENABLED)
        || isOn(CibaConfig.OIDC_CIBA_GRANT_ENABLED);
  }

  private boolean hasOwnTokens() {
    return client.isServiceAccountsEnabled();
  }

  private boolean isOn(String attribute) {
    return Boolean.parseBoolean(client.getAttribute(attribute));
  }
}
