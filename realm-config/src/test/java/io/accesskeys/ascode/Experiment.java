package io.accesskeys.ascode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Finds out what one tool carries, on a server, in the words of the table. */
final class Experiment {

  private static final String SCOPE = "orders:read";

  private final Tool tool;
  private final Supplier<KeycloakServer> server;
  private final Map<Carried, String> found = new EnumMap<>(Carried.class);

  /**
   * An experiment.
   *
   * @param server the server as it is after the tool was used, which may have been started again
   */
  Experiment(Tool tool, Supplier<KeycloakServer> server) {
    this.tool = tool;
    this.server = server;
  }

  Map<Carried, String> run(String name) {
    tool.apply(ShopFile.named(name));
    lookAtNewRealm(name);
    runTwice(name + "-again");
    applyUnreadablePolicy(name + "-broken");
    Stream.of("", "-again", "-broken").forEach(suffix -> realm(name + suffix).close());
    return found;
  }

  private TestRealm realm(String name) {
    return TestRealm.existing(server.get(), name);
  }

  private void put(Carried row, boolean carried) {
    found.put(row, carried ? "yes" : "no");
  }

  private void lookAtNewRealm(String name) {
    TestRealm realm = realm(name);
    JsonNode api = client(realm, "shop-api");
    put(
        Carried.API_CLIENT,
        api.path("attributes").path("access-keys.enabled").asText().equals("true")
            && api.path("attributes").path("use.refresh.tokens").asText().equals("false")
            && !api.path("fullScopeAllowed").asBoolean(true));
    put(Carried.SCOPES, hasScopes(realm, api));
    put(Carried.SCOPE_ROLES, mapsRole(realm));
    put(
        Carried.OWNER_ROLES,
        has(
            get(realm, realm.user("service-account-billing-worker") + "/role-mappings/realm"),
            "name",
            "orders-reader"));
    put(
        Carried.POLICY,
        get(realm, "/access-keys/policy")
            .path("values")
            .path("api-key.max-lifetime")
            .asText()
            .equals("P90D"));
    put(Carried.KEYS, get(realm, "/access-keys").size() > 0);
    put(
        Carried.OTHER_ACTIONS,
        has(get(realm, "/authentication/required-actions"), "alias", "UPDATE_PASSWORD"));
    found.put(Carried.DEFAULT, secret(realm, "shop-gateway", ShopFile.DEFAULT));
    found.put(Carried.UNSET, secret(realm, "billing-worker", ""));
  }

  private static boolean hasScopes(TestRealm realm, JsonNode api) {
    JsonNode orders = scope(realm, SCOPE);
    JsonNode status = scope(realm, "status:read");
    return api.path("optionalClientScopes").toString().contains(SCOPE)
        && orders.path("access-keys.grantable").asText().equals("true")
        && status.path("access-keys.open").asText().equals("true");
  }

  private static JsonNode scope(TestRealm realm, String name) {
    return find(get(realm, "/client-scopes"), "name", name).path("attributes");
  }

  private static boolean mapsRole(TestRealm realm) {
    JsonNode scope = find(get(realm, "/client-scopes"), "name", SCOPE);
    return scope.has("id")
        && has(
            get(realm, "/client-scopes/" + scope.path("id").asText() + "/scope-mappings/realm"),
            "name",
            "orders-reader");
  }

  private static String secret(TestRealm realm, String clientId, String replaced) {
    String secret = client(realm, clientId).path("secret").asText();
    if (secret.startsWith("${")) {
      return "stored as it stands";
    }
    return secret.equals(replaced) ? "filled in" : "made up by Keycloak";
  }

  /** On a realm that lacks nothing and has a key. */
  private void runTwice(String name) {
    TestRealm realm = TestRealm.imported(server.get(), name, ShopFile.named(name).toString());
    Reply created =
        realm.admin(
            "POST",
            "/access-keys",
            """
            {"kind":"api-key","name":"test","client":"shop-api","scopes":["orders:read"],
             "owner":{"client":"billing-worker"}}
            """);
    TestKey key = TestKey.of(created.expect(201));
    boolean done = tool.apply(ShopFile.changed(name));
    boolean kept = realm(name).adminKey("GET", key, "", null).status() == 200;
    found.put(Carried.KEYS_AFTER_SECOND_RUN, afterSecondRun(done, kept, "lost"));
    found.put(
        Carried.ROLES_AFTER_SECOND_RUN, afterSecondRun(done, mapsRole(realm(name)), "removed"));
  }

  private static String afterSecondRun(boolean done, boolean kept, String lost) {
    if (!kept) {
      return lost;
    }
    return done ? "kept" : "kept, the run is refused";
  }

  private void applyUnreadablePolicy(String name) {
    ObjectNode file = ShopFile.withUnreadablePolicy(name);
    boolean done = tool.apply(file);
    String kept = "";
    if (done) {
      JsonNode action =
          find(get(realm(name), "/authentication/required-actions"), "alias", "create-access-key");
      kept = action.path("config").path("api-key.max-lifetime").asText();
    }
    found.put(
        Carried.UNREADABLE_POLICY,
        !done ? "refused" : kept.isEmpty() ? "left out" : "stored, no warning");
  }

  private static JsonNode client(TestRealm realm, String clientId) {
    return get(realm, "/clients?clientId=" + clientId).path(0);
  }

  private static JsonNode get(TestRealm realm, String path) {
    return realm.admin("GET", path, null).expect(200).json();
  }

  private static boolean has(JsonNode array, String member, String value) {
    return find(array, member, value).has(member);
  }

  private static JsonNode find(JsonNode array, String member, String value) {
    return StreamSupport.stream(array.spliterator(), false)
        .filter(element -> element.path(member).asText().equals(value))
        .findFirst()
        .orElseGet(() -> array.path(array.size()));
  }
}
