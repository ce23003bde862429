package io.accesskeys.bench.realm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.TestClock;
import io.accesskeys.policy.PolicySetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The shipped realm {@code acme} under a name of its own on the shared server, with a fixed signing
 * key instead of a generated one, which would take seconds.
 */
public final class TestRealm implements AutoCloseable {

  public static final String GRANT = "urn:access-keys:grant-type:access-key";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Hashing them as Keycloak usually does costs more than most tests. */
  private static final String CHEAP_PASSWORDS =
      "hashAlgorithm(pbkdf2-sha512) and hashIterations(1)";

  private static final Path SHIPPED = Checkout.root().resolve("realm-config/realms/acme.json");

  private final KeycloakServer server;
  private final String name;
  private final Map<String, String> signedIn;

  private TestRealm(KeycloakServer server, String name, Map<String, String> signedIn) {
    this.server = server;
    this.name = name;
    this.signedIn = signedIn;
  }

  /** A fresh realm of this name on the shared server; the caller closes it, which removes it. */
  public static TestRealm create(String name) {
    return create(KeycloakServer.shared(), name);
  }

  /** A fresh realm of this name on this server. */
  public static TestRealm create(KeycloakServer server, String name) {
    TestRealm realm = existing(server, name);
    realm.load(shipped(name));
    return realm;
  }

  /** A realm of this name on the shared server, made of this JSON. */
  public static TestRealm imported(String name, String json) {
    return imported(KeycloakServer.shared(), name, json);
  }

  /** A realm of this name on this server, made of this JSON. */
  public static TestRealm imported(KeycloakServer server, String name, String json) {
    TestRealm realm = existing(server, name);
    realm.load(json);
    return realm;
  }

  /** The realm of this name that is on the shared server already. */
  public static TestRealm existing(String name) {
    return existing(KeycloakServer.shared(), name);
  }

  /** The realm of this name that is on this server already. */
  public static TestRealm existing(KeycloakServer server, String name) {
    return new TestRealm(server, name, new ConcurrentHashMap<>());
  }

  /** The same realm at another node of its cluster, with the people who have signed in here. */
  public TestRealm at(KeycloakServer node) {
    return new TestRealm(node, name, signedIn);
  }

  private void load(String json) {
    Http.json("POST", URI.create(server.baseUri() + "/admin/realms"), asAdmin(), json).expect(201);
  }

  /** A realm file as Keycloak's import at start reads it: with the defaults of its variables. */
  public static String read(Path file) {
    try {
      return Files.readString(file).replaceAll("\\$\\{[A-Z_]+:([^}]*)}", "$1");
    } catch (IOException e) {
      throw new UncheckedIOException("No realm at " + file.toAbsolutePath(), e);
    }
  }

  /** The shipped file, under another name. */
  public static String shipped(String name) {
    try {
      ObjectNode realm = (ObjectNode) JSON.readTree(read(SHIPPED));
      realm.put("realm", name);
      realm.set("components", JSON.readTree(TestSigningKey.component()));
      realm.put("passwordPolicy", CHEAP_PASSWORDS);
      for (JsonNode user : realm.path("users")) {
        ObjectNode roles = (ObjectNode) user;
        String renamed =
            user.path("realmRoles")
                .toString()
                .replace("default-roles-acme", "default-roles-" + name);
        roles.set("realmRoles", JSON.readTree(renamed));
      }
      return realm.toString();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("No JSON in " + SHIPPED.toAbsolutePath(), e);
    }
  }

  public KeycloakServer server() {
    return server;
  }

  public String name() {
    return name;
  }

  /** {@code /realms/{realm}} and what follows. */
  public URI uri(String path) {
    return URI.create(server.baseUri() + "/realms/" + name + path);
  }

  /** What follows the server's own address. */
  public URI root(String path) {
    return URI.create(server.baseUri() + path);
  }

  /** A call of {@code /admin/realms/{realm}} as the master administrator; the body may be null. */
  public Reply admin(String method, String path, String body) {
    return adminAs(asAdmin(), method, path, body);
  }

  /** The same with other headers. */
  public Reply adminAs(Map<String, String> headers, String method, String path, String body) {
    URI uri = URI.create(server.baseUri() + "/admin/realms/" + name + path);
    return method.equals("GET")
        ? Http.get(uri, headers)
        : Http.json(method, uri, headers, body == null ? "" : body);
  }

  /** Changes members of a representation, read and written back by the administrator. */
  public void change(String path, Map<String, ?> members) {
    ObjectNode representation = (ObjectNode) admin("GET", path, null).expect(200).json();
    members.forEach((member, value) -> representation.set(member, JSON.valueToTree(value)));
    admin("PUT", path, representation.toString()).expect(204);
  }

  /** Gives the realm English and German, and this one to whoever does not say. */
  public void speaksGermanToo(String usual) {
    change(
        "",
        Map.of(
            "internationalizationEnabled",
            true,
            "supportedLocales",
            List.of("en", "de"),
            "defaultLocale",
            usual));
  }

  /** Sets one attribute of a client and leaves the others. */
  public void attribute(String clientId, String attribute, String value) {
    JsonNode attributes =
        admin("GET", client(clientId), null).expect(200).json().path("attributes");
    change(client(clientId), Map.of("attributes", ((ObjectNode) attributes).put(attribute, value)));
  }

  /** The admin path of the client of this client_id. */
  public String client(String clientId) {
    JsonNode found = admin("GET", "/clients?clientId=" + clientId, null).expect(200).json();
    return "/clients/" + found.path(0).path("id").asText();
  }

  /** The admin path of the client scope of this name. */
  public String clientScope(String scopeName) {
    for (JsonNode scope : admin("GET", "/client-scopes", null).expect(200).json()) {
      if (scope.path("name").asText().equals(scopeName)) {
        return "/client-scopes/" + scope.path("id").asText();
      }
    }
    throw new AssertionError("No client scope " + scopeName);
  }

  /** The admin path of this user. */
  public String user(String username) {
    JsonNode found =
        admin("GET", "/users?exact=true&username=" + username, null).expect(200).json();
    return "/users/" + found.path(0).path("id").asText();
  }

  /** The id at the end of an admin path. */
  public static String id(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Adds realm or client roles to whatever has this admin path, or takes them away. */
  public void roles(String method, String path, String role) {
    JsonNode representation = admin("GET", "/roles/" + role, null).expect(200).json();
    admin(method, path + "/role-mappings/realm", "[" + representation + "]").expect(204);
  }

  /** The master administrator's header. */
  public Map<String, String> asAdmin() {
    return bearer(AdminToken.of(server));
  }

  /** The header of an administrator of this realm with these roles of realm-management. */
  public Map<String, String> asAdminWith(String... roles) {
    String name = "admin-" + String.join("-", roles);
    return bearer(signedIn.computeIfAbsent(name, unused -> administrator(name, roles)));
  }

  private String administrator(String name, String... roles) {
    if (admin("GET", "/users?exact=true&username=" + name, null).json().isEmpty()) {
      String user =
          "{\"username\":\"%1$s\",\"enabled\":true,\"email\":\"%1$s@acme.example\",\"firstName\":\"F\",\"lastName\":\"L\",\"credentials\":[{\"type\":\"password\",\"value\":\"%1$s\"}]}"
              .formatted(name);
      admin("POST", "/users", user).expect(201);
      String management = client("realm-management");
      for (String role : roles) {
        JsonNode found = admin("GET", management + "/roles/" + role, null).expect(200).json();
        String path = user(name) + "/role-mappings/clients/" + id(management);
        admin("POST", path, "[" + found + "]").expect(204);
      }
    }
    return Http.form(
            uri("/protocol/openid-connect/token"),
            Map.of(),
            Map.of(
                "grant_type",
                "password",
                "client_id",
                "admin-cli",
                "username",
                name,
                "password",
                name))
        .expect(200)
        .text("access_token");
  }

  /** The header of a user who has signed in at the Account Console. */
  public Map<String, String> as(String user) {
    return bearer(
        signedIn.computeIfAbsent(
            user, name -> new SignIn(uri(""), "account-console").token(name, name)));
  }

  public static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  public static Map<String, String> basic(String user, String password) {
    String pair = user + ":" + password;
    return Map.of(
        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
  }

  /** Both sets of headers or fields. */
  public static Map<String, String> and(Map<String, String> one, Map<String, String> other) {
    Map<String, String> both = new HashMap<>(one);
    both.putAll(other);
    return both;
  }

  /** What a user gets who asks self-service for this key. */
  public Reply create(String user, String json) {
    return remember(Http.json("POST", uri("/access-keys"), as(user), json));
  }

  /** A new personal access token of this user with these scopes and nothing more. */
  public TestKey pat(String user, String... scopes) {
    return pat(user, Map.of("scopes", List.of(scopes)));
  }

  /** A new personal access token of this user that reads orders from these ranges only. */
  public TestKey patFrom(String user, String... ranges) {
    return pat(
        user,
        Map.of(
            "scopes",
            List.of("orders:read"),
            "restrictions",
            List.of(Map.of("type", "ip", "allow", List.of(ranges)))));
  }

  /** A new personal access token of this user with these members beside the usual ones. */
  public TestKey pat(String user, Map<String, ?> members) {
    ObjectNode request =
        JSON.createObjectNode()
            .put("kind", "personal-access-token")
            .put("name", "test")
            .put("client", "acme-api");
    members.forEach((member, value) -> request.set(member, JSON.valueToTree(value)));
    return TestKey.of(create(user, request.toString()).expect(201));
  }

  /** A new API key of billing-worker with these scopes. */
  public TestKey apiKey(String... scopes) {
    return apiKeyOf("billing-worker", scopes);
  }

  /** A new API key of this client with these scopes. */
  public TestKey apiKeyOf(String clientId, String... scopes) {
    ObjectNode request =
        JSON.createObjectNode()
            .put("kind", "api-key")
            .put("name", "test")
            .put("client", "acme-api");
    request.putObject("owner").put("client", clientId);
    request.set("scopes", JSON.valueToTree(scopes));
    return TestKey.of(remember(admin("POST", "/access-keys", request.toString())).expect(201));
  }

  /** A new client secret of this client with these members beside the usual ones. */
  public TestKey clientSecret(String clientId, Map<String, ?> members) {
    ObjectNode request = JSON.createObjectNode().put("kind", "client-secret").put("name", "test");
    request.putObject("owner").put("client", clientId);
    members.forEach((member, value) -> request.set(member, JSON.valueToTree(value)));
    return TestKey.of(remember(admin("POST", "/access-keys", request.toString())).expect(201));
  }

  /** Any endpoint of OpenID Connect below {@code /protocol/openid-connect/}. */
  public Reply oidc(String endpoint, Map<String, String> headers, Map<String, String> fields) {
    return Http.form(uri("/protocol/openid-connect/" + endpoint), headers, fields);
  }

  /** A call about a key of this user; {@code path} follows the key's own. */
  public Reply own(String user, String method, TestKey key, String path, String json) {
    URI uri = uri("/access-keys/" + key.id() + path);
    return method.equals("GET")
        ? Http.get(uri, as(user))
        : remember(Http.json(method, uri, as(user), json));
  }

  /** A call about a key by the master administrator; {@code path} follows the key's own. */
  public Reply adminKey(String method, TestKey key, String path, String json) {
    return admin(method, "/access-keys/" + key.id() + path, json);
  }

  /** Does something while the server's clock is ahead; everybody signs in again. */
  public void ahead(Duration by, Runnable what) {
    forgetTokens();
    try {
      TestClock.of(server).ahead(by, what);
    } finally {
      forgetTokens();
    }
  }

  /** Has everything that was used written down, as the server does by itself a little later. */
  public void writeUses() {
    TestClock.of(server).run("access-keys-usage");
    TestClock.of(server).run("access-keys-usage-by-day");
  }

  /** Looks at what the required actions of all realms say, as the server does now and then. */
  public void keepPolicy() {
    TestClock.of(server).run("access-keys-policy");
  }

  /** Tidies up, tells of what is due, and rolls, as the server does by itself now and then. */
  public void upkeep() {
    TestClock.of(server).run("access-keys-upkeep");
  }

  /** Looks at the health of all realms, as the server does by itself now and then. */
  public void watchHealth() {
    TestClock.of(server).run("access-keys-health");
  }

  /** Sends the mails that wait, as the server does by itself a little later. */
  public void sendMails() {
    TestClock.of(server).run("access-keys-mail");
  }

  private void forgetTokens() {
    signedIn.clear();
    AdminToken.forgetAll();
  }

  /**
   * What the Admin Console does when an administrator saves the realm's policy, with all that is
   * not named here set back to its default.
   */
  public Reply policy(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    PolicySetting.ALL.forEach(setting -> all.put(setting.name(), "default"));
    all.putAll(settings);
    return savedInConsole(all);
  }

  /** The same with these fields filled in and all others cleared. */
  public Reply savedInConsole(Map<String, String> fields) {
    String body = JSON.valueToTree(Map.of("config", fields)).toString();
    return admin("PUT", "/authentication/required-actions/create-access-key/config", body);
  }

  /** Rolls a key of this user. */
  public Reply roll(String user, TestKey key, String json, Map<String, String> headers) {
    return remember(
        Http.json("POST", uri("/access-keys/" + key.id() + "/roll"), and(as(user), headers), json));
  }

  /** Revokes a key of this user. */
  public Reply revoke(String user, TestKey key) {
    return Http.json("DELETE", uri("/access-keys/" + key.id()), as(user), "");
  }

  /** Forward-auth with this key; the query begins with a question mark, or is empty. */
  public Reply verify(String key, String query) {
    return Http.get(uri("/access-keys/verify" + query), bearer(key));
  }

  /** Introspection by acme-gateway, with further form fields. */
  public Reply introspect(String token, Map<String, String> fields) {
    return Http.form(
        uri("/protocol/openid-connect/token/introspect"),
        basic("acme-gateway", "acme-gateway-demo-secret"),
        and(Map.of("token", token), fields));
  }

  /** Our grant at acme-api, with further form fields. */
  public Reply grant(String key, Map<String, String> fields) {
    return Http.form(
        uri("/protocol/openid-connect/token"),
        Map.of(),
        and(Map.of("grant_type", GRANT, "client_id", "acme-api", "access_key", key), fields));
  }

  /** Keycloak's own token exchange of a JWT, by acme-gateway, which would be given it. */
  public Reply tradeUp(String jwt) {
    return oidc(
        "token",
        basic("acme-gateway", "acme-gateway-demo-secret"),
        Map.of(
            "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token", jwt,
            "subject_token_type", "urn:ietf:params:oauth:token-type:access_token"));
  }

  /** The JWT that our grant gives. */
  public String jwt(TestKey key) {
    return grant(key.text(), Map.of()).expect(200).text("access_token");
  }

  /** The claims of a JWT, its signature not looked at. */
  public static JsonNode claims(String jwt) {
    try {
      return JSON.readTree(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    admin("DELETE", "", null);
  }

  private static Reply remember(Reply reply) {
    if (reply.status() / 100 == 2 && !reply.text("secret").isEmpty()) {
      ShownSecrets.add(reply.text("secret"));
    }
    return reply;
  }
}
