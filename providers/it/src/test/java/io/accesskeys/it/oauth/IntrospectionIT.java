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

/** RFC 7662: hints, who may ask, how long an answer may be kept, and answers as a JWT. */
@Contract
class IntrospectionIT {

  private static final Map<String, Object> FROM_THE_OFFICE =
      Map.of(
          "scopes",
          List.of("orders:read"),
          "restrictions",
          List.of(Map.of("type", "ip", "allow", List.of("203.0.113.0/24"))));

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("introspection");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"access_token", "access-key"})
  void hintsLeadToTheSameAnswer(String hint) {
    String key = realm.pat("alice", "orders:read").text();
    JsonNode plain = realm.introspect(key, Map.of()).expect(200).json();
    JsonNode hinted = realm.introspect(key, Map.of("token_type_hint", hint)).expect(200).json();

    assertThat(hinted.path("active").asBoolean()).isTrue();
    assertThat(hinted.path("scope")).isEqualTo(plain.path("scope"));
    assertThat(hinted.path("access_key")).isEqualTo(plain.path("access_key"));
  }

  @Test
  void ourHintAlsoIntrospectsOtherTokens() {
    String jwt = realm.jwt(realm.pat("alice", "orders:read"));

    assertThat(active(realm.introspect(jwt, Map.of("token_type_hint", "access-key")))).isTrue();
  }

  @Test
  void otherHintsAreKeycloaksBusiness() {
    String key = realm.pat("alice", "orders:read").text();

    assertThat(active(realm.introspect(key, Map.of("token_type_hint", "refresh_token")))).isFalse();
    assertThat(realm.introspect(key, Map.of("token_type_hint", "nonsense")).status())
        .isEqualTo(400);
  }

  @Test
  void whoIsNotInTheAudienceLearnsNothing() {
    String key = realm.pat("alice", "orders:read").text();
    Reply reply = introspectAs("billing-worker", "billing-worker-demo-secret", key, Map.of());

    assertThat(reply.expect(200).body()).isEqualTo("{\"active\":false}");
  }

  @Test
  void theApiClientItselfMayAsk() {
    realm.change(
        realm.client("acme-api"), Map.of("publicClient", false, "secret", "acme-api-secret"));
    try {
      String key = realm.pat("alice", "orders:read").text();
      assertThat(active(introspectAs("acme-api", "acme-api-secret", key, Map.of()))).isTrue();
    } finally {
      realm.change(realm.client("acme-api"), Map.of("publicClient", true));
    }
  }

  @Test
  void aPublicClientMayNotAsk() {
    Reply reply =
        Http.form(
            realm.uri("/protocol/openid-connect/token/introspect"),
            Map.of(),
            Map.of("client_id", "acme-api", "token", realm.pat("alice", "orders:read").text()));

    assertThat(reply.status()).isEqualTo(403);
  }

  /** Six seconds, by which the clock of a gateway may be wrong. */
  @Test
  void theAnswerForARestrictedKeyIsKeptOnlyAsLongAsClocksAreApart() {
    String key = realm.pat("alice", FROM_THE_OFFICE).text();

    assertThat(active(realm.introspect(key, Map.of()))).isFalse();
    assertThat(active(realm.introspect(key, Map.of("client_ip", "198.51.100.7")))).isFalse();
    JsonNode answer = realm.introspect(key, Map.of("client_ip", "203.0.113.9")).expect(200).json();
    assertThat(answer.path("active").asBoolean()).isTrue();
    assertSixSeconds(answer);
    String jwt = realm.jwt(realm.patFrom("alice", "127.0.0.0/8"));
    JsonNode ofJwt = realm.introspect(jwt, Map.of("client_ip", "127.0.0.1")).expect(200).json();
    assertThat(ofJwt.path("active").asBoolean()).isTrue();
    assertThat(ofJwt.path("exp").asLong() - Instant.now().getEpochSecond()).isBetween(2L, 6L);
  }

  @Test
  void theAnswerIsGoodForClocksThatDifferWhateverTheBudget() {
    realm.policy(Map.of("revocation-budget", "PT0S")).expect(204);
    try {
      String key = realm.pat("alice", "orders:read").text();
      assertSixSeconds(realm.introspect(key, Map.of()).expect(200).json());
    } finally {
      realm.policy(Map.of()).expect(204);
    }
  }

  private static void assertSixSeconds(JsonNode answer) {
    long now = Instant.now().getEpochSecond();
    assertThat(answer.path("exp").asLong() - now).as("for a fast clock").isBetween(2L, 6L);
    assertThat(now - answer.path("iat").asLong()).as("for a slow clock").isBetween(6L, 10L);
    assertThat(life(answer)).isEqualTo(12);
  }

  @Test
  void theAnswerForARetiringSecretEndsWithIt() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.roll("alice", key, "{\"overlap\":\"PT10S\"}", Map.of()).expect(200);

    JsonNode answer = realm.introspect(key.text(), Map.of()).expect(200).json();
    assertThat(Instant.ofEpochSecond(answer.path("exp").asLong()))
        .isBeforeOrEqualTo(Instant.parse(answer.path("access_key").path("retires_at").asText()));
  }

  @Test
  void theAnswerForAJwtOfAKeyIsKeptNoLongerThanForTheKey() {
    TestKey key = realm.pat("alice", "orders:read");
    JsonNode ofKey = realm.introspect(key.text(), Map.of()).expect(200).json();
    long asked = Instant.now().getEpochSecond();

    JsonNode ofJwt = realm.introspect(realm.jwt(key), Map.of()).expect(200).json();

    assertThat(ofKey.path("exp").asLong() - asked).isBetween(26L, 30L);
    assertThat(ofJwt.path("exp").asLong() - asked).isBetween(29L, 35L);
  }

  @Test
  void theAnswerCanHoldAJwt() {
    TestKey key = realm.pat("alice", "orders:read");
    assertThat(asJwt(key).has("jwt")).as("not unless the client may have it").isFalse();

    realm.attribute(
        "acme-gateway", "client.introspection.response.allow.jwt.claim.enabled", "true");

    JsonNode answer = asJwt(key);
    assertThat(realm.introspect(key.text(), Map.of()).json().has("jwt"))
        .as("not unless asked for")
        .isFalse();
    String jwt = answer.path("jwt").asText();
    JsonNode claims = TestRealm.claims(jwt);
    assertThat(claims.path("exp")).isEqualTo(answer.path("exp"));
    assertThat(claims.path("azp").asText()).isEqualTo("acme-api");
    assertThat(claims.path("scope").asText()).isEqualTo("orders:read");
    assertThat(claims.path("access_key_id").asText()).isEqualTo(key.id());
    assertThat(active(realm.introspect(jwt, Map.of()))).isTrue();
    realm.revoke("alice", key).expect(204);
    assertThat(active(realm.introspect(jwt, Map.of()))).isFalse();
    assertThat(asJwt(key).toString()).isEqualTo("{\"active\":false}");
  }

  private static JsonNode asJwt(TestKey key) {
    return Http.form(
            realm.uri("/protocol/openid-connect/token/introspect"),
            TestRealm.and(
                TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"),
                Map.of("Accept", "application/jwt")),
            Map.of("token", key.text()))
        .expect(200)
        .json();
  }

  private static Reply introspectAs(
      String client, String secret, String token, Map<String, String> fields) {
    return Http.form(
        realm.uri("/protocol/openid-connect/token/introspect"),
        TestRealm.basic(client, secret),
        TestRealm.and(Map.of("token", token), fields));
  }

  private static boolean active(Reply reply) {
    return reply.expect(200).json().path("active").asBoolean();
  }

  private static long life(JsonNode answer) {
    return answer.path("exp").asLong() - answer.path("iat").asLong();
  }
}
