package io.accesskeys.it.cluster;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Everything that changes a key, an application or the policy of a realm, each by a name. To get
 * one prepares it; to run that makes the change.
 */
final class AcknowledgedChanges {

  private static final Map<String, String> WORKER =
      TestRealm.basic("billing-worker", "billing-worker-demo-secret");

  private static final String ACTION = "/authentication/required-actions/create-access-key";

  private final Map<String, Supplier<Runnable>> changes = new LinkedHashMap<>();
  private final TestRealm realm;

  private AcknowledgedChanges(TestRealm realm) {
    this.realm = realm;
    policy(Map.of());
    realm.admin("POST", "/roles", "{\"name\":\"developer\"}").expect(201);
    realm.roles("POST", realm.user("alice"), "developer");
    byOwners();
    byDevelopers();
    byAdministrators();
    byHolders();
    byOthers();
    byKeycloak();
  }

  /** Those in this realm, which is removed at last. */
  static Map<String, Supplier<Runnable>> in(TestRealm realm) {
    return new AcknowledgedChanges(realm).changes;
  }

  private void byOwners() {
    changes.put("owner: create", () -> this::pat);
    ofToken("edit", key -> own("PATCH", key, "", "{\"name\":\"other\"}", 200));
    ofToken("roll", key -> own("POST", key, "/roll", "", 200));
    ofToken("suspend", key -> own("POST", key, "/suspend", "", 204));
    ofToken("revoke", key -> own("DELETE", key, "", "", 204));
    ofToken("revoke with a reason", key -> own("POST", key, "/revoke", "{}", 204));
    changes.put(
        "owner: resume",
        () -> {
          TestKey key = pat();
          own("POST", key, "/suspend", "", 204);
          return () -> own("POST", key, "/resume", "", 204);
        });
    changes.put(
        "owner: remove",
        () -> {
          TestKey key = pat();
          own("DELETE", key, "", "", 204);
          return () -> own("POST", key, "/remove", "", 204);
        });
  }

  private void byDevelopers() {
    changes.put("developer: register an application", () -> this::application);
    changes.put(
        "developer: remove an application",
        () -> {
          String path = "/access-keys/applications/" + application();
          return () -> Http.json("DELETE", realm.uri(path), realm.as("alice"), "").expect(204);
        });
  }

  private void byAdministrators() {
    changes.put("administrator: create", () -> this::apiKey);
    ofKey("administrator: edit", key -> admin("PATCH", key, "", "{\"name\":\"b\"}", 200));
    ofKey("administrator: roll", key -> admin("POST", key, "/roll", "", 200));
    ofKey("administrator: suspend", key -> admin("POST", key, "/suspend", "", 204));
    ofKey("administrator: revoke", key -> admin("DELETE", key, "", "", 204));
    ofKey("administrator: revoke with a reason", key -> admin("POST", key, "/revoke", "", 204));
    ofKey("administrator: revoke all that a search finds", key -> revokeAll());
    changes.put(
        "administrator: resume",
        () -> {
          TestKey key = apiKey();
          admin("POST", key, "/suspend", "", 204);
          return () -> admin("POST", key, "/resume", "", 204);
        });
    changes.put(
        "administrator: import",
        () -> {
          String rows = exported(apiKey());
          return () -> realm.admin("POST", "/access-keys/import", rows).expect(200);
        });
    changes.put("administrator: policy", () -> () -> policy(Map.of("revoked-retention", "P9D")));
    changes.put(
        "administrator: policy, by its endpoint",
        () ->
            () ->
                realm
                    .admin("PATCH", "/access-keys/policy", "{\"revoked-retention\":\"P7D\"}")
                    .expect(200));
    changes.put(
        "administrator: policy, with the action that it belongs to",
        () -> {
          ObjectNode action = (ObjectNode) realm.admin("GET", ACTION, null).expect(200).json();
          ((ObjectNode) action.path("config")).put("revoked-retention", "P8D");
          return () -> realm.admin("PUT", ACTION, action.toString()).expect(204);
        });
  }

  private void byHolders() {
    URI self = realm.uri("/access-keys/self");
    URI revoke = realm.uri("/access-keys/revoke");
    ofKey("holder: revoke", key -> Http.json("DELETE", self, bearer(key), "").expect(204));
    ofKey(
        "holder: OAuth revocation",
        key -> Http.form(revoke, WORKER, Map.of("token", key.text())).expect(200));
    changes.put(
        "holder: OAuth revocation of a token made from a key",
        () -> {
          Map<String, String> fields =
              Map.of("client_id", "acme-api", "token", realm.jwt(apiKey()));
          return () -> Http.form(revoke, Map.of(), fields).expect(200);
        });
    changes.put(
        "holder: roll",
        () -> {
          policy(Map.of("api-key.self-roll", "P9D"));
          TestKey key = apiKey();
          URI roll = realm.uri("/access-keys/self/roll");
          return () -> Http.json("POST", roll, bearer(key), "").expect(200);
        });
  }

  private void byOthers() {
    ofKey("anybody: found in public", this::expose);
    changes.put(
        "anybody: found in public, suspended by policy",
        () -> {
          policy(Map.of("when-exposed", "suspend"));
          TestKey key = apiKey();
          return () -> expose(key);
        });
    changes.put(
        "use of a retired secret, suspended by policy",
        () -> {
          policy(Map.of("when-retired-used", "suspend"));
          TestKey key = apiKey();
          admin("POST", key, "/roll", "{\"overlap\":\"PT0S\"}", 200);
          return () -> realm.verify(key.text(), "?client=acme-api").expect(401);
        });
    changes.put(
        "schedule: a roll is due",
        () -> {
          realm.pat("alice", Map.of("roll", Map.of("every", "P9D", "overlap", "P3D")));
          return () -> realm.ahead(Duration.ofDays(10), realm::upkeep);
        });
    changes.put(
        "schedule: keys revoked long ago are deleted",
        () -> {
          admin("DELETE", apiKey(), "", "", 204);
          return () -> realm.ahead(Duration.ofDays(100), realm::upkeep);
        });
  }

  private void byKeycloak() {
    changes.put(
        "Keycloak: the owner is removed",
        () -> {
          realm.pat("bob", "orders:read");
          return () -> realm.admin("DELETE", realm.user("bob"), null).expect(204);
        });
    changes.put(
        "Keycloak: the client scope is removed",
        () -> {
          realm.apiKey("orders:write");
          String scope = realm.clientScope("orders:write");
          return () -> realm.admin("DELETE", scope, null).expect(204);
        });
    changes.put(
        "Keycloak: the API client is removed",
        () -> {
          apiKey();
          String client = realm.client("acme-api");
          return () -> realm.admin("DELETE", client, null).expect(204);
        });
    changes.put("Keycloak: the realm is removed", () -> realm::close);
  }

  /** What is done to an API key, of which nobody is told by mail. */
  private void ofKey(String name, Consumer<TestKey> action) {
    changes.put(
        name,
        () -> {
          TestKey key = apiKey();
          return () -> action.accept(key);
        });
  }

  /** What alice does to a token of hers. */
  private void ofToken(String name, Consumer<TestKey> action) {
    changes.put(
        "owner: " + name,
        () -> {
          TestKey key = pat();
          return () -> action.accept(key);
        });
  }

  private TestKey pat() {
    return realm.pat("alice", "orders:read");
  }

  private TestKey apiKey() {
    return realm.apiKey("orders:read");
  }

  private String application() {
    URI applications = realm.uri("/access-keys/applications");
    Reply made = Http.json("POST", applications, realm.as("alice"), "{\"name\":\"a\"}");
    return made.expect(201).text("id");
  }

  /** There are more keys here than an owner may have. */
  private void policy(Map<String, String> settings) {
    Map<String, String> always =
        Map.of(
            "api-key.max-per-owner", "100",
            "personal-access-token.max-per-owner", "100",
            "application-role", "developer",
            "application-default-roles", "orders:read");
    realm.policy(TestRealm.and(always, settings)).expect(204);
  }

  private void own(String method, TestKey key, String path, String body, int status) {
    realm.own("alice", method, key, path, body).expect(status);
  }

  private void admin(String method, TestKey key, String path, String body, int status) {
    realm.adminKey(method, key, path, body).expect(status);
  }

  private void revokeAll() {
    realm.admin("POST", "/access-keys/revoke?client=acme-api", "{}").expect(200);
  }

  private static Map<String, String> bearer(TestKey key) {
    return TestRealm.bearer(key.text());
  }

  private void expose(TestKey key) {
    String body = "{\"keys\":[\"" + key.text() + "\"]}";
    Http.json("POST", realm.uri("/access-keys/exposed"), Map.of(), body).expect(202);
  }

  /** An exported key under another id. */
  private String exported(TestKey key) {
    String rows = realm.admin("GET", "/access-keys/export?max=1000", null).expect(200).body();
    return rows.replace(key.id(), new StringBuilder(key.id()).reverse());
  }
}
