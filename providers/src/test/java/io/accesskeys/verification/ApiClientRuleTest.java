package io.accesskeys.verification;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.SampleRealm;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;

final class ApiClientRuleTest {

  private final SampleRealm realm = new SampleRealm();

  @ParameterizedTest
  @EnumSource
  void isBrokenByWhatItForbidsAndThatAlone(ApiClientRule rule) {
    assertThat(firstBroken()).isEmpty();
    change(breach(rule));
    assertThat(firstBroken()).contains(rule);
  }

  @Test
  void oneOfSeveralThatAreBrokenIsNamed() {
    change(breach(ApiClientRule.NO_FULL_SCOPE));
    change(breach(ApiClientRule.OPTED_IN));
    assertThat(firstBroken()).contains(ApiClientRule.OPTED_IN);
  }

  @Test
  void aClientOfNoProtocolSpeaksOpenIdConnect() {
    change((client, model) -> client.setProtocol(null));
    assertThat(firstBroken()).isEmpty();
  }

  @Test
  void aDefaultScopeThatMapsNoRolesIsFine() {
    change((client, model) -> client.addClientScope(scope(model, "email"), true));
    assertThat(firstBroken()).isEmpty();
  }

  @Test
  void itsNamesAreForEventsAndForPeople() {
    assertThat(ApiClientRule.NO_CLIENT_ROLES.wireName()).isEqualTo("no_client_roles");
    assertThat(ApiClientRule.values())
        .extracting(ApiClientRule::sentence)
        .doesNotHaveDuplicates()
        .allSatisfy(
            sentence -> assertThat(sentence).containsPattern(" (must|may) ").doesNotEndWith("."));
  }

  private static BiConsumer<ClientModel, RealmModel> breach(ApiClientRule rule) {
    return switch (rule) {
      case OPTED_IN -> (client, model) -> client.removeAttribute("access-keys.enabled");
      case OPENID_CONNECT -> (client, model) -> client.setProtocol("saml");
      case NO_FULL_SCOPE -> (client, model) -> client.setFullScopeAllowed(true);
      case NO_CLIENT_ROLES -> (client, model) -> client.addRole("reader");
      case NO_DEDICATED_SCOPE_MAPPINGS ->
          (client, model) -> client.addScopeMapping(model.getRole(WRITER));
      case NO_ROLES_IN_DEFAULT_SCOPES ->
          (client, model) -> {
            ClientScopeModel scope = scope(model, "roles");
            scope.addScopeMapping(model.getRole(WRITER));
            client.addClientScope(scope, true);
          };
      case NO_REFRESH_TOKENS -> (client, model) -> client.removeAttribute("use.refresh.tokens");
      case GRANTABLE_SCOPES_IN_TOKEN ->
          (client, model) -> of(client, READ).setIncludeInTokenScope(false);
    };
  }

  private static ClientScopeModel scope(RealmModel model, String name) {
    ClientScopeModel scope = model.addClientScope(name);
    scope.setProtocol("openid-connect");
    return scope;
  }

  private static ClientScopeModel of(ClientModel client, String name) {
    return client.getClientScopes(false).get(name);
  }

  private void change(BiConsumer<ClientModel, RealmModel> work) {
    realm.change((session, model) -> work.accept(model.getClientByClientId(API), model));
  }

  private Optional<ApiClientRule> firstBroken() {
    return realm.ask(
        (session, model) -> ApiClientRule.firstBrokenBy(model.getClientByClientId(API)));
  }
}
