package io.accesskeys.health;

import io.accesskeys.management.api.ApiCheck;
import io.accesskeys.notice.PublicAddress;
import io.accesskeys.policy.PolicyState;
import io.accesskeys.policy.RealmPolicies;
import io.accesskeys.store.KeyStore;
import io.accesskeys.store.OptIn;
import io.accesskeys.verification.ApiClientRule;
import io.accesskeys.verification.ScopeProblem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What is wrong in a realm now. To look changes nothing. */
public final class RealmHealth {

  private static final Set<String> RULES =
      Stream.of(ApiClientRule.values()).map(ApiClientRule::wireName).collect(Collectors.toSet());

  private static final String PLACEHOLDER = "${";

  /** Keycloak's own, which it replaces whenever it needs the secret. */
  private static final String FROM_VAULT = "${vault.";

  private final KeycloakSession session;
  private final RealmModel realm;

  private RealmHealth(KeycloakSession session, RealmModel realm) {
    this.session = session;
    this.realm = realm;
  }

  /** Everything that is wrong, clients by their {@code client_id}. */
  public static List<Finding> findings(KeycloakSession session, RealmModel realm) {
    RealmHealth health = new RealmHealth(session, realm);
    List<ClientModel> clients =
        realm
            .getClientsStream()
            .filter(client -> OptIn.isIn(client) || hasPlaceholder(client))
            .sorted(Comparator.comparing(ClientModel::getClientId))
            .toList();
    List<Finding> findings = new ArrayList<>();
    clients.stream().flatMap(RealmHealth::of).forEach(findings::add);
    health.ofPolicy().forEach(findings::add);
    if (clients.stream().anyMatch(OptIn::isIn) || health.hasKeys()) {
      health.ofMails().forEach(findings::add);
    }
    return List.copyOf(findings);
  }

  private static Stream<Finding> of(ClientModel client) {
    Stream<Finding> secret =
        hasPlaceholder(client)
            ? Stream.of(
                Finding.of(FindingKind.SECRET_PLACEHOLDER, List.of(client.getId()), where(client)))
            : Stream.empty();
    return OptIn.isIn(client) ? Stream.concat(secret, ofApi(client)) : secret;
  }

  /** Whether a client authenticates by the text of a placeholder. */
  private static boolean hasPlaceholder(ClientModel client) {
    String secret = client.getSecret();
    return secret != null
        && secret.startsWith(PLACEHOLDER)
        && !secret.startsWith(FROM_VAULT)
        && !client.isPublicClient();
  }

  private static Stream<Finding> ofApi(ClientModel client) {
    ApiCheck check = ApiCheck.of(client);
    Stream<Finding> rules =
        check.broken().stream()
            // Whoever disables a client means to.
            .filter(rule -> RULES.contains(rule.rule()))
            .map(
                rule ->
                    new Finding(
                        FindingKind.API_CLIENT_BROKEN,
                        List.of(client.getId(), rule.rule()),
                        where(client),
                        rule.rule() + ": " + rule.detail(),
                        rule.fix()));
    Stream<Finding> scopes =
        check.scopes().stream()
            .filter(scope -> scope.problem() != null)
            .map(
                scope ->
                    new Finding(
                        isOpen(scope) ? FindingKind.SCOPE_OPEN : FindingKind.SCOPE_CLOSED,
                        List.of(client.getId(), scope.name(), scope.problem()),
                        where(client),
                        scope.detail(),
                        scope.fix()));
    Stream<Finding> gateways =
        check.gateways().stream()
            .filter(gateway -> gateway.problem() != null)
            .map(
                gateway ->
                    new Finding(
                        FindingKind.GATEWAY_UNUSABLE,
                        List.of(client.getId(), gateway.client(), gateway.problem()),
                        where(client),
                        gateway.detail(),
                        gateway.fix()));
    return Stream.of(rules, scopes, gateways).flatMap(findings -> findings);
  }

  private static boolean isOpen(ApiCheck.Scope scope) {
    return ScopeProblem.FOR_EVERYBODY.wireName().equals(scope.problem());
  }

  private static String where(ClientModel client) {
    return "client " + client.getClientId();
  }

  private Stream<Finding> ofPolicy() {
    PolicyState state = session.getProvider(RealmPolicies.class).state(realm);
    Stream<Finding> unreadable =
        state.broken().entrySet().stream()
            .map(
                setting ->
                    new Finding(
                        FindingKind.POLICY_UNREADABLE,
                        List.of(setting.getKey()),
                        "setting " + setting.getKey(),
                        setting.getValue(),
                        FindingKind.POLICY_UNREADABLE.wayOut()));
    Stream<Finding> hidden =
        state.differences().stream()
            .map(PolicyState.Difference::setting)
            .filter(setting -> !state.broken().containsKey(setting))
            .map(
                setting ->
                    Finding.of(FindingKind.POLICY_DIFFERS, List.of(setting), "setting " + setting));
    return Stream.concat(unreadable, hidden);
  }

  private Stream<Finding> ofMails() {
    if (realm.getSmtpConfig().isEmpty()) {
      return Stream.of(Finding.of(FindingKind.NO_SMTP, List.of(), "realm"));
    }
    return PublicAddress.of(realm).isPresent()
        ? Stream.empty()
        : Stream.of(Finding.of(FindingKind.NO_FIXED_HOSTNAME, List.of(), "realm"));
  }

  private boolean hasKeys() {
    return !session.getProvider(KeyStore.class).removal().ownersAfter(realm, "", 1).isEmpty();
  }
}
