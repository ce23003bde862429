package io.accesskeys.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.LogDetail;
import io.accesskeys.bench.KeycloakServer.Settings;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What was not minted from a key introspects exactly as on a Keycloak without us: the same request
 * to two servers, one with the jar and one without, gets the same answer but for ids and times.
 */
class StockIT {

  private static final List<String> VOLATILE =
      List.of("jti", "sid", "sub", "exp", "iat", "auth_time", "iss", "session_state", "jwt");
  private static final String APP =
      """
      {"clientId": "stock-app", "secret": "stock-app", "directAccessGrantsEnabled": true,
       "serviceAccountsEnabled": true, "standardFlowEnabled": false,
       "protocolMappers": [{"name": "gateway", "protocol": "openid-connect",
         "protocolMapper": "oidc-audience-mapper", "config": {
           "included.client.audience": "acme-gateway", "access.token.claim": "true",
           "introspection.token.claim": "true"}}]}
      """;

  private static KeycloakServer bare;
  private static TestRealm ours;
  private static TestRealm stock;

  @BeforeAll
  static void startServerWithoutTheJar() {
    ours = prepared(TestRealm.create("stock"));
    bare =
        KeycloakServer.start(
            Settings.standard()
                .withProviders(List.of())
                .withRealms(List.of())
                .withLogDetail(LogDetail.INFO));
    stock = prepared(TestRealm.create(bare, "stock"));
  }

  @AfterAll
  static void end() {
    ours.close();
    bare.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token of a user",
        "lightweight token of the account console",
        "token of a service account",
        "token of another audience",
        "asked by a client outside the audience",
        "asked by a public client",
        "asked by nobody",
        "tampered token",
        "refresh token with its hint",
        "refresh token without a hint",
        "id token",
        "unknown hint",
        "no token",
        "garbage with dots",
        "token of a disabled user",
        "token after logout",
        "answer as a JWT",
        "claim like ours in a foreign token",
      })
  void introspectsAsWithoutUs(String request) {
    assertThat(masked(send(ours, request))).isEqualTo(masked(send(stock, request)));
  }

  private static Reply send(TestRealm realm, String request) {
    JsonNode user = tokens(realm, "password");
    String access = user.path("access_token").asText();
    return switch (request) {
      case "token of a user" -> realm.introspect(access, Map.of());
      case "lightweight token of the account console" ->
          realm.introspect(realm.as("bob").get("Authorization").substring(7), Map.of());
      case "token of a service account" ->
          realm.introspect(
              tokens(realm, "client_credentials").path("access_token").asText(), Map.of());
      case "token of another audience" ->
          introspect(
              realm, TestRealm.basic("billing-worker", "billing-worker-demo-secret"), access);
      case "asked by a client outside the audience" ->
          introspect(realm, TestRealm.basic("stock-app", "stock-app"), access);
      case "asked by a public client" ->
          Http.form(
              realm.uri("/protocol/openid-connect/token/introspect"),
              Map.of(),
              Map.of("client_id", "acme-api", "token", access));
      case "asked by nobody" -> introspect(realm, Map.of(), access);
      case "tampered token" ->
          realm.introspect(access.substring(0, access.length() - 8) + "AAAAAAAA", Map.of());
      case "refresh token with its hint" ->
          realm.introspect(
              user.path("refresh_token").asText(), Map.of("token_type_hint", "refresh_token"));
      case "refresh token without a hint" ->
          realm.introspect(user.path("refresh_token").asText(), Map.of());
      case "id token" -> realm.introspect(user.path("id_token").asText(), Map.of());
      case "unknown hint" -> realm.introspect(access, Map.of("token_type_hint", "nonsense"));
      case "no token" ->
          Http.form(
              realm.uri("/protocol/openid-connect/token/introspect"),
              TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"),
              Map.of());
      case "garbage with dots" -> realm.introspect("a.b.c", Map.of());
      case "token of a disabled user" -> {
        realm.change(realm.user("alice"), Map.of("enabled", false));
        try {
          yield realm.introspect(access, Map.of());
        } finally {
          realm.change(realm.user("alice"), Map.of("enabled", true));
        }
      }
      case "token after logout" -> {
        realm.admin("POST", realm.user("alice") + "/logout", "").expect(204);
        yield realm.introspect(access, Map.of());
      }
      case "answer as a JWT" -> {
        realm.change(
            realm.client("acme-gateway"),
            Map.of(
                "attributes",
                Map.of("client.introspection.response.allow.jwt.claim.enabled", "true")));
        Reply answer =
            introspect(
                realm,
                TestRealm.and(
                    TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"),
                    Map.of("Accept", "application/jwt")),
                access);
        assertThat(answer.json().has("jwt")).isTrue();
        yield answer;
      }
      case "claim like ours in a foreign token" -> {
        // A mapper writes a claim that looks almost like ours: nothing of ours looks at it.
        realm.admin(
            "POST",
            realm.client("stock-app") + "/protocol-mappers/models",
            "{\"name\":\"x\",\"protocol\":\"openid-connect\",\"protocolMapper\":"
                + "\"oidc-hardcoded-claim-mapper\",\"config\":{\"claim.name\":\"access_key\","
                + "\"claim.value\":\"x\",\"access.token.claim\":\"true\","
                + "\"introspection.token.claim\":\"true\"}}");
        yield realm.introspect(tokens(realm, "password").path("access_token").asText(), Map.of());
      }
      default -> throw new IllegalArgumentException(request);
    };
  }

  private static TestRealm prepared(TestRealm realm) {
    realm.admin("POST", "/clients", APP).expect(201);
    return realm;
  }

  private static JsonNode tokens(TestRealm realm, String grant) {
    return Http.form(
            realm.uri("/protocol/openid-connect/token"),
            TestRealm.basic("stock-app", "stock-app"),
            grant.equals("password")
                ? Map.of(
                    "grant_type", grant,
                    "username", "alice",
                    "password", "alice",
                    "scope", "openid")
                : Map.of("grant_type", grant))
        .expect(200)
        .json();
  }

  private static Reply introspect(TestRealm realm, Map<String, String> headers, String token) {
    return Http.form(
        realm.uri("/protocol/openid-connect/token/introspect"), headers, Map.of("token", token));
  }

  private static String masked(Reply reply) {
    JsonNode body = reply.json();
    if (body instanceof ObjectNode object) {
      VOLATILE.stream().filter(object::has).forEach(member -> object.put(member, "…"));
    }
    return reply.status()
        + " "
        + reply.header("Content-Type").orElse("")
        + " "
        + (reply.status() == 200 ? sorted(body) : body);
  }

  /** Keycloak gives roles and scopes in the order of its ids, which differ. */
  private static String sorted(JsonNode body) {
    return Stream.of(body.toString().split("[\\[\\]{}\", ]+", -1))
        .sorted()
        .collect(Collectors.joining(" "));
  }
}
