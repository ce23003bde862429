package io.accesskeys.it.removal;

import static io.accesskeys.it.removal.Stage.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The rows of the page that are played in one realm, by their first cell. */
final class Scenarios {

  private static final Map<String, Scenario> ALL = new LinkedHashMap<>();

  static {
    people();
    clients();
    scopes();
    rolesAndGroups();
    elsewhere();
  }

  private Scenarios() {}

  static Map<String, Scenario> all() {
    return ALL;
  }

  private static void people() {
    ALL.put(
        "a person",
        Scenario.with(Stage::pat)
            .removed(
                stage -> stage.delete(stage.user()),
                stage -> stage.post("/users", stage.personJson(Optional.empty())),
                stage -> importPerson(stage, "FAIL")));
    ALL.put("a person is disabled", switched(Stage::pat, Stage::user));
    ALL.put(
        "the registrant of an application is disabled", switched(Scenarios::register, Stage::user));
    ALL.put(
        "a person gets another user name",
        Scenario.with(Stage::pat)
            .then(
                stage -> {
                  String path = stage.user();
                  stage.change("", Map.of("editUsernameAllowed", true));
                  stage.change(path, Map.of("username", stage.name + "-renamed"));
                }));
    ALL.put(
        "a person gets another e-mail address",
        Scenario.with(Stage::pat)
            .then(
                stage -> stage.change(stage.user(), Map.of("email", stage.name + "@new.example"))));
  }

  private static void register(Stage stage) {
    attribute(stage, "-service", "access-keys.owners", stage.person);
    stage.apiKey();
  }

  static void importPerson(Stage stage, String policy) {
    var file = json("{}");
    file.putArray("users").add(stage.personJson(Optional.of(stage.person)));
    stage.partialImport(policy, file).expect(200);
  }

  private static Scenario switched(Consumer<Stage> key, Function<Stage, String> path) {
    return Scenario.with(key)
        .then(stage -> stage.change(path.apply(stage), Map.of("enabled", false)))
        .then(stage -> stage.change(path.apply(stage), Map.of("enabled", true)));
  }

  private static void clients() {
    ALL.put(
        "an API client",
        Scenario.with(Stage::pat)
            .removed(
                stage -> stage.delete(stage.client("-api")),
                stage -> stage.post("/clients", stage.apiJson(Optional.empty())),
                stage -> stage.post("/clients", stage.apiJson(Optional.of(stage.api)))));
    ALL.put("an API client is disabled", switched(Stage::pat, stage -> stage.client("-api")));
    ALL.put(
        "an API client gets another `client_id`",
        Scenario.with(Stage::pat)
            .then(
                stage -> {
                  stage.change(stage.client("-api"), Map.of("clientId", stage.name + "-api2"));
                  stage.looksFor(stage.name + ":write", stage.name + "-api2");
                }));
    ALL.put(
        "an API client loses `access-keys.enabled`",
        Scenario.with(Stage::pat)
            .then(stage -> attribute(stage, "-api", "access-keys.enabled", ""))
            .then(stage -> attribute(stage, "-api", "access-keys.enabled", "true")));
    Scenario service =
        Scenario.with(Stage::apiKey)
            .removed(
                stage -> stage.delete(stage.client("-service")),
                stage -> stage.post("/clients", stage.serviceJson(Optional.empty())),
                stage -> stage.post("/clients", stage.serviceJson(Optional.of(stage.service))));
    ALL.put("the client whose service account owns API keys", service);
    ALL.put(
        "a client that owns API keys is disabled",
        switched(Stage::apiKey, stage -> stage.client("-service")));
    ALL.put(
        "*Service accounts roles* of a client is switched off",
        Scenario.with(Stage::apiKey)
            .then(stage -> serviceAccounts(stage, false))
            .then(
                stage -> {
                  serviceAccounts(stage, true);
                  stage.role("POST", "/users/" + accountId(stage) + "/role-mappings/realm");
                }));
    ALL.put(
        "a client that owns API keys loses `access-keys.contacts`",
        Scenario.with(Stage::apiKey)
            .then(stage -> attribute(stage, "-service", "access-keys.contacts", "")));
    ALL.put(
        "a client that has client secrets",
        Scenario.with(Stage::clientSecret)
            .seen(Stage::outcomeAtTheTokenEndpoint)
            .removed(
                stage -> stage.delete(stage.client("-service")),
                stage -> stage.post("/clients", stage.serviceJson(Optional.empty())),
                stage -> stage.post("/clients", stage.serviceJson(Optional.of(stage.service)))));
    ALL.put(
        "a client that has client secrets authenticates otherwise",
        Scenario.with(Stage::clientSecret)
            .seen(Stage::outcomeAtTheTokenEndpoint)
            .then(stage -> authenticates(stage, "client-jwt"))
            .then(stage -> authenticates(stage, "client-secret")));
    callers();
  }

  private static void callers() {
    ALL.put(
        "the client that a restriction names",
        gatewayRemoved(Scenario.with(Stage::keyForTheGateway)));
    ALL.put(
        "the client that a restriction names is disabled",
        switched(Stage::keyForTheGateway, stage -> stage.client("-gateway"))
            .seen(Stage::outcomeAtTheGateway));
    ALL.put(
        "another client takes the `client_id` that a restriction names",
        Scenario.with(Stage::keyForTheGateway)
            .seen(Stage::outcomeAtTheGateway)
            .then(
                stage -> {
                  stage.change(stage.client("-gateway"), Map.of("clientId", stage.name + "-old"));
                  stage.post("/clients", stage.gatewayJson(Optional.empty()));
                }));
    ALL.put("a gateway in the audience", gatewayRemoved(Scenario.with(Stage::apiKey)));
    ALL.put(
        "a gateway in the audience is disabled",
        switched(Stage::apiKey, stage -> stage.client("-gateway"))
            .seen(Stage::outcomeAtTheGateway));
  }

  private static Scenario gatewayRemoved(Scenario scenario) {
    return scenario
        .seen(Stage::outcomeAtTheGateway)
        .removed(
            stage -> stage.delete(stage.client("-gateway")),
            stage -> stage.post("/clients", stage.gatewayJson(Optional.empty())),
            stage -> stage.post("/clients", stage.gatewayJson(Optional.of(stage.gateway))));
  }

  private static void scopes() {
    ALL.put(
        "a grantable client scope",
        Scenario.with(Stage::pat)
            .removed(
                Scenarios::removeScope,
                stage -> makeScope(stage, Optional.empty()),
                stage -> makeScope(stage, Optional.of(stage.scope))));
    ALL.put(
        "a grantable client scope gets another name",
        Scenario.with(Stage::pat)
            .then(
                stage -> {
                  stage.change(stage.scopePath(), Map.of("name", stage.name + ":change"));
                  stage.looksFor(stage.name + ":change", stage.name + "-api");
                }));
    ALL.put(
        "another client scope takes its name",
        Scenario.with(Stage::pat)
            .then(
                stage -> {
                  stage.change(stage.scopePath(), Map.of("name", stage.name + ":change"));
                  makeScope(stage, Optional.empty());
                }));
    ALL.put(
        "a client scope is no longer assigned to the API client",
        Scenario.with(Stage::pat)
            .then(stage -> stage.unassignScope(stage.scope))
            .then(stage -> stage.assignScope(stage.scope)));
    ALL.put(
        "a client scope is assigned as default",
        Scenario.with(Stage::pat)
            .then(
                stage -> {
                  stage.unassignScope(stage.scope);
                  stage.put(defaults(stage), null);
                })
            .then(
                stage -> {
                  stage.delete(defaults(stage));
                  stage.assignScope(stage.scope);
                }));
    ALL.put(
        "a client scope loses `access-keys.grantable`",
        Scenario.with(Stage::pat)
            .then(stage -> grantable(stage, "false"))
            .then(stage -> grantable(stage, "true")));
    ALL.put(
        "the only role mapping of a client scope is removed",
        Scenario.with(Stage::pat)
            .then(stage -> stage.role("DELETE", mappings(stage)))
            .then(stage -> stage.role("POST", mappings(stage))));
  }

  private static void rolesAndGroups() {
    ALL.put(
        "a role that a client scope maps",
        Scenario.with(Stage::pat)
            .then(stage -> stage.delete("/roles/" + stage.name + "-writer"))
            .then(
                stage -> {
                  stage.post("/roles", stage.roleJson(Optional.empty()));
                  stage.role("POST", stage.user() + "/role-mappings/realm");
                }));
    ALL.put(
        "a role gets another name",
        Scenario.with(Stage::pat)
            .then(
                stage ->
                    stage.change(
                        "/roles-by-id/" + stage.role, Map.of("name", stage.name + "-renamed"))));
    ALL.put(
        "a role is taken from the owner",
        Scenario.with(Stage::pat)
            .then(stage -> stage.role("DELETE", stage.user() + "/role-mappings/realm"))
            .then(stage -> stage.role("POST", stage.user() + "/role-mappings/realm")));
    ALL.put(
        "a role is taken out of a composite role that the owner has",
        Scenario.with(Scenarios::patByCompositeRole)
            .then(stage -> stage.role("DELETE", "/roles-by-id/" + stage.outer + "/composites"))
            .then(stage -> stage.role("POST", "/roles-by-id/" + stage.outer + "/composites")));
    ALL.put(
        "a group that gives its members the role",
        Scenario.with(Scenarios::patByGroup)
            .then(stage -> stage.delete("/groups/" + stage.group))
            .then(stage -> stage.post("/groups", json("{'name':'%s-group'}", stage.name))));
    ALL.put(
        "an owner leaves a group",
        Scenario.with(Scenarios::patByGroup)
            .then(stage -> stage.delete(stage.user() + "/groups/" + stage.group))
            .then(stage -> stage.put(stage.user() + "/groups/" + stage.group, null)));
    ALL.put(
        "a role is taken from a group",
        Scenario.with(Scenarios::patByGroup)
            .then(stage -> stage.role("DELETE", "/groups/" + stage.group + "/role-mappings/realm"))
            .then(stage -> stage.role("POST", "/groups/" + stage.group + "/role-mappings/realm")));
  }

  private static void elsewhere() {
    ALL.put(
        "an organization that the owner joined",
        Scenario.with(Scenarios::patOfAMember)
            .then(stage -> stage.delete("/organizations/" + organization(stage))));
    ALL.put(
        "an organization is disabled",
        Scenario.with(Scenarios::patOfAMember)
            .then(
                stage ->
                    stage.change("/organizations/" + organization(stage), Map.of("enabled", false)))
            .then(
                stage ->
                    stage.change(
                        "/organizations/" + organization(stage), Map.of("enabled", true))));
    ALL.put(
        "a member leaves an organization",
        Scenario.with(Scenarios::patOfAMember)
            .then(
                stage ->
                    stage.delete(
                        "/organizations/" + organization(stage) + "/members/" + stage.person)));
    ALL.put(
        "an identity provider that the owner is linked to",
        Scenario.with(Scenarios::patOfALinkedPerson)
            .then(stage -> stage.delete("/identity-provider/instances/" + stage.name)));
    ALL.put(
        "the link to an identity provider",
        Scenario.with(Scenarios::patOfALinkedPerson)
            .then(stage -> stage.delete(stage.user() + "/federated-identity/" + stage.name)));
  }

  // Keys.

  private static void patByCompositeRole(Stage stage) {
    stage.role("DELETE", stage.user() + "/role-mappings/realm");
    var outer = stage.admin("GET", "/roles-by-id/" + stage.outer, null).expect(200).json();
    stage.admin("POST", stage.user() + "/role-mappings/realm", stage.listOf(outer)).expect(204);
    stage.pat();
  }

  private static void patByGroup(Stage stage) {
    stage.role("DELETE", stage.user() + "/role-mappings/realm");
    stage.role("POST", "/groups/" + stage.group + "/role-mappings/realm");
    stage.put(stage.user() + "/groups/" + stage.group, null);
    stage.pat();
  }

  private static void patOfAMember(Stage stage) {
    stage.post(
        "/organizations",
        json("{'name':'%1$s','alias':'%1$s','domains':[{'name':'%1$s.example'}]}", stage.name));
    stage
        .realm()
        .admin("POST", "/organizations/" + organization(stage) + "/members", stage.person)
        .expect(201);
    stage.pat();
  }

  private static void patOfALinkedPerson(Stage stage) {
    stage.post(
        "/identity-provider/instances",
        json(
            "{'alias':'%s','providerId':'oidc','enabled':true,'config':{'clientId':'c',"
                + "'clientSecret':'s','tokenUrl':'https://idp.example/t',"
                + "'authorizationUrl':'https://idp.example/a'}}",
            stage.name));
    stage.post(
        stage.user() + "/federated-identity/" + stage.name,
        json("{'identityProvider':'%1$s','userId':'u','userName':'u'}", stage.name));
    stage.pat();
  }

  // Steps.

  private static String organization(Stage stage) {
    var found =
        stage.admin("GET", "/organizations?search=" + stage.name + "&exact=true", null).json();
    return found.path(0).path("id").asText();
  }

  private static void attribute(Stage stage, String client, String attribute, String value) {
    stage.realm().attribute(stage.name + client, attribute, value);
  }

  private static void serviceAccounts(Stage stage, boolean enabled) {
    stage.change(stage.client("-service"), Map.of("serviceAccountsEnabled", enabled));
  }

  private static String accountId(Stage stage) {
    return stage
        .admin("GET", stage.client("-service") + "/service-account-user", null)
        .expect(200)
        .text("id");
  }

  private static void authenticates(Stage stage, String by) {
    stage.change(stage.client("-service"), Map.of("clientAuthenticatorType", by));
  }

  private static void removeScope(Stage stage) {
    String path = stage.scopePath();
    stage.unassignScope(Stage.id(path));
    stage.delete(path);
  }

  private static void makeScope(Stage stage, Optional<String> id) {
    String name = stage.name + ":write";
    stage.post("/client-scopes", stage.scopeJson(id, name));
    stage.role("POST", stage.realm().clientScope(name) + "/scope-mappings/realm");
    stage.assignScope(Stage.id(stage.realm().clientScope(name)));
  }

  private static String defaults(Stage stage) {
    return stage.client("-api") + "/default-client-scopes/" + stage.scope;
  }

  private static void grantable(Stage stage, String value) {
    stage.change(
        stage.scopePath(),
        Map.of(
            "attributes",
            Map.of("access-keys.grantable", value, "include.in.token.scope", "true")));
  }

  private static String mappings(Stage stage) {
    return stage.scopePath() + "/scope-mappings/realm";
  }

  static List<String> names() {
    return List.copyOf(ALL.keySet());
  }
}
