package io.accesskeys.verification;

import static io.accesskeys.model.SampleRealm.API;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.SampleRealm;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.RealmModel;

final class ApiClientRuleTest {

  private final SampleRealm realm = new SampleRealm();

  @ParameterizedTest
  @EnumSource
  void isBrokenByWhatItForbidsAndThatAlone(ApiClientRule rule) {
    assertThat(firstBroken()).isEmpty();
    ApiClientBreach.of(rule, realm);
    assertThat(firstBroken()).contains(rule);
  }

  @Test
  void oneOfSeveralThatAreBrokenIsNamed() {
    ApiClientBreach.of(ApiClientRule.NO_FULL_SCOPE, realm);
    ApiClientBreach.of(ApiClientRule.OPTED_IN, realm);
    assertThat(firstBroken()).contains(ApiClientRule.OPTED_IN);
  }

  @Test
  void aClientOfNoProtocolSpeaksOpenIdConnect() {
    change((client, model) -> client.setProtocol(null));
    assertThat(firstBroken()).isEmpty();
  }

  @Test
  void aDefaultScopeThatMapsNoRolesIsFine() {
    change((client, model) -> client.addClientScope(ApiClientBreach.scope(model, "email"), true));
    assertThat(firstBroken()).isEmpty();
  }

  @Test
  void itsNamesAreForEventsAndForPeople() {
    assertThat(ApiClientRule.values())
        .extracting(ApiClientRule::wireName)
        .containsExactlyInAnyOrder(
            "opted_in",
            "openid_connect",
            "no_full_scope",
            "no_client_roles",
            "no_dedicated_scope_mappings",
            "no_roles_in_default_scopes",
            "no_refresh_tokens",
            "grantable_scopes_in_token",
            "no_keycloak_roles_in_scopes",
            "not_self_registered");
    assertThat(ApiClientRule.values())
        .extracting(ApiClientRule::sentence)
        .doesNotHaveDuplicates()
        .allSatisfy(
            sentence -> assertThat(sentence).containsPattern(" (must|may) ").doesNotEndWith("."));
  }

  private void change(BiConsumer<ClientModel, RealmModel> work) {
    realm.change((session, model) -> work.accept(model.getClientByClientId(API), model));
  }

  private Optional<ApiClientRule> firstBroken() {
    return realm.ask(
        (session, model) -> ApiClientRule.firstBrokenBy(model.getClientByClientId(API)));
  }
}
