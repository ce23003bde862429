package io.accesskeys.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.Nginx;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key over plain HTTP from outside, through a real proxy that says so. */
@RequiresTool("nginx")
class TransportIT {

  private static final String PROXY =
      """
      server {
        listen 127.0.0.1:@port@;
        location / {
          proxy_pass @keycloak@;
          proxy_set_header Host @host@;
          proxy_set_header X-Forwarded-Host @host@;
          proxy_set_header X-Forwarded-Port @number@;
          proxy_set_header X-Forwarded-Proto @proto@;
          proxy_set_header X-Forwarded-For 198.51.100.20;
        }
      }
      """;

  private static Nginx plain;
  private static Nginx secure;

  private TestRealm realm;
  private TestKey key;

  @BeforeAll
  static void startProxies() {
    plain = proxy("http");
    secure = proxy("https");
  }

  @AfterAll
  static void endProxies() {
    plain.close();
    secure.close();
  }

  @BeforeEach
  void create() {
    realm = TestRealm.create("transport");
    key = realm.pat("alice", "orders:read");
  }

  @AfterEach
  void remove() {
    realm.close();
  }

  @Test
  void overHttpsTheKeyIsGood() {
    assertThat(verify(secure).status()).isEqualTo(200);
    assertThat(introspect(secure).json().path("active").asBoolean()).isTrue();
    assertThat(grant(secure).status()).isEqualTo(200);
  }

  /** Traefik says so of a WebSocket, and letters have no case in a scheme. */
  @Test
  void whatIsAsGoodAsHttpsIsTakenForIt() {
    for (String proto : List.of("wss", "WSS", "HTTPS", "Https", "https, http")) {
      Map<String, String> headers = outside(proto);
      Reply reply = Http.get(realm.uri("/access-keys/verify?client=acme-api&jwt=true"), headers);
      String jwt = reply.expect(200).header("X-Auth-Jwt").orElse("");
      assertThat(TestRealm.claims(jwt).path("iss").asText())
          .as(proto)
          .isEqualTo("https://" + realm.uri("").getHost() + "/realms/transport");
      assertThat(Http.get(realm.uri("/access-keys/self"), headers).status()).isEqualTo(200);
    }
  }

  @Test
  void whatIsAsBadAsHttpIsTakenForThat() {
    for (String proto : List.of("ws", "HTTP", "http, https")) {
      assertThat(
              Http.get(realm.uri("/access-keys/verify?client=acme-api"), outside(proto)).status())
          .as(proto)
          .isEqualTo(401);
    }
  }

  private Map<String, String> outside(String proto) {
    return Map.of(
        "Authorization",
        "Bearer " + key.text(),
        "X-Forwarded-For",
        "198.51.100.20",
        "X-Forwarded-Proto",
        proto);
  }

  @Test
  void overPlainHttpForwardAuthRefusesAndLeavesAnEvent() {
    assertThat(verify(plain).status()).isEqualTo(401);
    assertEvent("INTROSPECT_TOKEN_ERROR", "verify");
  }

  @Test
  void overPlainHttpIntrospectionRefusesAndLeavesAnEvent() {
    Reply refused = introspect(plain);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).doesNotContain("\"active\":true");
    assertEvent("INTROSPECT_TOKEN_ERROR", "introspection");
  }

  @Test
  void overPlainHttpTheGrantRefusesAndLeavesAnEvent() {
    assertThat(grant(plain).status()).isEqualTo(403);
    assertEvent("OAUTH2_EXTENSION_GRANT_ERROR", "grant");
  }

  @Test
  void overPlainHttpTheExchangeRefusesAndLeavesAnEvent() {
    Reply refused =
        Http.form(
            through(plain, "/protocol/openid-connect/token"),
            TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"),
            Map.of(
                "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                "subject_token", key.text(),
                "subject_token_type", "urn:access-keys:token-type:access-key"));

    assertThat(refused.status()).isEqualTo(403);
    assertEvent("TOKEN_EXCHANGE_ERROR", "exchange");
  }

  @Test
  void overPlainHttpNoEndpointTakesAClientSecretAndEachLeavesAnEvent() {
    for (String endpoint : List.of("token", "token/introspect", "revoke")) {
      key = realm.clientSecret("billing-worker", Map.of());
      assertThat(asWorker(secure, endpoint).status()).as("the control").isEqualTo(200);
      assertThat(asWorker(plain, endpoint).status()).isEqualTo(403);
      assertEvent("CLIENT_LOGIN_ERROR", "client_authentication");
    }
  }

  @Test
  void overPlainHttpAHeaderThatCannotBeReadIsRefusedAsAnyOther() {
    String percent = "YmlsbGluZy13b3JrZXI6JXp6";
    Reply refused =
        Http.form(
            through(plain, "/protocol/openid-connect/token"),
            Map.of("Authorization", "Basic " + percent),
            Map.of("grant_type", "client_credentials"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("error_description")).isEqualTo("HTTPS required");
  }

  private Reply asWorker(Nginx proxy, String endpoint) {
    return Http.form(
        through(proxy, "/protocol/openid-connect/" + endpoint),
        TestRealm.basic("billing-worker", key.text()),
        Map.of("grant_type", "client_credentials", "token", "x"));
  }

  @Test
  void overPlainHttpADirectGrantIsRefusedAndLeavesAnEvent() {
    Map<String, String> fields =
        Map.of(
            "grant_type", "password",
            "client_id", "acme-api",
            "username", "alice",
            "password", key.text());
    URI uri = through(plain, "/protocol/openid-connect/token");
    assertThat(Http.form(uri, Map.of(), fields).status()).isEqualTo(403);
    assertEvent("LOGIN_ERROR", "direct_grant");
  }

  @Test
  void overPlainHttpSelfServiceShowsNoSecret() {
    URI keys = through(plain, "/access-keys");
    Map<String, String> alice = realm.as("alice");
    assertThat(Http.get(keys, alice).status())
        .as("the control: her token is good here")
        .isEqualTo(200);

    String body = "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\"}";
    assertHttpsRequired(Http.json("POST", keys, alice, body));
    assertHttpsRequired(
        Http.json("POST", through(plain, "/access-keys/" + key.id() + "/roll"), alice, "{}"));
    assertThat(Http.get(keys, alice).json()).hasSize(1);
  }

  @Test
  void overPlainHttpTheAdminApiShowsNoSecret() {
    URI keys = URI.create(plain.uri() + "/admin/realms/" + realm.name() + "/access-keys");
    assertThat(Http.get(keys, realm.asAdmin()).status()).isEqualTo(200);

    String body =
        "{\"kind\":\"api-key\",\"name\":\"x\",\"client\":\"acme-api\","
            + "\"owner\":{\"client\":\"billing-worker\"}}";
    assertHttpsRequired(Http.json("POST", keys, realm.asAdmin(), body));
  }

  private static void assertHttpsRequired(Reply refused) {
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("detail")).isEqualTo("HTTPS required");
  }

  @Test
  void whereTheRealmAllowsPlainHttpTheKeyIsGood() {
    realm.change("", Map.of("sslRequired", "none"));
    assertThat(verify(plain).status()).isEqualTo(200);
    assertThat(introspect(plain).json().path("active").asBoolean()).isTrue();
  }

  @Test
  void whereTheRealmAlwaysWantsHttpsLocalRequestsAreRefusedToo() {
    realm.change("", Map.of("sslRequired", "all"));
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
  }

  private void assertEvent(String type, String way) {
    JsonNode events = realm.admin("GET", "/events?type=" + type, null).expect(200).json();
    JsonNode details = events.path(0).path("details");
    assertThat(details.path("reason").asText()).isEqualTo("insecure_transport");
    assertThat(details.path("way").asText()).isEqualTo(way);
    assertThat(details.path("access_key_id").asText()).isEqualTo(key.id());
    assertThat(events.path(0).path("ipAddress").asText()).isEqualTo("198.51.100.20");
  }

  private Reply verify(Nginx proxy) {
    return Http.get(
        through(proxy, "/access-keys/verify?client=acme-api"), TestRealm.bearer(key.text()));
  }

  private Reply introspect(Nginx proxy) {
    return Http.form(
        through(proxy, "/protocol/openid-connect/token/introspect"),
        TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"),
        Map.of("token", key.text()));
  }

  private Reply grant(Nginx proxy) {
    return Http.form(
        through(proxy, "/protocol/openid-connect/token"),
        Map.of(),
        Map.of("grant_type", TestRealm.GRANT, "client_id", "acme-api", "access_key", key.text()));
  }

  private URI through(Nginx proxy, String path) {
    return URI.create(proxy.uri() + "/realms/" + realm.name() + path);
  }

  private static Nginx proxy(String proto) {
    URI keycloak = KeycloakServer.shared().baseUri();
    // The server's own name, so that tokens issued without the proxy have the same issuer.
    return Nginx.start(
        PROXY,
        Map.of(
            "keycloak", keycloak.toString(),
            "host", keycloak.getAuthority(),
            "number", String.valueOf(keycloak.getPort()),
            "proto", proto));
  }
}
