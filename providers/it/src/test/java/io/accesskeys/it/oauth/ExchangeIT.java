package io.accesskeys.it.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8693: a gateway that was sent a key trades it for a JWT that it can pass on. */
@Contract
class ExchangeIT {

  private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
  private static final String OPTED_IN = "standard.token.exchange.enabled";
  private static final String ORDERS =
      "[{\"type\":\"orders\",\"actions\":[\"read\",\"write\"],\"region\":\"eu\"}]";

  private static final ObjectMapper JSON = new ObjectMapper();

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("exchange");
    optIn("acme-gateway");
    optIn("billing-worker");
    realm.change(
        "/events/config",
        Map.of("enabledEventTypes", List.of("TOKEN_EXCHANGE", "TOKEN_EXCHANGE_ERROR")));
    realm.attribute("acme-api", "access-keys.authorization-details-types", "orders");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @Test
  void givesTheApiClientsTokenToAClientInTheAudience() {
    TestKey key = realm.pat("alice", "orders:read");

    Reply reply = exchange(key.text(), Map.of()).expect(200);
    JsonNode claims = TestRealm.claims(reply.text("access_token"));

    assertThat(reply.text("issued_token_type")).isEqualTo(ACCESS_TOKEN);
    assertThat(reply.text("token_type")).isEqualTo("Bearer");
    assertThat(reply.text("scope")).isEqualTo("orders:read");
    assertThat(reply.json().has("refresh_token")).isFalse();
    assertThat(reply.json().has("id_token")).isFalse();
    assertThat(claims.path("azp").asText()).isEqualTo("acme-api");
    assertThat(claims.path("aud").asText()).isEqualTo("acme-gateway");
    assertThat(claims.path("sub").asText()).isEqualTo(TestRealm.id(realm.user("alice")));
    assertThat(claims.path("scope").asText()).isEqualTo("orders:read");
    assertThat(claims.path("access_key_id").asText()).isEqualTo(key.id());
    assertThat(claims.path("access_key_caller").asText()).isEqualTo("acme-gateway");
    assertThat(claims.has("sid")).isFalse();
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(300);
    assertThat(claims.path("realm_access").path("roles"))
        .extracting(JsonNode::asText)
        .containsExactly("orders:read");
  }

  @Test
  void leavesAnEventOfTheCaller() {
    TestKey key = realm.apiKey("orders:read");
    exchange(key.text(), Map.of()).expect(200);

    JsonNode event =
        realm.admin("GET", "/events?type=TOKEN_EXCHANGE&max=1", null).expect(200).json().path(0);
    assertThat(event.path("clientId").asText()).isEqualTo("acme-gateway");
    assertThat(event.path("details").path("access_key_id").asText()).isEqualTo(key.id());
  }

  @Test
  void storesNoSession() {
    exchange(realm.pat("alice", "orders:read").text(), Map.of()).expect(200);

    assertThat(
            realm.admin("GET", realm.client("acme-api") + "/user-sessions", null).json().toString())
        .isEqualTo("[]");
  }

  @Test
  void isRefusedToAClientThatIsNotInTheAudience() {
    Reply reply =
        exchangeAs(
            "billing-worker",
            "billing-worker-demo-secret",
            realm.apiKey("orders:read").text(),
            Map.of());

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("invalid_request");
    assertThat(
            realm.admin("GET", "/events?type=TOKEN_EXCHANGE_ERROR&max=5", null).expect(200).body())
        .contains("wrong_audience");
  }

  @Test
  void isForClientsThatHaveOptedIn() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.attribute("acme-gateway", OPTED_IN, "false");
    try {
      assertThat(exchange(key.text(), Map.of()).text("error")).isEqualTo("unauthorized_client");
    } finally {
      optIn("acme-gateway");
    }
  }

  @Test
  void isNotForPublicClients() {
    Reply reply =
        Http.form(
            realm.uri("/protocol/openid-connect/token"),
            Map.of(),
            TestRealm.and(
                request(realm.pat("alice", "orders:read").text()),
                Map.of("client_id", "acme-api")));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("unauthorized_client");
  }

  @Test
  void narrowsTheScope() {
    TestKey key = realm.pat("alice", "orders:read", "orders:write");

    Reply reply = exchange(key.text(), Map.of("scope", "orders:write")).expect(200);

    assertThat(TestRealm.claims(reply.text("access_token")).path("scope").asText())
        .isEqualTo("orders:write");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders:write", "openid", "offline_access", "orders:read nope"})
  void neverWidensTheScope(String scope) {
    TestKey key = realm.pat("alice", "orders:read");
    Reply reply = exchange(key.text(), Map.of("scope", scope));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("invalid_scope");
    JsonNode denial =
        realm.admin("GET", "/events?type=TOKEN_EXCHANGE_ERROR&max=1", null).json().path(0);
    assertThat(denial.path("details").path("reason").asText()).isEqualTo("insufficient_scope");
    assertThat(denial.path("details").path("access_key_id").asText()).isEqualTo(key.id());
  }

  @Test
  void narrowsTheAuthorizationDetails() {
    TestKey key = limited(ORDERS);
    String less = "[{\"type\":\"orders\",\"actions\":[\"read\"],\"region\":\"eu\"}]";

    Reply all = exchange(key.text(), Map.of()).expect(200);
    Reply some = exchange(key.text(), Map.of("authorization_details", less)).expect(200);

    assertThat(all.json().path("authorization_details")).isEqualTo(json(ORDERS));
    assertThat(some.json().path("authorization_details")).isEqualTo(json(less));
    String jwt = some.text("access_token");
    assertThat(TestRealm.claims(jwt).path("authorization_details")).isEqualTo(json(less));
    JsonNode introspected = realm.introspect(jwt, Map.of()).expect(200).json();
    assertThat(introspected.path("active").asBoolean()).isTrue();
    assertThat(introspected.path("authorization_details")).isEqualTo(json(less));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "[{\"type\":\"orders\",\"actions\":[\"delete\"],\"region\":\"eu\"}]",
        "[{\"type\":\"orders\",\"actions\":[\"read\"]}]",
        "[{\"type\":\"payments\"}]",
        "[{\"actions\":[\"read\"]}]",
        "[{\"type\":\"orders\"",
        "null"
      })
  void neverWidensTheAuthorizationDetails(String details) {
    for (Reply reply :
        List.of(
            exchange(limited(ORDERS).text(), Map.of("authorization_details", details)),
            realm.grant(limited(ORDERS).text(), Map.of("authorization_details", details)))) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.text("error")).isEqualTo("invalid_authorization_details");
    }
  }

  @Test
  void aKeyWithoutDetailsIsNarrowedToTypesThatTheApiKnows() {
    String key = realm.pat("alice", "orders:read").text();
    Reply known = exchange(key, Map.of("authorization_details", ORDERS)).expect(200);
    Reply unknown = exchange(key, Map.of("authorization_details", "[{\"type\":\"payments\"}]"));

    assertThat(known.json().path("authorization_details")).isEqualTo(json(ORDERS));
    assertThat(unknown.text("error")).isEqualTo("invalid_authorization_details");
  }

  @Test
  void aTokenThatSaysMoreThanItsKeyStillDoesIsInactive() {
    TestKey scopes = realm.pat("alice", "orders:read", "orders:write");
    TestKey details = limited(ORDERS);
    String ofScopes = exchange(scopes.text(), Map.of()).expect(200).text("access_token");
    String ofDetails = exchange(details.text(), Map.of()).expect(200).text("access_token");
    assertThat(active(ofScopes)).isTrue();
    assertThat(active(ofDetails)).isTrue();

    realm.own("alice", "PATCH", scopes, "", "{\"scopes\":[\"orders:read\"]}").expect(200);
    realm
        .own(
            "alice",
            "PATCH",
            details,
            "",
            "{\"authorizationDetails\":[{\"type\":\"orders\",\"actions\":[\"read\"],\"region\":\"eu\"}]}")
        .expect(200);

    assertThat(active(ofScopes)).isFalse();
    assertThat(active(ofDetails)).isFalse();
  }

  @Test
  void narrowsTheAudience() {
    Reply reply =
        exchange(realm.pat("alice", "orders:read").text(), Map.of("audience", "acme-gateway"))
            .expect(200);

    assertThat(TestRealm.claims(reply.text("access_token")).path("aud").asText())
        .isEqualTo("acme-gateway");
  }

  @ParameterizedTest
  @ValueSource(strings = {"billing-worker", "account", "realm-management", "nobody", ""})
  void neverWidensTheAudience(String audience) {
    Reply reply = exchange(realm.pat("alice", "orders:read").text(), Map.of("audience", audience));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("invalid_target");
  }

  /**
   * Keycloak leaves out what is longer than it keeps: the request for less would be one for all.
   */
  @ParameterizedTest
  @CsvSource({
    "scope, invalid_scope",
    "authorization_details, invalid_authorization_details",
    "audience, invalid_target",
    "resource, invalid_target",
    "requested_token_type, invalid_request",
    "actor_token, invalid_request",
    "client_headers, invalid_request"
  })
  void whatIsLongIsNotLost(String parameter, String error) {
    Reply reply =
        exchange(realm.pat("alice", "orders:read").text(), Map.of(parameter, "x".repeat(4_001)));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo(error);
  }

  @Test
  void aKeyWithControlCharactersIsNone() {
    String key = realm.pat("alice", "orders:read").text();
    for (String damaged : List.of(key + "\n", "\t" + key, key.replace("_", "_\0"))) {
      assertThat(exchange(damaged, Map.of()).text("error")).isEqualTo("invalid_request");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "requested_token_type, urn:ietf:params:oauth:token-type:refresh_token, invalid_request",
    "requested_token_type, urn:ietf:params:oauth:token-type:id_token, invalid_request",
    "requested_token_type, urn:ietf:params:oauth:token-type:saml2, invalid_request",
    "requested_subject, bob, invalid_request",
    "requested_issuer, github, invalid_request",
    "subject_issuer, github, invalid_request",
    "actor_token, x, invalid_request",
    "resource, https://api.example.com, invalid_target"
  })
  void whatItCannotDoIsRefused(String parameter, String value, String error) {
    Reply reply = exchange(realm.pat("alice", "orders:read").text(), Map.of(parameter, value));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo(error);
  }

  @Test
  void restrictionsLookAtWhatTheCallerTells() {
    String key = realm.patFrom("alice", "203.0.113.0/24").text();

    assertThat(exchange(key, Map.of()).text("error")).isEqualTo("invalid_request");
    assertThat(exchange(key, Map.of("client_ip", "198.51.100.1")).status()).isEqualTo(400);
    exchange(key, Map.of("client_ip", "203.0.113.9")).expect(200);
  }

  @Test
  void theTokenIsWorthNothingAtKeycloakAndCannotBeTradedUp() {
    String jwt =
        exchange(realm.pat("alice", "orders:read").text(), Map.of())
            .expect(200)
            .text("access_token");
    Map<String, String> bearer = TestRealm.bearer(jwt);

    assertThat(realm.adminAs(bearer, "GET", "/users", null).status()).isEqualTo(403);
    assertThat(
            Http.get(
                    realm.uri("/account/"),
                    TestRealm.and(bearer, Map.of("Accept", "application/json")))
                .status())
        .isEqualTo(401);
    assertThat(Http.get(realm.uri("/access-keys"), bearer).status()).isEqualTo(401);
    assertThat(Http.get(realm.uri("/protocol/openid-connect/userinfo"), bearer).status())
        .isBetween(400, 499);
    Reply again = exchange(jwt, Map.of("subject_token_type", ACCESS_TOKEN));
    assertThat(again.status()).isEqualTo(403);
    assertThat(again.text("error")).isEqualTo("access_denied");
    assertThat(exchange(jwt, Map.of()).text("error")).isEqualTo("access_denied");
  }

  @Test
  void theTokenDiesWithItsKey() {
    TestKey key = realm.pat("alice", "orders:read");
    String jwt = exchange(key.text(), Map.of()).expect(200).text("access_token");
    assertThat(active(jwt)).isTrue();

    realm.revoke("alice", key).expect(204);

    assertThat(active(jwt)).isFalse();
    Reply revoked = exchange(key.text(), Map.of());
    assertThat(revoked.status()).isEqualTo(400);
    assertThat(revoked.text("error")).isEqualTo("invalid_request");
  }

  @Test
  void anApiClientThatRequiresConsentIsLeftAlone() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.change(realm.client("acme-api"), Map.of("consentRequired", true));
    try {
      assertThat(exchange(key.text(), Map.of()).text("error")).isEqualTo("unauthorized_client");
    } finally {
      realm.change(realm.client("acme-api"), Map.of("consentRequired", false));
    }
  }

  @Test
  void anApiClientThatBindsItsTokensToTheirSenderIsLeftAlone() {
    TestKey key = realm.pat("alice", "orders:read");
    for (String binding :
        List.of("tls.client.certificate.bound.access.tokens", "dpop.bound.access.tokens")) {
      realm.attribute("acme-api", binding, "true");
      try {
        assertThat(exchange(key.text(), Map.of()).text("error")).isEqualTo("unauthorized_client");
      } finally {
        realm.attribute("acme-api", binding, "false");
      }
    }
  }

  @Test
  void aMalformedKeyAndNoKeyAreInvalidRequests() {
    assertThat(exchange("kcpat_nonsense", Map.of()).text("error")).isEqualTo("invalid_request");
    assertThat(exchange("", Map.of()).text("error")).isEqualTo("invalid_request");
  }

  @Test
  void anotherTokenTypeIsKeycloaksBusiness() {
    Reply reply =
        exchange(
            realm.pat("alice", "orders:read").text(), Map.of("subject_token_type", ACCESS_TOKEN));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error_description")).isEqualTo("Invalid token");
  }

  private static void optIn(String clientId) {
    realm.attribute(clientId, OPTED_IN, "true");
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static TestKey limited(String details) {
    return realm.pat(
        "alice", Map.of("scopes", List.of("orders:read"), "authorizationDetails", json(details)));
  }

  private static boolean active(String token) {
    return realm.introspect(token, Map.of()).expect(200).json().path("active").asBoolean();
  }

  private static Map<String, String> request(String key) {
    return Map.of(
        "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token", key,
        "subject_token_type", "urn:access-keys:token-type:access-key");
  }

  private static Reply exchange(String key, Map<String, String> fields) {
    return exchangeAs("acme-gateway", "acme-gateway-demo-secret", key, fields);
  }

  private static Reply exchangeAs(
      String client, String secret, String key, Map<String, String> fields) {
    return Http.form(
        realm.uri("/protocol/openid-connect/token"),
        TestRealm.basic(client, secret),
        TestRealm.and(request(key), fields));
  }
}
