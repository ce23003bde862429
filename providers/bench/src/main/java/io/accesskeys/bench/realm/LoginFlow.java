package io.accesskeys.bench.realm;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A copy of one of Keycloak's login flows, changed as the Admin Console changes it. */
public final class LoginFlow {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final TestRealm realm;
  private final String alias;

  private LoginFlow(TestRealm realm, String alias) {
    this.realm = realm;
    this.alias = alias;
  }

  /** A copy of the flow for browsers, which the realm uses from now on. */
  public static LoginFlow ofBrowsers(TestRealm realm) {
    return copy(realm, "browser", "browserFlow");
  }

  /** A copy of the flow for programs that send a password, which the realm uses from now on. */
  public static LoginFlow ofPrograms(TestRealm realm) {
    return copy(realm, "direct%20grant", "directGrantFlow");
  }

  /** Puts Keycloak's own flows back. */
  public static void reset(TestRealm realm) {
    realm.change("", Map.of("browserFlow", "browser", "directGrantFlow", "direct grant"));
  }

  /** A flow for browsers with nothing in it, which the realm uses from now on. */
  public static LoginFlow emptyOfBrowsers(TestRealm realm) {
    String name = "flow" + COUNT.incrementAndGet();
    ObjectNode flow = JSON.createObjectNode();
    flow.put("alias", name).put("providerId", "basic-flow").put("topLevel", true);
    realm.admin("POST", "/authentication/flows", flow.toString()).expect(201);
    realm.change("", Map.of("browserFlow", name));
    return new LoginFlow(realm, name);
  }

  /** A flow for programs with nothing in it, which this client uses from now on. */
  public static LoginFlow emptyOfProgramsAt(TestRealm realm, String clientId) {
    String name = "flow" + COUNT.incrementAndGet();
    ObjectNode flow = JSON.createObjectNode();
    flow.put("alias", name).put("providerId", "basic-flow").put("topLevel", true);
    String id =
        TestRealm.id(
            realm
                .admin("POST", "/authentication/flows", flow.toString())
                .expect(201)
                .header("Location")
                .orElseThrow());
    realm.change(
        realm.client(clientId),
        Map.of(
            "directAccessGrantsEnabled",
            true,
            "authenticationFlowBindingOverrides",
            Map.of("direct_grant", id)));
    return new LoginFlow(realm, name);
  }

  private static LoginFlow copy(TestRealm realm, String of, String binding) {
    String name = "flow" + COUNT.incrementAndGet();
    realm
        .admin("POST", "/authentication/flows/" + of + "/copy", "{\"newName\":\"" + name + "\"}")
        .expect(201);
    realm.change("", Map.of(binding, name));
    return new LoginFlow(realm, name);
  }

  /** The name of the sub-flow of this copy that ends in these words. */
  public String sub(String words) {
    return named(words).path("displayName").asText();
  }

  /** Adds a required step at the end of a sub-flow, or of the flow itself where that is empty. */
  public String add(String sub, String provider, Map<String, String> config) {
    String id = addPlain(sub, provider);
    configure(id, config);
    return id;
  }

  /** The same without a config. */
  public String addPlain(String sub, String provider) {
    Reply added =
        realm
            .admin(
                "POST", flow(sub) + "/executions/execution", "{\"provider\":\"" + provider + "\"}")
            .expect(201);
    String id = TestRealm.id(added.header("Location").orElseThrow());
    require(id, "REQUIRED");
    return id;
  }

  /** Adds a sub-flow at the end of another, or of the flow itself where that is empty. */
  public String addSub(String sub, String requirement) {
    String name = alias + " sub-flow " + COUNT.incrementAndGet();
    ObjectNode flow = JSON.createObjectNode();
    flow.put("alias", name).put("type", "basic-flow").put("provider", "registration-page-form");
    realm.admin("POST", flow(sub) + "/executions/flow", flow.toString()).expect(201);
    require(idOfSub(name), requirement);
    return name;
  }

  /** Gives a step this config, and no other. */
  public void configure(String execution, Map<String, String> config) {
    ObjectNode named =
        JSON.createObjectNode().put("alias", alias + "-config" + COUNT.incrementAndGet());
    named.set("config", JSON.valueToTree(config));
    realm
        .admin("POST", "/authentication/executions/" + execution + "/config", named.toString())
        .expect(201);
  }

  /** Moves a step to the front of its flow. */
  public void first(String execution) {
    while (step(execution).path("index").asInt() > 0) {
      realm
          .admin("POST", "/authentication/executions/" + execution + "/raise-priority", "")
          .expect(204);
    }
  }

  /** Changes what is required of a step. */
  public void require(String execution, String requirement) {
    ObjectNode step = (ObjectNode) step(execution);
    realm
        .admin("PUT", flow("") + "/executions", step.put("requirement", requirement).toString())
        .expect(204);
  }

  /** The id of the step that is this sub-flow. */
  public String idOfSub(String name) {
    return named(name).path("id").asText();
  }

  /** What may be required of the step of this provider. */
  public List<String> choices(String provider) {
    for (JsonNode step : steps()) {
      if (step.path("providerId").asText().equals(provider)) {
        return JSON.convertValue(
            step.path("requirementChoices"), new TypeReference<List<String>>() {});
      }
    }
    throw new AssertionError("No step " + provider + " in " + steps());
  }

  private JsonNode named(String words) {
    for (JsonNode step : steps()) {
      if (step.path("displayName").asText().endsWith(words)) {
        return step;
      }
    }
    throw new AssertionError("No step " + words + " in " + steps());
  }

  private JsonNode step(String id) {
    for (JsonNode step : steps()) {
      if (step.path("id").asText().equals(id)) {
        return step;
      }
    }
    throw new AssertionError("No step " + id + " in " + steps());
  }

  private JsonNode steps() {
    return realm.admin("GET", flow("") + "/executions", null).expect(200).json();
  }

  private String flow(String sub) {
    return "/authentication/flows/" + Http.encode(sub.isEmpty() ? alias : sub).replace("+", "%20");
  }
}
