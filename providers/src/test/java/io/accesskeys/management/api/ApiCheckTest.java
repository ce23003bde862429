package io.accesskeys.management.api;

import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.model.SampleRealm;
import io.accesskeys.verification.ApiClientBreach;
import io.accesskeys.verification.ApiClientRule;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.mappers.AudienceProtocolMapper;

/** Everything that is wrong with an API client, at once. */
final class ApiCheckTest {

  private final SampleRealm realm = new SampleRealm();

  @Test
  void aGoodClientIsReadyAndHasNothingToFix() {
    ApiCheck check = check();
    assertThat(check.client()).isEqualTo(API);
    assertThat(check.ready()).isTrue();
    assertThat(check.broken()).isEmpty();
    assertThat(check.rules())
        .extracting(ApiCheck.Rule::rule)
        .containsExactlyElementsOf(
            Stream.concat(
                    Stream.of("enabled"),
                    Stream.of(ApiClientRule.values()).map(ApiClientRule::wireName))
                .toList());
    assertThat(check.scopes())
        .containsExactly(
            new ApiCheck.Scope(READ, List.of(), true, null, null, null),
            new ApiCheck.Scope(WRITE, List.of(WRITER), false, null, null, null));
    assertThat(check.gateways()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aBrokenRuleSaysWhatBreaksItAndTheWayOut(ApiClientRule rule) {
    ApiClientBreach.of(rule, realm);
    ApiCheck check = check();
    assertThat(check.ready()).isFalse();
    assertThat(check.broken()).extracting(ApiCheck.Rule::rule).containsExactly(rule.wireName());
    ApiCheck.Rule broken = check.broken().get(0);
    assertThat(broken.detail()).isNotBlank().isNotEqualTo(rule.sentence()).doesNotEndWith(".");
    assertThat(broken.fix()).isNotBlank().doesNotEndWith(".");
  }

  @Test
  void allThatIsBrokenIsSaidAtOnceAndByName() {
    change(
        (client, model) -> {
          client.setEnabled(false);
          client.setFullScopeAllowed(true);
          client.addRole("reader");
          client.addScopeMapping(model.getRole(WRITER));
        });
    assertThat(check().broken())
        .extracting(ApiCheck.Rule::rule)
        .containsExactly(
            "enabled", "no_full_scope", "no_client_roles", "no_dedicated_scope_mappings");
    assertThat(detail("no_client_roles")).contains("`reader`");
    assertThat(detail("no_dedicated_scope_mappings")).contains("`writer`");
  }

  @Test
  void aScopeThatEverybodyGetsIsSaid() {
    change(
        (client, model) -> {
          model.setDefaultRole(model.addRole("default-roles"));
          model.getDefaultRole().addCompositeRole(model.getRole(WRITER));
        });
    assertThat(problem(WRITE)).isEqualTo("for_everybody");
  }

  @Test
  void aScopeThatAGroupOfAllNewPeopleGetsIsSaid() {
    change(
        (client, model) -> {
          model.createGroup("staff").grantRole(model.getRole(WRITER));
          model.addDefaultGroup(model.getGroupsStream().findFirst().orElseThrow());
        });
    assertThat(problem(WRITE)).isEqualTo("for_everybody");
  }

  @Test
  void scopesThatAreMeantAndNotOfferedAreThereWithTheReason() {
    change(
        (client, model) -> {
          client.setAttribute("access-keys.scopes", "nope##elsewhere " + WRITE);
          client.setAttribute("access-keys.open-scopes", "plain");
          model.addClientScope("elsewhere");
          client.addClientScope(model.addClientScope("plain"), false);
          ClientScopeModel usual = model.addClientScope("usual");
          usual.setAttribute("access-keys.grantable", "true");
          client.addClientScope(usual, true);
        });
    assertThat(check().scopes())
        .extracting(scope -> scope.name() + " " + scope.problem())
        .containsExactly(
            "elsewhere not_assigned",
            "nope no_such_scope",
            READ + " null",
            WRITE + " null",
            "plain not_grantable",
            "usual assigned_as_default");
    assertThat(check().scopes())
        .filteredOn(scope -> scope.problem() != null)
        .allSatisfy(
            scope -> {
              assertThat(scope.detail()).startsWith("`" + scope.name() + "` ");
              assertThat(scope.fix()).isNotBlank();
            });
  }

  @Test
  void gatewaysThatAreGoneOrDisabledOrPublicAreSaid() {
    change(
        (client, model) -> {
          ClientModel off = model.addClient("off");
          off.setEnabled(false);
          ClientModel open = model.addClient("page");
          open.setEnabled(true);
          open.setPublicClient(true);
          Stream.of("off", "page", ROBOT, "gone").forEach(name -> audience(client, name));
        });
    assertThat(check().gateways())
        .extracting(gateway -> gateway.client() + " " + gateway.problem())
        .containsExactly("gone missing", "off disabled", "page public", ROBOT + " null");
  }

  @Test
  void everyClientThatHasOptedInIsListed() {
    change((client, model) -> model.addClient("a-api").setAttribute("access-keys.enabled", "true"));
    assertThat(
            realm.<List<String>>ask(
                (session, model) ->
                    ApiCheck.all(model, any -> true).map(ApiCheck::client).toList()))
        .containsExactly("a-api", API);
  }

  private static void audience(ClientModel client, String gateway) {
    client.addProtocolMapper(
        AudienceProtocolMapper.createClaimMapper(
            "audience " + gateway, gateway, null, true, false, true));
  }

  private String detail(String rule) {
    return check().broken().stream()
        .filter(one -> one.rule().equals(rule))
        .findFirst()
        .orElseThrow()
        .detail();
  }

  private String problem(String scope) {
    return check().scopes().stream()
        .filter(one -> one.name().equals(scope))
        .findFirst()
        .orElseThrow()
        .problem();
  }

  private void change(BiConsumer<ClientModel, RealmModel> work) {
    realm.change((session, model) -> work.accept(model.getClientByClientId(API), model));
  }

  private ApiCheck check() {
    return realm.ask((session, model) -> ApiCheck.of(model.getClientByClientId(API)));
  }
}
