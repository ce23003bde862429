package io.accesskeys.management.api;

import static io.accesskeys.management.api.PreparedRealm.NEW;
import static io.accesskeys.management.api.PreparedRealm.api;
import static io.accesskeys.management.api.PreparedRealm.behind;
import static io.accesskeys.management.api.PreparedRealm.open;
import static io.accesskeys.management.api.PreparedRealm.scope;
import static io.accesskeys.management.api.PreparedRealm.takingOver;
import static io.accesskeys.model.SampleRealm.API;
import static io.accesskeys.model.SampleRealm.READ;
import static io.accesskeys.model.SampleRealm.ROBOT;
import static io.accesskeys.model.SampleRealm.WRITE;
import static io.accesskeys.model.SampleRealm.WRITER;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.verification.ApiClientBreach;
import io.accesskeys.verification.ApiClientRule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.RoleModel;

/** What makes a client what somebody has declared, and what is left to them. */
final class ApiPlannerTest {

  private final PreparedRealm realm = new PreparedRealm();

  @Nested
  class AClientThatThereIsNot {

    @Test
    void isMadeWithAllThatItTakesAndIsReady() {
      ApiDeclaration declared =
          behind(api(NEW, scope("shop:read", "shop-reader"), open("status:read")), ROBOT);
      assertThat(realm.changes(declared))
          .containsExactly(
              "CLIENT CREATE shop-api: create the client, with no login flow, no full scope and no"
                  + " refresh tokens",
              "REALM_ROLE CREATE shop-reader: create the realm role",
              "CLIENT_SCOPE CREATE shop:read: create the grantable client scope",
              "REALM_SCOPE_MAPPING CREATE shop:read: map the realm role shop-reader",
              "CLIENT_SCOPE_CLIENT_MAPPING CREATE shop:read: assign it to the client as optional",
              "CLIENT_SCOPE CREATE status:read: create the grantable, open client scope",
              "CLIENT_SCOPE_CLIENT_MAPPING CREATE status:read: assign it to the client as optional",
              "PROTOCOL_MAPPER CREATE robot: add an audience mapper to the client, so that the"
                  + " gateway may introspect and exchange keys");
      assertThat(realm.prepare(declared)).hasSize(8).doesNotHaveDuplicates();
      ApiCheck check = realm.check(NEW);
      assertThat(check.broken()).isEmpty();
      assertThat(check.ready()).isTrue();
      assertThat(check.scopes())
          .containsExactly(
              new ApiCheck.Scope("shop:read", List.of("shop-reader"), false, null, null, null),
              new ApiCheck.Scope("status:read", List.of(), true, null, null, null));
      assertThat(check.gateways()).containsExactly(new ApiCheck.Gateway(ROBOT, null, null, null));
    }

    @Test
    void isMadeOnce() {
      ApiDeclaration declared = behind(api(NEW, scope("shop:read", "a", "b"), open("x")), ROBOT);
      realm.prepare(declared);
      assertThat(realm.changes(declared)).isEmpty();
      assertThat(realm.steps(declared)).isEmpty();
    }

    @Test
    void getsTheDefaultScopesThatItsTokensNeedUnlessTheyMapRoles() {
      realm.change(
          (client, model) -> {
            for (String name : List.of("basic", "roles", "profile")) {
              ClientScopeModel usual = model.addClientScope(name);
              usual.setProtocol("openid-connect");
              model.addDefaultClientScope(usual, true);
            }
            model
                .getClientScopesStream()
                .filter(one -> one.getName().equals("roles"))
                .forEach(one -> one.addScopeMapping(model.getRole(WRITER)));
          });
      realm.prepare(api(NEW, open("x")));
      Set<String> usual =
          realm
              .sample()
              .ask(
                  (session, model) ->
                      model.getClientByClientId(NEW).getClientScopes(true).keySet());
      assertThat(usual).containsExactly("basic");
      assertThat(realm.check(NEW).ready()).isTrue();
    }
  }

  @Nested
  class AClientThatThereIs {

    @BeforeEach
    void nobodySignsInWith() {
      realm.change((client, model) -> client.setStandardFlowEnabled(false));
    }

    @ParameterizedTest
    @EnumSource(names = {"OPTED_IN", "NO_FULL_SCOPE", "NO_REFRESH_TOKENS"})
    void isSetRightWhereNobodyReliesOnIt(ApiClientRule rule) {
      ApiClientBreach.of(rule, realm.sample());
      assertThat(realm.changes(api(API))).hasSize(1).first().asString().startsWith("CLIENT UPDATE");
      assertThat(realm.steps(api(API))).isEmpty();
      realm.prepare(api(API));
      assertThat(realm.check(API).ready()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"NO_FULL_SCOPE", "NO_REFRESH_TOKENS"})
    void isLeftAloneWherePeopleSignInWithIt(ApiClientRule rule) {
      ApiClientBreach.of(rule, realm.sample());
      realm.change((client, model) -> client.setStandardFlowEnabled(true));
      assertThat(realm.changes(api(API))).isEmpty();
      assertThat(realm.steps(api(API))).extracting(Step::problem).containsExactly(rule.wireName());
      realm.prepare(api(API));
      assertThat(realm.check(API).broken())
          .extracting(ApiCheck.Rule::rule)
          .containsExactly(rule.wireName());
    }

    @Test
    void keepsTheFullScopeOfItsServiceAccount() {
      realm.change(
          (client, model) -> {
            client.setFullScopeAllowed(true);
            client.setServiceAccountsEnabled(true);
          });
      assertThat(realm.changes(api(API))).isEmpty();
      assertThat(realm.steps(api(API))).extracting(Step::problem).containsExactly("no_full_scope");
    }

    @ParameterizedTest
    @EnumSource(
        names = {"NO_CLIENT_ROLES", "NO_DEDICATED_SCOPE_MAPPINGS", "NO_ROLES_IN_DEFAULT_SCOPES"})
    void keepsTheRolesThatSomebodyHasGivenIt(ApiClientRule rule) {
      ApiClientBreach.of(rule, realm.sample());
      assertThat(realm.changes(api(API))).isEmpty();
      assertThat(realm.steps(api(API)))
          .singleElement()
          .satisfies(
              step -> {
                assertThat(step.problem()).isEqualTo(rule.wireName());
                assertThat(step.name()).isEqualTo(API);
                assertThat(step.fix()).isNotBlank();
              });
    }

    @Test
    void staysDisabled() {
      realm.change((client, model) -> client.setEnabled(false));
      assertThat(realm.changes(api(API))).isEmpty();
      assertThat(realm.steps(api(API))).extracting(Step::problem).containsExactly("enabled");
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENID_CONNECT", "NOT_SELF_REGISTERED"})
    void cannotBeEverything(ApiClientRule rule) {
      ApiClientBreach.of(rule, realm.sample());
      assertThat(realm.obstacles(api(API))).containsOnlyKeys("client_id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"account", "realm-management", "broker", "admin-cli"})
    void isNoneOfKeycloaksOwn(String clientId) {
      realm.change((client, model) -> model.addClient(clientId));
      assertThat(realm.obstacles(api(clientId))).containsOnlyKeys("client_id");
    }

    @Test
    void losesNothingThatIsNotNamed() {
      assertThat(realm.changes(api(API))).isEmpty();
      realm.prepare(api(API, open("other")));
      assertThat(realm.check(API).scopes())
          .extracting(ApiCheck.Scope::name)
          .containsExactly(READ, WRITE, "other");
    }
  }

  @Nested
  class AScope {

    @Test
    void isMadeGrantableAndVisibleInTokens() {
      realm.change(
          (client, model) -> {
            ClientScopeModel plain = model.addClientScope("plain");
            plain.setProtocol("openid-connect");
            plain.setIncludeInTokenScope(false);
          });
      assertThat(realm.changes(api(API, scope("plain", WRITER))))
          .containsExactly(
              "CLIENT_SCOPE UPDATE plain: set access-keys.grantable to true, switch include in"
                  + " token scope on",
              "REALM_SCOPE_MAPPING CREATE plain: map the realm role writer",
              "CLIENT_SCOPE_CLIENT_MAPPING CREATE plain: assign it to the client as optional");
    }

    @Test
    void thatIsADefaultOneBecomesOptional() {
      realm.change(
          (client, model) -> {
            ClientScopeModel usual = model.addClientScope("usual");
            usual.setProtocol("openid-connect");
            usual.addScopeMapping(model.getRole(WRITER));
            client.addClientScope(usual, true);
          });
      ApiDeclaration declared = api(API, scope("usual", WRITER));
      assertThat(realm.steps(declared)).isEmpty();
      realm.prepare(declared);
      assertThat(realm.check(API).ready()).isTrue();
      assertThat(realm.changes(declared)).isEmpty();
    }

    @Test
    void thatHasAnotherRoleTooKeepsItAndThatIsSaid() {
      ApiDeclaration declared = api(API, scope(WRITE, "editor"));
      assertThat(realm.steps(declared))
          .singleElement()
          .satisfies(
              step -> {
                assertThat(step.problem()).isEqualTo("extra_roles");
                assertThat(step.detail()).contains("`writer`");
              });
      realm.prepare(declared);
      assertThat(roles(WRITE)).containsExactly("editor", WRITER);
    }

    @Test
    void thatHasARoleIsNotOpened() {
      ApiDeclaration declared = api(API, open(WRITE));
      assertThat(realm.changes(declared)).isEmpty();
      assertThat(realm.steps(declared))
          .extracting(Step::problem)
          .containsExactly("open_with_roles");
    }

    @Test
    void thatIsOpenGetsARoleAndIsOpenNoLonger() {
      realm.prepare(api(API, scope(READ, "reader")));
      assertThat(realm.check(API).scopes())
          .contains(new ApiCheck.Scope(READ, List.of("reader"), false, null, null, null));
    }

    @Test
    void thatTheClientListsIsLeftAsItIs() {
      realm.change(
          (client, model) -> {
            ClientScopeModel listed = model.addClientScope("listed");
            listed.setProtocol("openid-connect");
            client.addClientScope(listed, false);
            client.setAttribute("access-keys.scopes", "listed");
            client.setAttribute("access-keys.open-scopes", "listed");
          });
      assertThat(realm.changes(api(API, open("listed")))).isEmpty();
      ApiDeclaration closed = api(API, scope("listed", WRITER));
      realm.prepare(closed);
      assertThat(realm.check(API).scopes())
          .contains(new ApiCheck.Scope("listed", List.of(WRITER), false, null, null, null));
      assertThat(realm.changes(closed)).isEmpty();
    }

    @Test
    void thatNobodyCouldHaveIsRefused() {
      realm.change((client, model) -> model.addClientScope("bare"));
      assertThat(realm.obstacles(api(API, scope("bare"), scope("none"))))
          .containsOnlyKeys("scopes[0]", "scopes[1]");
    }

    @Test
    void thatSomebodyCanHaveAlreadyMayBeNamedAlone() {
      assertThat(realm.changes(api(API, scope(WRITE), scope(READ)))).isEmpty();
      realm.change(
          (client, model) -> {
            scopeOf(client, READ).removeAttribute("access-keys.open");
            client.setAttribute("access-keys.open-scopes", READ);
          });
      assertThat(realm.changes(api(API, scope(READ)))).isEmpty();
    }

    @Test
    void getsItsDescription() {
      ApiDeclaration declared =
          api(API, new ApiDeclaration.Scope(WRITE, Optional.of("Place orders"), List.of(), false));
      assertThat(realm.changes(declared))
          .containsExactly("CLIENT_SCOPE UPDATE orders:write: change the description");
      realm.prepare(declared);
      assertThat(realm.changes(declared)).isEmpty();
    }

    @Test
    void ofAnotherProtocolIsRefused() {
      realm.change((client, model) -> model.addClientScope("saml").setProtocol("saml"));
      assertThat(realm.obstacles(takingOver(api(API, open("saml"))))).containsOnlyKeys("scopes[0]");
    }
  }

  @Nested
  class AScopeOfOthers {

    @Test
    void isGivenToTheClientAsItIs() {
      assertThat(realm.changes(api(NEW, scope(WRITE, WRITER), open(READ))))
          .filteredOn(line -> !line.startsWith("CLIENT CREATE"))
          .allMatch(line -> line.startsWith("CLIENT_SCOPE_CLIENT_MAPPING CREATE"))
          .hasSize(2);
    }

    @Test
    void isNotChangedUnlessThatIsAskedFor() {
      ApiDeclaration declared = api(NEW, scope(WRITE, "editor"));
      assertThat(realm.obstacles(declared)).containsOnlyKeys("scopes[0]");
      assertThat(realm.obstacles(declared).get("scopes[0]")).contains("takeOver");
      assertThat(realm.changes(takingOver(declared)))
          .contains("REALM_SCOPE_MAPPING CREATE orders:write: map the realm role editor");
    }

    @Test
    void countsAsOneIfTheRealmGivesItToNewClients() {
      realm.change(
          (client, model) -> {
            ClientScopeModel usual = model.addClientScope("usual");
            usual.setProtocol("openid-connect");
            model.addDefaultClientScope(usual, false);
          });
      assertThat(realm.obstacles(api(API, open("usual")))).containsOnlyKeys("scopes[0]");
    }

    @Test
    void countsAsOneIfKeycloakHasMadeIt() {
      realm.change((client, model) -> model.addClientScope("email").setProtocol("openid-connect"));
      assertThat(realm.obstacles(api(API, open("email")))).containsOnlyKeys("scopes[0]");
      assertThat(realm.obstacles(takingOver(api(API, open("email"))))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid", "basic", "roles"})
    void isRefusedEvenThenIfEveryTokenNeedsItOrNoKeyMayHaveIt(String name) {
      assertThat(realm.obstacles(takingOver(api(API, open(name))))).containsOnlyKeys("scopes[0]");
      realm.change((client, model) -> model.addClientScope(name).setProtocol("openid-connect"));
      assertThat(realm.obstacles(takingOver(api(API, open(name))))).containsOnlyKeys("scopes[0]");
    }
  }

  @Nested
  class ARole {

    @Test
    void thatIsThereIsMappedAndNotChanged() {
      realm.change((client, model) -> model.addRole("reader").setDescription("theirs"));
      assertThat(realm.changes(api(API, scope("x", "reader"))))
          .noneMatch(line -> line.startsWith("REALM_ROLE"));
    }

    @Test
    void isMadeOnceForTwoScopes() {
      assertThat(realm.changes(api(API, scope("x", "reader"), scope("y", "reader"))))
          .filteredOn(line -> line.startsWith("REALM_ROLE"))
          .hasSize(1);
    }

    @Test
    void thatIsKeycloaksOwnOrComposedOfOneIsRefused() {
      realm.change(
          (client, model) -> {
            RoleModel support = model.addRole("support");
            support.addCompositeRole(model.addClient("realm-management").addRole("manage-users"));
          });
      assertThat(realm.obstacles(api(API, scope("x", WRITER, "support"))))
          .containsOnlyKeys("scopes[0].roles[1]");
    }
  }

  @Nested
  class AGateway {

    @Test
    void thatThereIsNotIsRefused() {
      assertThat(realm.obstacles(behind(api(API), ROBOT, "nobody")))
          .containsOnlyKeys("gateways[1]");
    }

    @Test
    void thatIsDisabledIsNamedAndSaid() {
      realm.change((client, model) -> model.addClient("off").setEnabled(false));
      ApiDeclaration declared = behind(api(API), "off");
      assertThat(realm.steps(declared)).extracting(Step::problem).containsExactly("disabled");
      realm.prepare(declared);
      assertThat(realm.changes(declared)).isEmpty();
    }

    @Test
    void getsAMapperWhoseNameIsFree() {
      realm.prepare(behind(api(API), ROBOT));
      realm.change(
          (client, model) -> {
            model.addClient("robot-2");
            client
                .getProtocolMappersStream()
                .toList()
                .forEach(
                    mapper -> {
                      mapper.getConfig().put("included.client.audience", "robot-2");
                      client.updateProtocolMapper(mapper);
                    });
          });
      realm.prepare(behind(api(API), ROBOT));
      Set<String> named =
          realm.check(API).gateways().stream()
              .map(ApiCheck.Gateway::client)
              .collect(Collectors.toSet());
      assertThat(named).containsExactlyInAnyOrder(ROBOT, "robot-2");
    }
  }

  private static ClientScopeModel scopeOf(ClientModel client, String name) {
    return client.getClientScopes(false).get(name);
  }

  private List<String> roles(String scope) {
    return realm.check(API).scopes().stream()
        .filter(one -> one.name().equals(scope))
        .findFirst()
        .orElseThrow()
        .roles();
  }
}
