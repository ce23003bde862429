package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code …/access-keys/apis}: API clients prepared and checked, from a realm that has nothing. */
@Contract
class ApisIT {

  private static final String APIS = "/access-keys/apis";

  private static TestRealm realm;

  @BeforeAll
  static void createAnEmptyRealm() {
    realm =
        TestRealm.imported(
            "apis",
            """
            {"realm":"apis","enabled":true,"adminEventsEnabled":true,"adminEventsDetailsEnabled":true,
            "passwordPolicy":"hashAlgorithm(pbkdf2-sha512) and hashIterations(1)",
            "users":[{"username":"alice","enabled":true}],
            "clients":[{"clientId":"gateway","secret":"gateway-secret","standardFlowEnabled":false}]}""");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static Reply put(String client, String body) {
    return realm.admin("PUT", APIS + "/" + client, body);
  }

  private static JsonNode check(String client) {
    return realm.admin("GET", APIS + "/" + client, null).expect(200).json();
  }

  private static List<String> broken(String client) {
    List<String> broken = new ArrayList<>();
    for (JsonNode rule : check(client).path("rules")) {
      if (!rule.path("ok").asBoolean()) {
        assertThat(rule.path("fix").asText()).isNotBlank();
        broken.add(rule.path("rule").asText());
      }
    }
    return broken;
  }

  private static List<String> changed(Reply reply) {
    List<String> lines = new ArrayList<>();
    for (JsonNode change : reply.json().path("changed")) {
      lines.add(
          "%s %s %s"
              .formatted(
                  change.path("resource").asText(),
                  change.path("operation").asText(),
                  change.path("name").asText()));
    }
    return lines;
  }

  private static Reply keyOf(String user, String client, String... scopes) {
    return realm.admin(
        "POST",
        "/access-keys",
        "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"%s\",\"scopes\":[%s],\"owner\":{\"user\":\"%s\"}}"
            .formatted(
                client,
                scopes.length == 0 ? "" : "\"" + String.join("\",\"", scopes) + "\"",
                TestRealm.id(realm.user(user))));
  }

  private static Set<String> events(String pathPart) {
    Set<String> events = new TreeSet<>();
    for (JsonNode event : realm.admin("GET", "/admin-events?max=500", null).expect(200).json()) {
      if (event.path("resourcePath").asText().contains(pathPart)
          || event.path("representation").asText().contains(pathPart)) {
        events.add(
            event.path("resourceType").asText() + " " + event.path("operationType").asText());
      }
    }
    return events;
  }

  @Test
  void onePutOneRoleOneKeyAndOneVerificationDoFromNothing() {
    String body =
        """
        {"scopes":[{"name":"shop:read","description":"See the shop","roles":["shop-reader"]},
        {"name":"status:read","open":true}],"gateways":["gateway"]}""";
    put("shop-api?dryRun=true", body).expect(400);
    Reply dry = put("shop-api", body.replaceFirst("\\{", "{\"dryRun\":true,")).expect(200);
    realm.admin("GET", APIS + "/shop-api", null).expect(404);
    realm.admin("GET", "/roles/shop-reader", null).expect(404);

    Reply made = put("shop-api", body).expect(201);
    assertThat(made.header("Location").orElseThrow()).endsWith(APIS + "/shop-api");
    assertThat(changed(made)).hasSize(8).isEqualTo(changed(dry));
    assertThat(made.json().path("steps")).isEmpty();
    assertThat(made.json().at("/api/ready").asBoolean()).isTrue();
    assertThat(made.json().path("api")).isEqualTo(check("shop-api"));

    realm.roles("POST", realm.user("alice"), "shop-reader");
    Reply key = keyOf("alice", "shop-api", "shop:read", "status:read").expect(201);
    assertThat(key.header("Location").orElseThrow()).endsWith("/access-keys/" + key.text("id"));
    Reply verified = realm.verify(key.text("secret"), "?client=shop-api").expect(200);
    assertThat(verified.header("X-Auth-Scope").orElseThrow().split(" "))
        .containsExactlyInAnyOrder("shop:read", "status:read");
    JsonNode introspected =
        realm
            .oidc(
                "token/introspect",
                TestRealm.basic("gateway", "gateway-secret"),
                Map.of("token", key.text("secret")))
            .expect(200)
            .json();
    assertThat(introspected.path("active").asBoolean()).isTrue();
    assertThat(introspected.at("/realm_access/roles").toString()).contains("shop-reader");

    Reply again = put("shop-api", body).expect(200);
    assertThat(again.json().path("changed")).isEmpty();
    assertThat(realm.admin("GET", APIS, null).expect(200).json().findValuesAsText("client"))
        .contains("shop-api");
    assertThat(events("shop"))
        .contains(
            "CLIENT CREATE",
            "CLIENT_SCOPE CREATE",
            "REALM_ROLE CREATE",
            "REALM_SCOPE_MAPPING CREATE",
            "CLIENT_SCOPE_CLIENT_MAPPING CREATE");
    assertThat(events("protocol-mappers")).contains("PROTOCOL_MAPPER CREATE");
  }

  @Test
  void allThatIsBrokenIsNamedAtOnceAndPutMendsWhatSurprisesNobody() {
    put("broken-api", "{\"scopes\":[{\"name\":\"broken:read\",\"roles\":[\"broken-reader\"]}]}")
        .expect(201);
    realm.roles("POST", realm.user("alice"), "broken-reader");
    String key = keyOf("alice", "broken-api", "broken:read").expect(201).text("secret");
    realm.attribute("broken-api", "use.refresh.tokens", "true");
    realm.change(realm.client("broken-api"), Map.of("fullScopeAllowed", true));
    realm.change(
        realm.clientScope("broken:read"),
        Map.of(
            "attributes",
            Map.of("access-keys.grantable", "true", "include.in.token.scope", "false")));
    realm.admin("POST", realm.client("broken-api") + "/roles", "{\"name\":\"boss\"}").expect(201);
    assertThat(broken("broken-api"))
        .containsExactly(
            "no_full_scope", "no_client_roles", "no_refresh_tokens", "grantable_scopes_in_token");
    assertThat(realm.verify(key, "?client=broken-api").status()).isEqualTo(401);

    Reply mended = put("broken-api", "{\"scopes\":[{\"name\":\"broken:read\"}]}").expect(200);
    assertThat(changed(mended))
        .containsExactly("CLIENT UPDATE broken-api", "CLIENT_SCOPE UPDATE broken:read");
    assertThat(mended.json().path("steps").findValuesAsText("problem"))
        .containsExactly("no_client_roles");
    assertThat(broken("broken-api")).containsExactly("no_client_roles");
    realm.admin("DELETE", realm.client("broken-api") + "/roles/boss", null).expect(204);
    assertThat(realm.verify(key, "?client=broken-api").status()).isEqualTo(200);

    realm.admin("DELETE", APIS + "/broken-api", null).expect(204);
    realm.admin("DELETE", APIS + "/broken-api", null).expect(204);
    assertThat(broken("broken-api")).containsExactly("opted_in");
    assertThat(realm.verify(key, "?client=broken-api").status()).isEqualTo(401);
    assertThat(changed(put("broken-api", "{}").expect(200)))
        .containsExactly("CLIENT UPDATE broken-api");
    assertThat(realm.verify(key, "?client=broken-api").status()).isEqualTo(200);
    assertThat(events(TestRealm.id(realm.client("broken-api")))).contains("CLIENT UPDATE");
  }

  @Test
  void whatOthersHaveIsNotChangedUnlessThatIsAskedFor() {
    String email = "{\"scopes\":[{\"name\":\"email\",\"roles\":[\"mailer\"]}]}";
    Reply refused = put("mail-api", email).expect(409);
    assertThat(refused.text("field")).isEqualTo("scopes[0]");
    assertThat(refused.text("detail")).contains("`email`", "takeOver");
    assertThat(refused.text("errorMessage")).isEqualTo(refused.text("detail"));
    realm.admin("GET", APIS + "/mail-api", null).expect(404);
    realm.admin("GET", "/roles/mailer", null).expect(404);

    put("one-api", "{\"scopes\":[{\"name\":\"shared\",\"roles\":[\"one\"]}]}").expect(201);
    String other = "{\"scopes\":[{\"name\":\"shared\",\"roles\":[\"other\"]}]%s}";
    put("other-api", other.formatted("")).expect(409);
    put("other-api", other.formatted(",\"takeOver\":true")).expect(201);
    assertThat(check("one-api").at("/scopes/0/roles").toString()).isEqualTo("[\"one\",\"other\"]");
    put("third-api", "{\"scopes\":[{\"name\":\"shared\"}]}").expect(201);

    for (String own : List.of("account", "admin-cli")) {
      assertThat(put(own, "{}").expect(409).text("field")).isEqualTo("client_id");
    }
  }

  @Test
  void aClientThatPeopleSignInWithIsLeftToTheAdministrator() {
    realm
        .admin(
            "POST",
            "/clients",
            "{\"clientId\":\"https://shop.example/app\",\"publicClient\":true,\"redirectUris\":[\"https://shop.example/*\"]}")
        .expect(201);
    Reply prepared = put("https%3A%2F%2Fshop.example%2Fapp", "{}").expect(200);
    assertThat(changed(prepared)).containsExactly("CLIENT UPDATE https://shop.example/app");
    assertThat(prepared.json().path("steps").findValuesAsText("problem"))
        .containsExactly("no_full_scope", "no_refresh_tokens");
    assertThat(prepared.json().at("/api/ready").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a%20b        | {}                                                         | client_id",
        "a%2Fb        | {}                                                         | client_id",
        "%C3%BCber    | {}                                                         | client_id",
        "hostile      | {\"scope\":[]}                                             | scope",
        "hostile      | {\"scopes\":{}}                                            | scopes",
        "hostile      | {\"scopes\":[{\"name\":\"x\",\"opens\":true}]}             | scopes[0].opens",
        "hostile      | {\"scopes\":[{\"name\":\"x\",\"open\":\"true\"}]}          | scopes[0].open",
        "hostile      | {\"scopes\":[{\"name\":7,\"open\":true}]}                  | scopes[0].name",
        "hostile      | {\"scopes\":[{\"open\":true}]}                             | scopes[0].name",
        "hostile      | {\"scopes\":[null]}                                        | scopes[0]",
        "hostile      | {\"scopes\":[{\"name\":\"a b\",\"open\":true}]}            | scopes[0].name",
        "hostile      | {\"scopes\":[{\"name\":\"ü\",\"open\":true}]}              | scopes[0].name",
        "hostile      | {\"scopes\":[{\"name\":\"x\",\"roles\":[\"a\\nb\"]}]}      | scopes[0].roles[0]",
        "hostile      | {\"scopes\":[{\"name\":\"x\",\"roles\":[\"\"]}]}           | scopes[0].roles[0]",
        "hostile      | {\"scopes\":[{\"name\":\"x\",\"roles\":[\"r\"],\"open\":true}]} | scopes[0].open",
        "hostile      | {\"gateways\":[\"gateway\",\"gateway\"]}                   | gateways[1]",
        "hostile      | {\"gateways\":[\"hostile\"]}                               | gateways[0]",
      })
  void whatCannotBeIsRefusedAndChangesNothing(String client, String body, String field) {
    Reply refused = put(client, body).expect(400);
    assertThat(refused.text("field")).isEqualTo(field);
    assertThat(refused.text("errorMessage")).contains(refused.text("detail"));
    realm.admin("GET", APIS + "/" + client, null).expect(404);
  }

  @Test
  void namesThatAreTooLongAreRefused() {
    String longName = "x".repeat(256);
    put(longName, "{}").expect(400);
    for (String scope :
        List.of(
            "{\"name\":\"%s\",\"open\":true}",
            "{\"name\":\"x\",\"roles\":[\"%s\"]}",
            "{\"name\":\"x\",\"open\":true,\"description\":\"%s\"}")) {
      put("hostile", "{\"scopes\":[%s]}".formatted(scope.formatted(longName))).expect(400);
    }
    assertThat(put("hostile", "{\"gateways\":[\"nobody\"]}").expect(409).text("field"))
        .isEqualTo("gateways[0]");
    assertThat(put("hostile", "{\"scopes\":[{\"name\":\"x\"}]}").expect(409).text("field"))
        .isEqualTo("scopes[0]");
    realm.admin("GET", APIS + "/hostile", null).expect(404);
  }

  @Test
  void eachPartTakesTheRightThatKeycloakTakesForIt() {
    put("rights-api", "{\"scopes\":[{\"name\":\"rights:read\",\"roles\":[\"rights\"]}]}")
        .expect(201);
    String more =
        "{\"scopes\":[{\"name\":\"rights:write\",\"roles\":[\"rights-writer\"]},{\"name\":\"rights:read\",\"roles\":[\"rights\"]}]}";
    Map<String, String> viewer = realm.asAdminWith("view-clients");
    realm.adminAs(viewer, "GET", APIS + "/rights-api", null).expect(200);
    assertThat(realm.adminAs(viewer, "GET", APIS, null).expect(200).body()).contains("rights-api");
    realm.adminAs(viewer, "PUT", APIS + "/rights-api", "{}").expect(403);
    realm.adminAs(viewer, "DELETE", APIS + "/rights-api", null).expect(403);
    realm.adminAs(realm.asAdminWith("view-users"), "GET", APIS + "/rights-api", null).expect(403);
    realm.adminAs(Map.of(), "GET", APIS, null).expect(401);

    Map<String, String> manager = realm.asAdminWith("manage-clients");
    Reply refused = realm.adminAs(manager, "PUT", APIS + "/rights-api", more).expect(403);
    assertThat(refused.text("errorMessage")).contains("manage-realm", "rights-writer");
    assertThat(check("rights-api").path("scopes").findValuesAsText("name"))
        .containsExactly("rights:read");
    realm.admin("POST", "/roles", "{\"name\":\"rights-writer\"}").expect(201);
    refused = realm.adminAs(manager, "PUT", APIS + "/rights-api", more).expect(403);
    assertThat(refused.text("detail")).contains("map the realm role rights-writer");
    String open = "{\"scopes\":[{\"name\":\"rights:ping\",\"open\":true}]}";
    assertThat(changed(realm.adminAs(manager, "PUT", APIS + "/rights-api", open).expect(200)))
        .hasSize(2);
    Map<String, String> both = realm.asAdminWith("manage-clients", "manage-realm");
    assertThat(changed(realm.adminAs(both, "PUT", APIS + "/rights-api", more).expect(200)))
        .hasSize(3);
    realm.adminAs(manager, "PUT", APIS + "/rights-new-api", "{}").expect(201);
    realm.adminAs(manager, "DELETE", APIS + "/rights-new-api", null).expect(204);
  }

  @Test
  void fineGrainedPermissionsCount() {
    put("fine-api", "{\"scopes\":[{\"name\":\"fine:read\",\"open\":true}]}").expect(201);
    put("other-fine-api", "{}").expect(201);
    Map<String, String> helper = realm.asAdminWith("query-clients");
    realm.change("", Map.of("adminPermissionsEnabled", true));
    try {
      realm.adminAs(helper, "GET", APIS + "/fine-api", null).expect(403);
      realm.adminAs(helper, "PUT", APIS + "/fine-api", "{}").expect(403);
      allow("admin-query-clients", TestRealm.id(realm.client("fine-api")));
      realm.adminAs(helper, "GET", APIS + "/fine-api", null).expect(200);
      realm.adminAs(helper, "GET", APIS + "/other-fine-api", null).expect(403);
      assertThat(realm.adminAs(helper, "GET", APIS, null).json().findValuesAsText("client"))
          .containsExactly("fine-api");
      realm.adminAs(helper, "DELETE", APIS + "/fine-api", null).expect(204);
      realm.adminAs(helper, "PUT", APIS + "/fine-api", "{}").expect(200);
      realm.adminAs(helper, "PUT", APIS + "/other-fine-api", "{}").expect(403);
      Reply scopes =
          realm
              .adminAs(
                  helper,
                  "PUT",
                  APIS + "/fine-api",
                  "{\"scopes\":[{\"name\":\"fine:write\",\"open\":true}]}")
              .expect(403);
      assertThat(scopes.text("detail")).contains("manage client scopes");
      realm.adminAs(helper, "PUT", APIS + "/fine-new-api", "{}").expect(403);
      assertThat(check("fine-api").path("scopes").findValuesAsText("name"))
          .containsExactly("fine:read");
    } finally {
      realm.change("", Map.of("adminPermissionsEnabled", false));
    }
  }

  /** A permission of the kind the Admin Console makes: this administrator, that client. */
  private static void allow(String admin, String clientId) {
    String server = realm.client("admin-permissions") + "/authz/resource-server";
    realm
        .admin(
            "POST",
            server + "/policy/user",
            "{\"name\":\"the helper\",\"users\":[\"%s\"]}"
                .formatted(TestRealm.id(realm.user(admin))))
        .expect(201);
    realm
        .admin(
            "POST",
            server + "/permission/scope",
            "{\"name\":\"helper manages\",\"resourceType\":\"Clients\",\"resources\":[\"%s\"],\"scopes\":[\"view\",\"manage\"],\"policies\":[\"the helper\"]}"
                .formatted(clientId))
        .expect(201);
  }

  @Test
  void clientPoliciesOfTheRealmCount() {
    String profiles = "/client-policies/profiles";
    String policies = "/client-policies/policies";
    realm
        .admin(
            "PUT",
            profiles,
            "{\"profiles\":[{\"name\":\"none\",\"executors\":[{\"executor\":\"reject-request\",\"configuration\":{}}]}]}")
        .expect(204);
    realm
        .admin(
            "PUT",
            policies,
            "{\"policies\":[{\"name\":\"none\",\"enabled\":true,\"profiles\":[\"none\"],\"conditions\":[{\"condition\":\"any-client\",\"configuration\":{}}]}]}")
        .expect(204);
    try {
      Reply refused =
          put("policed-api", "{\"scopes\":[{\"name\":\"policed\",\"open\":true}]}").expect(400);
      assertThat(refused.text("detail")).contains("client policy");
      realm.admin("GET", APIS + "/policed-api", null).expect(404);
    } finally {
      realm.admin("PUT", policies, "{\"policies\":[]}").expect(204);
      realm.admin("PUT", profiles, "{\"profiles\":[]}").expect(204);
    }
  }

  @Test
  void manyAtOnceMakeOneAndTheSame() throws Exception {
    String body =
        "{\"scopes\":[{\"name\":\"race:read\",\"roles\":[\"racer\"]}],\"gateways\":[\"gateway\"]}";
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<Integer>> sent = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        sent.add(threads.submit(() -> put("race-api", body).status()));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Integer> one : sent) {
        statuses.add(one.get());
      }
      assertThat(statuses).isSubsetOf(200, 201, 409);
      assertThat(statuses).filteredOn(status -> status == 201).hasSize(1);
    } finally {
      threads.shutdown();
    }
    assertThat(put("race-api", body).expect(200).json().path("changed")).isEmpty();
    assertThat(check("race-api").path("ready").asBoolean()).isTrue();
    assertThat(
            realm
                .admin("GET", realm.client("race-api") + "/protocol-mappers/models", null)
                .expect(200)
                .json())
        .hasSize(1);
  }

  @Test
  void attributesOfTheClientAreEnoughForToolsThatCannotSetThoseOfScopes() {
    realm.admin("POST", "/roles", "{\"name\":\"tool-reader\"}").expect(201);
    for (String scope : List.of("tool:read", "tool:ping")) {
      realm
          .admin(
              "POST",
              "/client-scopes",
              "{\"name\":\"%s\",\"protocol\":\"openid-connect\"}".formatted(scope))
          .expect(201);
    }
    String mapping = realm.clientScope("tool:read") + "/scope-mappings/realm";
    String role = "[" + realm.admin("GET", "/roles/tool-reader", null).json() + "]";
    realm.admin("POST", mapping, role).expect(204);
    realm
        .admin(
            "POST",
            "/clients",
            """
            {"clientId":"tool-api","publicClient":true,"standardFlowEnabled":false,"fullScopeAllowed":false,
            "defaultClientScopes":["basic","roles"],"optionalClientScopes":["tool:read","tool:ping"],
            "attributes":{"access-keys.enabled":"true","use.refresh.tokens":"false",
            "access-keys.scopes":"tool:read##tool:ping","access-keys.open-scopes":"tool:ping tool:read"}}""")
        .expect(201);
    assertThat(check("tool-api").path("ready").asBoolean()).isTrue();
    assertThat(keyOf("alice", "tool-api", "tool:read").expect(400).text("detail"))
        .contains("needs the role `tool-reader`");
    realm.roles("POST", realm.user("alice"), "tool-reader");
    String key = keyOf("alice", "tool-api", "tool:read", "tool:ping").expect(201).text("secret");
    assertThat(scopes(key)).containsExactlyInAnyOrder("tool:read", "tool:ping");

    realm.admin("DELETE", mapping, role).expect(204);
    assertThat(scopes(key)).containsExactly("tool:ping");
    assertThat(
            realm
                .admin("GET", realm.client("tool-api"), null)
                .json()
                .at("/attributes/access-keys.open-scopes")
                .asText())
        .isEqualTo("tool:ping");
    assertThat(check("tool-api").path("scopes").toString()).contains("no_role");
    realm.attribute("tool-api", "access-keys.scopes", "tool:read");
    assertThat(scopes(key)).isEmpty();
    assertThat(keyOf("alice", "tool-api", "tool:ping").expect(400).text("detail"))
        .isEqualTo(
            "`tool:ping` is not grantable. Set its attribute access-keys.grantable to true, or name"
                + " it in the attribute access-keys.scopes of client tool-api");
  }

  private static List<String> scopes(String key) {
    Reply verified = realm.verify(key, "?client=tool-api").expect(200);
    return verified
        .header("X-Auth-Scope")
        .filter(text -> !text.isEmpty())
        .map(text -> List.of(text.split(" ")))
        .orElse(List.of());
  }

  @Test
  void everyRefusalOfAKeyNamesItsCauseAndTheNextStep() {
    put("why-api", "{\"scopes\":[{\"name\":\"why:read\",\"roles\":[\"why\"]}]}").expect(201);
    realm
        .admin(
            "PUT",
            realm.client("why-api")
                + "/default-client-scopes/"
                + TestRealm.id(realm.clientScope("acr")),
            null)
        .expect(204);
    realm
        .admin(
            "PUT",
            realm.client("why-api")
                + "/optional-client-scopes/"
                + TestRealm.id(realm.clientScope("phone")),
            null)
        .expect(204);
    Map.of(
            "nothing", "does not exist in this realm",
            "address", "is not assigned to client why-api",
            "acr", "is assigned to client why-api as default",
            "phone", "is not grantable",
            "why:read", "needs the role `why`")
        .forEach(
            (scope, cause) -> {
              Reply refused = keyOf("alice", "why-api", scope).expect(400);
              assertThat(refused.text("detail")).startsWith("`" + scope + "` " + cause);
              assertThat(refused.text("errorMessage"))
                  .isEqualTo("scopes[0]: " + refused.text("detail").replace("…", "..."));
            });
    assertThat(keyOf("alice", "nobody-api").expect(400).text("detail")).contains("PUT …");
    assertThat(
            Http.json("POST", realm.uri("/access-keys"), Map.of(), "{}").json().has("errorMessage"))
        .as("errors of self-service")
        .isFalse();
  }
}
