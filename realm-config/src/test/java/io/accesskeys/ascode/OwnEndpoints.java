package io.accesskeys.ascode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.realm.TestRealm;
import java.io.UncheckedIOException;

/**
 * Our own endpoints, told what the file says: {@code PUT …/apis/{client_id}}, {@code PUT …/policy},
 * {@code POST …/import}. The gateway and the service are clients as any others, made before.
 */
record OwnEndpoints(KeycloakServer server) implements Tool {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A hash that is nobody's secret. */
  private static final String KEYS =
      """
      [{"id":"CarriedByImport1","kind":"api-key","prefix":"kcak","name":"from git",
        "owner":{"client":"billing-worker"},"client":"shop-api","scopes":["orders:read"],
        "restrictions":[],"createdAt":"2026-11-01T00:00:00Z","createdBy":"git","version":1,
        "secrets":[{"number":1,"algorithm":"access-keys-sha-256","hint":"abcd",
          "hash":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","createdAt":"2026-11-01T00:00:00Z"}]}]
      """;

  @Override
  public String heading() {
    return "our endpoints";
  }

  @Override
  public boolean apply(ObjectNode file) {
    TestRealm realm = TestRealm.existing(server, file.path("realm").asText());
    if (realm.admin("GET", "", null).status() == 404) {
      makeRealm(realm, file);
    }
    return realm.admin("PUT", "/access-keys/apis/shop-api", api(file)).status() / 100 == 2
        && realm.admin("PUT", "/access-keys/policy", policy(file)).status() == 200
        && realm.admin("POST", "/access-keys/import?beyondPolicy=keep", KEYS).status() == 200;
  }

  private void makeRealm(TestRealm realm, ObjectNode file) {
    ObjectNode empty = file.objectNode().put("realm", realm.name()).put("enabled", true);
    empty.set("components", file.path("components"));
    new WholeRealm(server).apply(empty);
    realm.admin("POST", "/clients", "{\"clientId\":\"shop-gateway\"}").expect(201);
    realm
        .admin(
            "POST", "/clients", "{\"clientId\":\"billing-worker\",\"serviceAccountsEnabled\":true}")
        .expect(201);
  }

  private static String api(ObjectNode file) {
    ObjectNode api = JSON.createObjectNode();
    ArrayNode scopes = api.putArray("scopes");
    for (JsonNode scope : file.path("clientScopes")) {
      ObjectNode declared = scopes.addObject();
      declared.set("name", scope.path("name"));
      declared.set("description", scope.path("description"));
      if (scope.path("attributes").has("access-keys.open")) {
        declared.put("open", true);
      }
      for (JsonNode mapping : file.path("scopeMappings")) {
        if (mapping.path("clientScope").equals(scope.path("name"))) {
          declared.set("roles", mapping.path("roles"));
        }
      }
    }
    api.putArray("gateways").add("shop-gateway");
    return written(api);
  }

  private static String policy(ObjectNode file) {
    return written(ShopFile.policyAction(file).path("config"));
  }

  private static String written(JsonNode json) {
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
