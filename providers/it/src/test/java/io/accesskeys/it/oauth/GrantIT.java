package io.accesskeys.it.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The own grant: what the JWT holds, and where it is worth nothing. */
@Contract
class GrantIT {

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("grant");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @Test
  void aPersonalAccessTokenGivesItsScopeAndOnlyTheRolesBehindIt() {
    Reply reply = realm.grant(realm.pat("alice", "orders:read").text(), Map.of()).expect(200);
    JsonNode claims = TestRealm.claims(reply.text("access_token"));

    assertThat(reply.json().has("refresh_token")).isFalse();
    assertThat(reply.json().has("id_token")).isFalse();
    assertThat(reply.text("scope")).isEqualTo("orders:read");
    assertThat(reply.header("Cache-Control")).hasValue("no-store");
    assertThat(claims.path("scope").asText()).isEqualTo("orders:read");
    assertThat(claims.path("azp").asText()).isEqualTo("acme-api");
    assertThat(claims.path("aud").asText()).isEqualTo("acme-gateway");
    assertThat(claims.path("sub").asText()).isEqualTo(TestRealm.id(realm.user("alice")));
    assertThat(claims.path("realm_access").path("roles"))
        .extracting(JsonNode::asText)
        .containsExactly("orders:read");
    assertThat(claims.has("resource_access")).isFalse();
    assertThat(claims.has("sid")).isFalse();
    assertThat(claims.path("access_key_kind").asText()).isEqualTo("personal-access-token");
    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(300);
  }

  @Test
  void anApiKeyActsAsTheServiceAccount() {
    JsonNode claims = TestRealm.claims(realm.jwt(realm.apiKey("orders:read", "orders:write")));

    assertThat(claims.path("sub").asText())
        .isEqualTo(TestRealm.id(realm.user("service-account-billing-worker")));
    assertThat(claims.path("realm_access").path("roles"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("orders:read", "orders:write");
    assertThat(claims.path("access_key_kind").asText()).isEqualTo("api-key");
  }

  @Test
  void theJwtEndsWithTheKey() {
    Instant expires = Instant.now().plusSeconds(120);
    TestKey key = realm.pat("alice", Map.of("scopes", List.of(), "expiresAt", expires.toString()));

    assertThat(TestRealm.claims(realm.jwt(key)).path("exp").asLong())
        .isEqualTo(expires.getEpochSecond());
  }

  @Test
  void theJwtEndsWithTheSecretThatGaveIt() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.roll("alice", key, "{\"overlap\":\"PT1M\"}", Map.of()).expect(200);
    JsonNode claims = TestRealm.claims(realm.jwt(key));

    assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isLessThanOrEqualTo(60);
  }

  @Test
  void noRealmSettingMakesTheJwtLiveLongerThanFifteenMinutes() {
    realm.change("", Map.of("accessTokenLifespan", 86_400));
    try {
      JsonNode claims = TestRealm.claims(realm.jwt(realm.pat("alice", "orders:read")));
      assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(900);
    } finally {
      realm.change("", Map.of("accessTokenLifespan", 300));
    }
  }

  @Test
  void aRequestMayNarrowTheScope() {
    TestKey key = realm.pat("alice", "orders:read", "orders:write");

    Reply reply = realm.grant(key.text(), Map.of("scope", "orders:write")).expect(200);

    assertThat(TestRealm.claims(reply.text("access_token")).path("scope").asText())
        .isEqualTo("orders:write");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders:write", "openid", "orders:read openid", "offline_access", "nope"})
  void aRequestForMoreThanTheKeyHasIsRefused(String scope) {
    Reply reply = realm.grant(realm.pat("alice", "orders:read").text(), Map.of("scope", scope));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("invalid_scope");
  }

  /**
   * Keycloak leaves out what is longer than it keeps: the request for less would be one for all.
   */
  @Test
  void aRequestForLessIsNotLostWhereItIsLong() {
    String key = realm.pat("alice", "orders:read", "orders:write").text();
    String scope = "orders:read" + " ".repeat(4_000);
    String details = "[{\"type\":\"" + "x".repeat(4_000) + "\"}]";

    assertThat(realm.grant(key, Map.of("scope", scope)).expect(200).text("scope"))
        .isEqualTo("orders:read");
    assertThat(realm.grant(key, Map.of("scope", "x".repeat(4_001))).text("error"))
        .isEqualTo("invalid_scope");
    assertThat(realm.grant(key, Map.of("authorization_details", details)).text("error"))
        .isEqualTo("invalid_authorization_details");
  }

  /** Keycloak takes control characters out of the form: the key would be good here only. */
  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\t", "\0", " "})
  void aKeyWithSomethingAroundItIsNone(String damage) {
    String key = realm.pat("alice", "orders:read").text();
    for (String damaged : List.of(key + damage, damage + key, key.replace("_", "_" + damage))) {
      assertThat(realm.grant(damaged, Map.of()).text("error")).isEqualTo("invalid_grant");
      assertThat(realm.introspect(damaged, Map.of()).expect(200).body())
          .isEqualTo("{\"active\":false}");
    }
    assertThat(realm.grant("", Map.of()).text("error")).isEqualTo("invalid_request");
  }

  @Test
  void aKeyWithoutScopesGivesATokenWithoutRights() {
    JsonNode claims = TestRealm.claims(realm.jwt(realm.pat("alice")));

    assertThat(claims.path("scope").asText()).isEmpty();
    assertThat(claims.has("realm_access")).isFalse();
  }

  @Test
  void aDefaultScopeThatNamesItselfIsNotAddedToWhatTheKeyWasGranted() {
    String profile = TestRealm.id(realm.clientScope("profile"));
    realm.admin("PUT", realm.client("acme-api") + "/default-client-scopes/" + profile, "");
    try {
      JsonNode claims = TestRealm.claims(realm.jwt(realm.pat("alice", "orders:read")));
      assertThat(claims.path("scope").asText()).isEqualTo("orders:read");
      assertThat(claims.has("given_name")).isFalse();
    } finally {
      realm.admin("DELETE", realm.client("acme-api") + "/default-client-scopes/" + profile, "");
    }
  }

  @Test
  void theClientMustBeTheOneTheKeyWasIssuedFor() {
    Reply reply =
        Http.form(
            realm.uri("/protocol/openid-connect/token"),
            TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"),
            Map.of(
                "grant_type",
                TestRealm.GRANT,
                "access_key",
                realm.pat("alice", "orders:read").text()));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("error")).isEqualTo("invalid_grant");
  }

  @Test
  void aClientThatRequiresConsentIsRefused() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.change(realm.client("acme-api"), Map.of("consentRequired", true));
    try {
      assertThat(realm.grant(key.text(), Map.of()).text("error")).isEqualTo("unauthorized_client");
    } finally {
      realm.change(realm.client("acme-api"), Map.of("consentRequired", false));
    }
  }

  @Test
  void theGrantIsAdvertised() {
    assertThat(
            Http.get(realm.uri("/.well-known/openid-configuration"), Map.of())
                .json()
                .path("grant_types_supported"))
        .extracting(JsonNode::asText)
        .contains(TestRealm.GRANT);
  }
}
