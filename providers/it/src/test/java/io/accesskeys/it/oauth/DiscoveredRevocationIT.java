package io.accesskeys.it.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A library that reads the revocation endpoint from a discovery document revokes keys there, and
 * every other token as at Keycloak's own endpoint.
 */
class DiscoveredRevocationIT {

  private static final String OURS = "/access-keys/revoke";
  private static final String KEYCLOAKS = "/protocol/openid-connect/revoke";

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String ORIGIN = "https://library.example";
  private static final Map<String, String> LIBRARY = TestRealm.basic("library", "library-secret");
  private static final Map<String, String> GATEWAY =
      TestRealm.basic("acme-gateway", "acme-gateway-demo-secret");

  /** The secret that {@code signing} signs its assertions with. */
  private static final String SIGNED = "0123456789abcdef0123456789abcdef";

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("discovered-revocation");
    String client =
        """
        {"clientId":"library","secret":"library-secret","directAccessGrantsEnabled":true,
         "webOrigins":["%s"],"defaultClientScopes":["basic"],"optionalClientScopes":["offline_access"],
         "attributes":{"client.use.lightweight.access.token.enabled":"false"},
         "protocolMappers":[{"name":"gateway","protocol":"openid-connect",
          "protocolMapper":"oidc-audience-mapper","config":{"included.client.audience":"acme-gateway",
          "access.token.claim":"true","introspection.token.claim":"true"}}]}"""
            .formatted(ORIGIN);
    realm.admin("POST", "/clients", client).expect(201);
    realm
        .admin(
            "POST",
            "/clients",
            "{\"clientId\":\"signing\",\"secret\":\""
                + SIGNED
                + "\",\"clientAuthenticatorType\":"
                + "\"client-secret-jwt\",\"directAccessGrantsEnabled\":true}")
        .expect(201);
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  /** A form as it is; the answer need not be one of ours. */
  private static Reply post(String endpoint, Map<String, String> headers, String form) {
    return Http.anything("POST", realm.uri(endpoint), headers, FORM, form);
  }

  private static Reply revoke(String endpoint, Map<String, String> headers, String token) {
    return post(endpoint, headers, Http.encode(Map.of("token", token)));
  }

  private static JsonNode signIn(String scope) {
    return realm
        .oidc(
            "token",
            LIBRARY,
            Map.of(
                "grant_type", "password", "username", "alice", "password", "alice", "scope", scope))
        .expect(200)
        .json();
  }

  private static Reply refresh(JsonNode tokens) {
    return realm.oidc(
        "token",
        LIBRARY,
        Map.of(
            "grant_type", "refresh_token", "refresh_token", tokens.path("refresh_token").asText()));
  }

  private static boolean active(JsonNode tokens) {
    return realm
        .introspect(tokens.path("access_token").asText(), Map.of())
        .expect(200)
        .json()
        .path("active")
        .asBoolean();
  }

  private static JsonNode lastEvent(String type) {
    return realm.admin("GET", "/events?max=1&type=" + type, null).expect(200).json().path(0);
  }

  private static void assertRevoked(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
  }

  /** What a client can see of an answer. */
  private static Map<String, String> seen(Reply reply) {
    Map<String, String> seen = new TreeMap<>();
    reply
        .response()
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (name.startsWith("access-control-")
                  || List.of("content-type", "cache-control", "www-authenticate").contains(name)) {
                seen.put(name, Stream.of(values.get(0).split(", ")).sorted().toList().toString());
              }
            });
    seen.put("status", String.valueOf(reply.status()));
    seen.put("body", reply.body());
    return seen;
  }

  @Nested
  class TheDocuments {

    private static final List<String> BELOW_THE_REALM =
        List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server");

    private static Stream<URI> documents() {
      return Stream.concat(
          BELOW_THE_REALM.stream().map(path -> realm.uri(path)),
          Stream.of(realm.root("/.well-known/oauth-authorization-server/realms/" + realm.name())));
    }

    private static ObjectNode read(URI document) {
      return (ObjectNode) Http.get(document, Map.of()).expect(200).json();
    }

    @Test
    void nameOurEndpointWhereThePolicySaysSoAndNothingElseChanges() {
      List<ObjectNode> before = documents().map(TheDocuments::read).toList();
      before.forEach(
          document ->
              assertThat(document.path("revocation_endpoint").asText()).endsWith(KEYCLOAKS));

      realm.policy(Map.of("revocation-endpoint", "access-keys")).expect(204);

      List<ObjectNode> named = documents().map(TheDocuments::read).toList();
      String ours = realm.uri(OURS).toString();
      for (int i = 0; i < named.size(); i++) {
        ObjectNode expected = before.get(i).deepCopy();
        expected.put("revocation_endpoint", ours);
        ((ObjectNode) expected.path("mtls_endpoint_aliases")).put("revocation_endpoint", ours);
        assertThat(named.get(i)).isEqualTo(expected);
      }
      theEndpointIsWhereAFrontendUrlPutsIt();
      aLibraryThatReadsThemRevokesAKey(URI.create(ours));

      realm.policy(Map.of()).expect(204);
      assertThat(documents().map(TheDocuments::read).toList()).isEqualTo(before);
    }

    private void theEndpointIsWhereAFrontendUrlPutsIt() {
      realm.change("", Map.of("attributes", Map.of("frontendUrl", "https://id.example/auth")));
      documents()
          .map(TheDocuments::read)
          .forEach(
              document ->
                  assertThat(document.path("revocation_endpoint").asText())
                      .isEqualTo("https://id.example/auth/realms/" + realm.name() + OURS));
      realm.change("", Map.of("attributes", Map.of("frontendUrl", "")));
    }

    private void aLibraryThatReadsThemRevokesAKey(URI endpoint) {
      TestKey key = realm.apiKey("orders:read");
      Map<String, String> worker = TestRealm.basic("billing-worker", "billing-worker-demo-secret");
      assertRevoked(
          Http.form(
              endpoint, worker, Map.of("token", key.text(), "token_type_hint", "access_token")));
      assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
    }
  }

  /** The same at both endpoints: what Keycloak does is what ours passes on. */
  @Nested
  class KeycloaksOwnTokens {

    @ParameterizedTest
    @ValueSource(strings = {OURS, KEYCLOAKS})
    void aRefreshTokenIsRevokedWithItsSession(String endpoint) {
      JsonNode tokens = signIn("openid");
      assertThat(active(tokens)).isTrue();
      Map<String, String> hinted =
          Map.of("token", tokens.path("refresh_token").asText(), "token_type_hint", "access_token");

      assertRevoked(post(endpoint, LIBRARY, Http.encode(hinted)));

      assertThat(refresh(tokens).text("error")).isEqualTo("invalid_grant");
      assertThat(active(tokens)).isFalse();
      JsonNode event = lastEvent("REVOKE_GRANT");
      assertThat(event.path("clientId").asText()).isEqualTo("library");
      assertThat(event.path("details").path("revoked_client").asText()).isEqualTo("library");
      assertThat(event.path("details").path("refresh_token_type").asText()).isEqualTo("Refresh");
    }

    @ParameterizedTest
    @ValueSource(strings = {OURS, KEYCLOAKS})
    void anAccessTokenIsRevokedAndItsSessionLives(String endpoint) {
      JsonNode tokens = signIn("openid");
      JsonNode others = signIn("openid");

      assertRevoked(revoke(endpoint, LIBRARY, tokens.path("access_token").asText()));

      assertThat(active(tokens)).isFalse();
      assertThat(active(others)).isTrue();
      assertThat(active(refresh(tokens).expect(200).json())).isTrue();
      assertThat(lastEvent("REVOKE_GRANT").path("details").has("token_id")).isTrue();
      assertRevoked(revoke(endpoint, LIBRARY, tokens.path("access_token").asText()));
    }

    @ParameterizedTest
    @ValueSource(strings = {OURS, KEYCLOAKS})
    void anOfflineTokenIsRevokedWithItsOfflineSession(String endpoint) {
      JsonNode tokens = signIn("openid offline_access");
      String sessions =
          realm.user("alice") + "/offline-sessions/" + TestRealm.id(realm.client("library"));
      assertThat(realm.admin("GET", sessions, null).expect(200).json()).isNotEmpty();

      assertRevoked(revoke(endpoint, LIBRARY, tokens.path("refresh_token").asText()));

      assertThat(realm.admin("GET", sessions, null).expect(200).json()).isEmpty();
      assertThat(refresh(tokens).text("error")).isEqualTo("invalid_grant");
      assertThat(lastEvent("REVOKE_GRANT").path("details").path("refresh_token_type").asText())
          .isEqualTo("Offline");
    }

    @ParameterizedTest
    @ValueSource(strings = {OURS, KEYCLOAKS})
    void noOtherClientRevokesThem(String endpoint) {
      JsonNode tokens = signIn("openid");
      for (String token : List.of("access_token", "refresh_token")) {
        Reply refused = revoke(endpoint, GATEWAY, tokens.path(token).asText());
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("error")).isEqualTo("invalid_request");
        assertThat(refused.text("error_description")).isEqualTo("Unmatching clients");
      }
      assertThat(lastEvent("REVOKE_GRANT_ERROR").path("error").asText())
          .isEqualTo("invalid_request");
      assertThat(active(tokens)).isTrue();
      refresh(tokens).expect(200);
    }

    /** An assertion of a client is good once: it must not be used up before Keycloak sees it. */
    @ParameterizedTest
    @ValueSource(strings = {OURS, KEYCLOAKS})
    void aClientAuthenticatesByAnAssertionThatIsGoodOnce(String endpoint) {
      Map<String, String> login =
          Map.of("grant_type", "password", "username", "alice", "password", "alice");
      String token =
          realm
              .oidc("token", Map.of(), TestRealm.and(login, assertion()))
              .expect(200)
              .text("access_token");
      Map<String, String> once = TestRealm.and(assertion(), Map.of("token", token));

      assertRevoked(post(endpoint, Map.of(), Http.encode(once)));
      Reply again = post(endpoint, Map.of(), Http.encode(once));
      assertThat(again.status()).isEqualTo(400);
      assertThat(again.text("error")).isEqualTo("invalid_client");
    }

    private static Map<String, String> assertion() {
      String claims =
          "{\"iss\":\"signing\",\"sub\":\"signing\",\"aud\":\"%s\",\"jti\":\"%s\",\"exp\":%d}"
              .formatted(
                  realm.uri(""), UUID.randomUUID(), Instant.now().plusSeconds(30).getEpochSecond());
      String signed =
          base64("{\"alg\":\"HS256\"}".getBytes(UTF_8)) + "." + base64(claims.getBytes(UTF_8));
      try {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SIGNED.getBytes(UTF_8), "HmacSHA256"));
        return Map.of(
            "client_assertion_type",
            "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion",
            signed + "." + base64(mac.doFinal(signed.getBytes(UTF_8))));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }

    private static String base64(byte[] bytes) {
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Test
    void otherRequestsAreAnsweredWordForWord() {
      String idToken = signIn("openid").path("id_token").asText();
      List<String> forms =
          List.of(
              "",
              "token=",
              "token=unknown",
              "token=a.b.c",
              "token=kcpat_AAAA",
              "token=x&token=y",
              "token=x&client_id=a&client_id=b",
              "tokens=x",
              "token=" + idToken);
      List<Map<String, String>> headers =
          List.of(
              LIBRARY,
              TestRealm.and(LIBRARY, Map.of("Origin", ORIGIN)),
              TestRealm.and(LIBRARY, Map.of("Origin", "https://other.example")),
              TestRealm.basic("library", "wrong"),
              TestRealm.and(TestRealm.basic("library", "wrong"), Map.of("Origin", ORIGIN)),
              Map.of());
      for (String form : forms) {
        for (Map<String, String> sent : headers) {
          assertThat(seen(post(OURS, sent, form)))
              .as(form + " " + sent.keySet())
              .isEqualTo(seen(post(KEYCLOAKS, sent, form)));
        }
      }
      assertThat(post(OURS, LIBRARY, "token=unknown").text("error")).isEqualTo("invalid_token");
      assertThat(post(OURS, LIBRARY, "token=" + idToken).text("error"))
          .isEqualTo("unsupported_token_type");
      assertThat(post(OURS, LIBRARY, "token=x&token=y").text("error_description"))
          .isEqualTo("duplicated parameter");
      assertThat(post(OURS, LIBRARY, "").text("error_description")).isEqualTo("Token not provided");
      assertThat(lastEvent("REVOKE_GRANT_ERROR").path("details").path("reason").asText())
          .isEqualTo("Token not provided");
    }

    @Test
    void aBrowserIsToldTheSame() {
      Map<String, String> asked = Map.of("Origin", ORIGIN, "Access-Control-Request-Method", "POST");
      Reply ours = Http.anything("OPTIONS", realm.uri(OURS), asked, null, "");
      Reply keycloaks = Http.anything("OPTIONS", realm.uri(KEYCLOAKS), asked, null, "");
      assertThat(ours.status()).isEqualTo(200);
      assertThat(ours.header("Access-Control-Allow-Origin")).hasValue(ORIGIN);
      assertThat(seen(ours)).isEqualTo(seen(keycloaks));
    }
  }

  /** A page in a browser, as it may do with Keycloak's tokens. */
  @Test
  void aKeyIsRevokedFromAWebOriginOfItsClientOnly() {
    realm.change(realm.client("acme-api"), Map.of("webOrigins", List.of(ORIGIN)));
    TestKey key = realm.pat("alice", "orders:read");
    String form = Http.encode(Map.of("client_id", "acme-api", "token", key.text()));

    Reply foreign = post(OURS, Map.of("Origin", "https://other.example"), form);
    assertThat(foreign.status()).isEqualTo(403);
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);

    Reply own = post(OURS, Map.of("Origin", ORIGIN), form);
    assertRevoked(own);
    assertThat(own.header("Access-Control-Allow-Origin")).hasValue(ORIGIN);
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
  }

  @Test
  void aKeyWithAnyParameterTwiceIsNotRevoked() {
    TestKey key = realm.pat("alice", "orders:read");
    for (String form :
        List.of(
            "client_id=acme-api&token=%1$s&token=%1$s",
            "client_id=acme-api&token=%s&token=x",
            "client_id=acme-api&token=%s&token_type_hint=a&token_type_hint=b")) {
      Reply refused = post(OURS, Map.of(), form.formatted(key.text()));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("error")).isEqualTo("invalid_request");
    }
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);
  }

  /** Keycloak's server answers 500, and logs the value: a key would be in the log of this test. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "token=%%zz",
        "token=%s%%",
        "token=%s%%4",
        "token=%s%%zz&client_id=acme-api",
        "client_id=acme-api&%%g0=x&token=%s",
        "client_id=acme-api&token=%s&x=%%"
      })
  void aFormThatCannotBeDecodedIsRefused(String form) {
    TestKey key = realm.pat("alice", "orders:read");
    Reply refused = post(OURS, Map.of(), form.formatted(key.text()));
    assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
    assertThat(refused.text("error")).isEqualTo("invalid_request");
    assertThat(refused.text("error_description")).contains("hexadecimal");
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);
  }

  @Test
  void aFormOfTooManyFieldsIsRefusedAndTheConnectionGoesOn() {
    String many = "a=b&".repeat(1_000);
    assertThat(post(OURS, LIBRARY, many + "token=x").text("error")).isEqualTo("invalid_request");
    assertThat(post(OURS, LIBRARY, "a=b&".repeat(900) + "token=x").status()).isEqualTo(400);
    assertThat(post(OURS, LIBRARY, "token=%61").text("error")).isEqualTo("invalid_token");
    URI nowhere = realm.root("/realms/nowhere" + OURS);
    for (int i = 0; i < 3; i++) {
      assertThat(Http.anything("POST", nowhere, LIBRARY, FORM, many).status()).isEqualTo(404);
      assertThat(post(OURS, LIBRARY, "token=y").text("error")).isEqualTo("invalid_token");
    }
  }
}
