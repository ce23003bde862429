package io.accesskeys.it.removal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What one row of the page needs, all of it its own: an API client, a gateway that introspects for
 * it, a person in a group, a service, a role, a client scope, and a key. Made by the import of the
 * realm, which is quicker than one by one.
 */
final class Stage {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GATEWAY_SECRET = "gateway-of-the-removal-table";

  final String name;
  final String api = id();
  final String gateway = id();
  final String service = id();
  final String account = id();
  final String person = id();
  final String scope = id();
  final String role = id();
  final String outer = id();
  final String group = id();

  private TestRealm realm;
  private TestKey key;
  private String grantable;
  private String apiName;

  Stage(String name) {
    this.name = name;
    this.grantable = name + ":write";
    this.apiName = name + "-api";
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }

  /** JSON with quotes that are easier to read. */
  @SuppressWarnings("AnnotateFormatMethod") // The annotation is in no library of ours.
  static ObjectNode json(String text, Object... values) {
    try {
      return (ObjectNode) JSON.readTree(text.formatted(values).replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // What the realm file has of it.

  void writeTo(ObjectNode realmFile) {
    ArrayNode roles = realmFile.withObject("roles").withArray("realm");
    roles.add(roleJson(Optional.of(role)));
    roles.add(
        json(
            "{'id':'%s','name':'%2$s-outer','composite':true,'composites':{'realm':['%2$s-writer']}}",
            outer, name));
    realmFile.withArray("clientScopes").add(scopeJson(Optional.of(scope), name + ":write"));
    realmFile
        .withArray("scopeMappings")
        .add(json("{'clientScope':'%1$s:write','roles':['%1$s-writer']}", name));
    realmFile
        .withArray("clients")
        .add(apiJson(Optional.of(api)))
        .add(gatewayJson(Optional.of(gateway)))
        .add(serviceJson(Optional.of(service)));
    realmFile
        .withArray("users")
        .add(personJson(Optional.of(person)))
        .add(accountJson(Optional.of(account)));
    realmFile.withArray("groups").add(json("{'id':'%s','name':'%s-group'}", group, name));
  }

  private static ObjectNode with(Optional<String> id, ObjectNode representation) {
    id.ifPresent(value -> representation.put("id", value));
    return representation;
  }

  ObjectNode roleJson(Optional<String> id) {
    return with(id, json("{'name':'%s-writer'}", name));
  }

  ObjectNode scopeJson(Optional<String> id, String scopeName) {
    return with(
        id,
        json(
            "{'name':'%s','protocol':'openid-connect','attributes':{"
                + "'access-keys.grantable':'true','include.in.token.scope':'true'}}",
            scopeName));
  }

  ObjectNode apiJson(Optional<String> id) {
    return with(
        id,
        json(
            "{'clientId':'%1$s-api','publicClient':true,'standardFlowEnabled':false,"
                + "'fullScopeAllowed':false,'attributes':{'access-keys.enabled':'true',"
                + "'use.refresh.tokens':'false','access-keys.contacts':'api@%1$s.example'},"
                + "'defaultClientScopes':['basic'],'optionalClientScopes':['%1$s:write'],"
                + "'protocolMappers':[{'name':'aud','protocol':'openid-connect','protocolMapper':"
                + "'oidc-audience-mapper','config':{'included.client.audience':'%1$s-gateway',"
                + "'access.token.claim':'true','introspection.token.claim':'true'}}]}",
            name));
  }

  ObjectNode gatewayJson(Optional<String> id) {
    return with(
        id,
        json(
            "{'clientId':'%s-gateway','secret':'%s','standardFlowEnabled':false}",
            name, GATEWAY_SECRET));
  }

  ObjectNode serviceJson(Optional<String> id) {
    return with(
        id,
        json(
            "{'clientId':'%1$s-service','secret':'%1$s','standardFlowEnabled':false,"
                + "'fullScopeAllowed':false,'serviceAccountsEnabled':true,"
                + "'attributes':{'access-keys.contacts':'ops@%1$s.example'}}",
            name));
  }

  ObjectNode personJson(Optional<String> id) {
    return with(
        id,
        json(
            "{'username':'%1$s','enabled':true,'email':'%1$s@acme.example','firstName':'F',"
                + "'lastName':'L','realmRoles':['%1$s-writer']}",
            name));
  }

  ObjectNode accountJson(Optional<String> id) {
    return with(
        id,
        json(
            "{'username':'service-account-%1$s-service','enabled':true,"
                + "'serviceAccountClientId':'%1$s-service','realmRoles':['%1$s-writer']}",
            name));
  }

  // The key of the row.

  void enter(TestRealm entered) {
    realm = entered;
  }

  TestRealm realm() {
    return realm;
  }

  TestKey key() {
    return key;
  }

  void pat() {
    key = create("personal-access-token", "{'user':'%s'}".formatted(person), "[]");
  }

  void apiKey() {
    key = create("api-key", "{'client':'%s-service'}".formatted(name), "[]");
  }

  /** An API key that only the gateway may present. */
  void keyForTheGateway() {
    key =
        create(
            "api-key",
            "{'client':'%s-service'}".formatted(name),
            "[{'type':'client','allow':['%s-gateway']}]".formatted(name));
  }

  void clientSecret() {
    ObjectNode request =
        json("{'kind':'client-secret','name':'t','owner':{'client':'%s-service'}}", name);
    key = made(request);
  }

  private TestKey create(String kind, String owner, String restrictions) {
    return made(
        json(
            "{'kind':'%s','name':'t','client':'%s-api','scopes':['%s:write'],'owner':%s,"
                + "'restrictions':%s}",
            kind, name, name, owner, restrictions));
  }

  private TestKey made(ObjectNode request) {
    Reply reply = admin("POST", "/access-keys", request).expect(201);
    ShownSecrets.add(reply.text("secret"));
    return TestKey.of(reply);
  }

  // What is done to it.

  Reply admin(String method, String path, JsonNode body) {
    return realm.admin(method, path, body == null ? "" : body.toString());
  }

  void delete(String path) {
    admin("DELETE", path, null).expect(204);
  }

  void post(String path, JsonNode body) {
    Reply reply = admin("POST", path, body);
    if (reply.status() / 100 != 2) {
      throw new AssertionError(path + ": " + reply);
    }
  }

  void put(String path, JsonNode body) {
    admin("PUT", path, body).expect(204);
  }

  void change(String path, Map<String, ?> members) {
    realm.change(path, members);
  }

  /** The path of the client of this suffix, whatever id it has now. */
  String client(String suffix) {
    return realm.client(name + suffix);
  }

  String user() {
    return realm.user(name);
  }

  String scopePath() {
    return realm.clientScope(grantable);
  }

  /** From now on the row looks for the scope, or the API, under another name. */
  void looksFor(String scopeName, String apiClientId) {
    grantable = scopeName;
    apiName = apiClientId;
  }

  JsonNode roleNow() {
    return admin("GET", "/roles/" + name + "-writer", null).expect(200).json();
  }

  JsonNode listOf(JsonNode one) {
    return JSON.createArrayNode().add(one);
  }

  void role(String method, String path) {
    admin(method, path, listOf(roleNow())).expect(204);
  }

  void assignScope(String scopeId) {
    put("/clients/" + id(client("-api")) + "/optional-client-scopes/" + scopeId, null);
  }

  void unassignScope(String scopeId) {
    delete("/clients/" + id(client("-api")) + "/optional-client-scopes/" + scopeId);
  }

  static String id(String path) {
    return TestRealm.id(path);
  }

  /** A partial import by the Admin Console. */
  Reply partialImport(String policy, ObjectNode file) {
    return admin("POST", "/partialImport", file.put("ifResourceExists", policy));
  }

  // What becomes of it.

  /** In a word of the page. */
  String outcome() {
    Reply with = realm.verify(key.text(), "?client=" + apiName + "&scope=" + grantable);
    if (with.status() == 200) {
      return "accepted";
    }
    if (with.status() == 403 && realm.verify(key.text(), "?client=" + apiName).status() == 200) {
      return "without the scope";
    }
    return refusal();
  }

  /** The same, where the gateway presents the key. */
  String outcomeAtTheGateway() {
    Reply reply =
        realm.oidc(
            "token/introspect",
            TestRealm.basic(name + "-gateway", GATEWAY_SECRET),
            Map.of("token", key.text()));
    return reply.status() == 200 && reply.json().path("active").asBoolean()
        ? "accepted"
        : refusal();
  }

  /** The same, of a client secret at the token endpoint. */
  String outcomeAtTheTokenEndpoint() {
    Reply reply =
        realm.oidc(
            "token",
            TestRealm.basic(name + "-service", key.text()),
            Map.of("grant_type", "client_credentials"));
    return reply.status() == 200 ? "accepted" : refusal();
  }

  private String refusal() {
    return realm.adminKey("GET", key, "", null).status() == 404 ? "deleted" : "refused";
  }

  /** Where nobody is signed in. */
  Reply get(String path) {
    return Http.get(realm.uri(path), Map.of());
  }
}
