package io.accesskeys.it.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.key.KeyText;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client that authenticates by one of its client secrets, wherever Keycloak takes its own. */
@Contract
class ClientSecretIT {

  private static final String WORKER = "billing-worker";
  private static final String PLAIN = "billing-worker-demo-secret";
  private static final Map<String, String> CLIENT_CREDENTIALS =
      Map.of("grant_type", "client_credentials");

  private static TestRealm realm;
  private static boolean changed;

  @BeforeEach
  void create() {
    if (realm == null) {
      realm = TestRealm.create("client-secret");
    }
  }

  /** What a test has done to the client is not for the next. */
  @AfterEach
  void removeIfChanged() {
    if (changed) {
      remove();
      changed = false;
    }
  }

  @AfterAll
  static void remove() {
    if (realm != null) {
      realm.close();
      realm = null;
    }
  }

  private static void change(Map<String, ?> members) {
    changed = true;
    realm.change(realm.client(WORKER), members);
  }

  private Reply basic(String secret) {
    return realm.oidc("token", TestRealm.basic(WORKER, secret), CLIENT_CREDENTIALS);
  }

  private Reply post(String secret) {
    return realm.oidc(
        "token",
        Map.of(),
        TestRealm.and(CLIENT_CREDENTIALS, Map.of("client_id", WORKER, "client_secret", secret)));
  }

  private TestKey secret() {
    return realm.clientSecret(WORKER, Map.of());
  }

  /** What Keycloak itself says to a wrong secret, and what our event says of this key. */
  private void assertRefused(TestKey key, String reason) {
    Reply refused = basic(key.text());
    Reply wrong = basic("no such secret");
    assertThat(refused.status()).isEqualTo(wrong.status()).isEqualTo(401);
    assertThat(refused.body()).isEqualTo(wrong.body()).contains("unauthorized_client");
    assertThat(refused.header("Content-Type")).isEqualTo(wrong.header("Content-Type"));
    assertThat(reasons(key)).startsWith(reason);
  }

  /** The reasons in the events of this key, newest first. */
  private List<String> reasons(TestKey key) {
    return denials()
        .filter(details -> details.path("access_key_id").asText().equals(key.id()))
        .map(details -> details.path("reason").asText())
        .toList();
  }

  private Stream<JsonNode> denials() {
    JsonNode events =
        realm.admin("GET", "/events?type=CLIENT_LOGIN_ERROR", null).expect(200).json();
    return StreamSupport.stream(events.spliterator(), false)
        .map(event -> event.path("details"))
        .filter(details -> details.path("way").asText().equals("client_authentication"));
  }

  @Nested
  class IsTaken {

    @Test
    void inTheHeaderAndInTheFormAsOftenAsThereAreSecrets() {
      for (TestKey key : List.of(secret(), secret(), secret())) {
        basic(key.text()).expect(200);
        post(key.text()).expect(200);
        basic("secret-token:" + key.text()).expect(200);
      }
      basic(PLAIN).expect(200);
      post(PLAIN).expect(200);
    }

    @Test
    void forATokenWithTheContentOfAnyOther() {
      Reply byKey = basic(secret().text()).expect(200);
      Reply byPlain = basic(PLAIN).expect(200);
      // A second may pass while a token is made.
      assertThat(masked(byKey.json(), "access_token", "expires_in"))
          .isEqualTo(masked(byPlain.json(), "access_token", "expires_in"));
      assertThat(content(byKey)).isEqualTo(content(byPlain));
    }

    @Test
    void byTheOtherEndpointsThatAskForIt() {
      TestKey gateway = realm.clientSecret("acme-gateway", Map.of());
      Map<String, String> header = TestRealm.basic("acme-gateway", gateway.text());
      TestKey pat = realm.pat("alice", "orders:read");
      String jwt = realm.jwt(pat);
      for (String token : List.of(pat.text(), jwt)) {
        Reply answer = realm.oidc("token/introspect", header, Map.of("token", token)).expect(200);
        assertThat(answer.json().path("active").asBoolean()).isTrue();
      }
      TestKey worker = secret();
      String own = basic(worker.text()).expect(200).text("access_token");
      realm
          .oidc("revoke", TestRealm.basic(WORKER, worker.text()), Map.of("token", own))
          .expect(200);
      change(Map.of("attributes", Map.of("standard.token.exchange.enabled", "true")));
      String second = basic(worker.text()).expect(200).text("access_token");
      realm
          .oidc(
              "token",
              TestRealm.basic(WORKER, worker.text()),
              Map.of(
                  "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                  "subject_token", second,
                  "subject_token_type", "urn:ietf:params:oauth:token-type:access_token"))
          .expect(200);
    }

    @Test
    void byTheEndpointsAtWhichASignInBegins() {
      Map<String, String> header = TestRealm.basic(WORKER, secret().text());
      change(
          Map.of(
              "standardFlowEnabled",
              true,
              "redirectUris",
              List.of("https://worker.example.com/"),
              "attributes",
              Map.of("oauth2.device.authorization.grant.enabled", "true")));
      realm.oidc("auth/device", header, Map.of("client_id", WORKER)).expect(200);
      Map<String, String> request =
          Map.of("response_type", "code", "redirect_uri", "https://worker.example.com/");
      realm
          .oidc("ext/par/request", header, TestRealm.and(request, Map.of("client_id", WORKER)))
          .expect(201);
    }

    @Test
    void duringARollBothAndAfterItTheNewOne() {
      TestKey first = secret();
      TestKey second = roll(first, "PT1H");
      basic(first.text()).expect(200);
      basic(second.text()).expect(200);
      realm.ahead(
          Duration.ofMinutes(61),
          () -> {
            assertRefused(first, "retired_secret");
            basic(second.text()).expect(200);
          });
    }

    @Test
    void whereTheClientHasNoPlainSecretAnyMore() {
      TestKey key = secret();
      change(Map.of("secret", ""));
      basic(key.text()).expect(200);
    }

    @Test
    void andIsCountedAsAUse() {
      TestKey key = secret();
      basic(key.text()).expect(200);
      basic(key.text()).expect(200);
      realm.writeUses();
      assertThat(
              realm
                  .adminKey("GET", key, "/usage", null)
                  .expect(200)
                  .json()
                  .path("useCount")
                  .asInt())
          .isEqualTo(2);
      assertThat(metrics())
          .containsPattern(
              "access_keys_verifications_total\\{outcome=\"accepted\",way=\"client_authentication\"}");
    }

    @Test
    void andNamedInKeycloaksEventOfTheSuccess() {
      TestKey key = secret();
      changed = true;
      realm.change("", Map.of("enabledEventTypes", List.of("CLIENT_LOGIN")));
      basic(key.text()).expect(200);
      JsonNode event = realm.admin("GET", "/events?type=CLIENT_LOGIN", null).json().path(0);
      assertThat(event.path("clientId").asText()).isEqualTo(WORKER);
      assertThat(event.path("details").path("access_key_id").asText()).isEqualTo(key.id());
    }

    @Test
    void andKeycloaksClientPoliciesAreAskedAsForAnyOther() {
      TestKey key = secret();
      allowedAuthenticators("\"client-secret\"");
      basic(key.text()).expect(200);
      allowedAuthenticators("\"client-jwt\"");
      Reply byKey = basic(key.text());
      assertThat(byKey.status()).isEqualTo(400);
      assertThat(byKey.body()).isEqualTo(basic(PLAIN).body());
    }

    private void allowedAuthenticators(String list) {
      changed = true;
      realm
          .admin(
              "PUT",
              "/client-policies/profiles",
              "{\"profiles\":[{\"name\":\"p\",\"executors\":[{\"executor\":\"secure-client-authenticator\","
                  + "\"configuration\":{\"allowed-client-authenticators\":["
                  + list
                  + "]}}]}]}")
          .expect(204);
      realm
          .admin(
              "PUT",
              "/client-policies/policies",
              "{\"policies\":[{\"name\":\"q\",\"enabled\":true,\"profiles\":[\"p\"],"
                  + "\"conditions\":[{\"condition\":\"any-client\",\"configuration\":{}}]}]}")
          .expect(204);
    }

    private String metrics() {
      return Http.get(URI.create(realm.server().managementUri() + "/metrics"), Map.of()).body();
    }

    private String content(Reply reply) {
      return masked(TestRealm.claims(reply.text("access_token")), "jti", "iat", "exp").toString();
    }
  }

  private static ObjectNode masked(JsonNode json, String... members) {
    ObjectNode masked = json.deepCopy();
    for (String member : members) {
      // The beginning of a token's id says how it was got.
      masked.put(member, member.equals("jti") ? json.path(member).asText().substring(0, 6) : "…");
    }
    return masked;
  }

  private TestKey roll(TestKey key, String overlap) {
    Reply rolled =
        realm.adminKey("POST", key, "/roll", "{\"overlap\":\"" + overlap + "\"}").expect(200);
    ShownSecrets.add(rolled.text("secret"));
    return TestKey.of(rolled);
  }

  @Nested
  class IsRefused {

    @ParameterizedTest
    @ValueSource(
        strings = {
          "pending",
          "suspended",
          "revoked",
          "expired",
          "kind_disabled",
          "retired_secret",
          "restriction",
          "wrong_client",
          "unknown",
          "wrong_secret",
        })
    void inTheWordsOfAWrongSecretBecauseOf(String reason) {
      assertRefusedBecauseOf(reason, secretThatIs(reason));
    }

    private void assertRefusedBecauseOf(String reason, TestKey key) {
      if (reason.equals("expired")) {
        realm.ahead(Duration.ofDays(2), () -> assertRefused(key, reason));
      } else {
        assertRefused(key, reason);
      }
    }

    private TestKey secretThatIs(String reason) {
      String tomorrow = Instant.now().plus(Duration.ofDays(1)).toString();
      return switch (reason) {
        case "pending" -> realm.clientSecret(WORKER, Map.of("notBefore", tomorrow));
        case "expired" -> realm.clientSecret(WORKER, Map.of("expiresAt", tomorrow));
        case "restriction" ->
            realm.clientSecret(
                WORKER,
                Map.of(
                    "restrictions",
                    List.of(Map.of("type", "ip", "allow", List.of("203.0.113.0/24")))));
        case "wrong_client" -> realm.clientSecret("acme-gateway", Map.of());
        case "unknown" -> {
          try (TestRealm other = TestRealm.create("client-secret-other")) {
            yield other.clientSecret(WORKER, Map.of());
          }
        }
        case "wrong_secret" -> {
          String id = secret().id();
          yield new TestKey(id, KeyText.generate("kccs", id, new SecureRandom()).reveal(), 1);
        }
        case "retired_secret" -> {
          TestKey old = secret();
          roll(old, "PT0S");
          yield old;
        }
        case "kind_disabled" -> {
          TestKey key = secret();
          changed = true;
          realm.policy(Map.of("client-secret.enabled", "false")).expect(204);
          yield key;
        }
        case "suspended" -> {
          TestKey key = secret();
          realm.adminKey("POST", key, "/suspend", "").expect(204);
          yield key;
        }
        case "revoked" -> {
          TestKey key = secret();
          realm.adminKey("DELETE", key, "", "").expect(204);
          yield key;
        }
        default -> throw new IllegalArgumentException(reason);
      };
    }

    @Test
    void whenItIsAKeyOfAnotherKind() {
      assertRefused(realm.apiKeyOf(WORKER, "orders:read"), "wrong_kind");
      assertRefused(realm.pat("alice", "orders:read"), "wrong_kind");
    }

    @Test
    void outsideOfItsRestrictionWhichTheEventNames() {
      TestKey key =
          realm.clientSecret(
              WORKER,
              Map.of(
                  "restrictions",
                  List.of(Map.of("type", "ip", "allow", List.of("203.0.113.0/24")))));
      assertRefused(key, "restriction");
      assertThat(denials().findFirst().orElseThrow().path("restriction").asText()).isEqualTo("ip");
      Map<String, String> from =
          Map.of("X-Forwarded-For", "203.0.113.9", "X-Forwarded-Proto", "https");
      realm
          .oidc(
              "token", TestRealm.and(TestRealm.basic(WORKER, key.text()), from), CLIENT_CREDENTIALS)
          .expect(200);
    }

    @Test
    void whenItsClientIsDisabledAsAnyOther() {
      TestKey key = secret();
      change(Map.of("enabled", false));
      Reply byKey = basic(key.text());
      assertThat(byKey.status()).isEqualTo(401);
      assertThat(byKey.body()).isEqualTo(basic(PLAIN).body());
      assertThat(reasons(key)).containsExactly("owner_client_disabled");
    }

    @Test
    void whenTheClientSendsItsSecretOtherwise() {
      TestKey key = secret();
      change(
          Map.of(
              "attributes",
              Map.of("client.secret.authentication.allowed.method", "client_secret_post")));
      post(key.text()).expect(200);
      Reply byKey = basic(key.text());
      assertThat(byKey.status()).isEqualTo(401);
      assertThat(byKey.body()).isEqualTo(basic(PLAIN).body());
      assertThat(denials().map(details -> details.path("reason").asText()))
          .contains("wrong_authenticator");
    }

    /** RFC 6749, section 2.3.1: form-urlencoded. */
    @ParameterizedTest
    @ValueSource(strings = {"%zz", "100%", "%", "%4", "%u0041", "a%G0"})
    void whenItCannotBeDecodedAsAnyOtherThatIsWrong(String malformed) {
      String worker = encoded(WORKER + ":" + malformed);
      String nobody = encoded(malformed + ":" + PLAIN);
      String key = encoded(WORKER + ":" + secret().text() + malformed);
      for (String endpoint : List.of("token", "token/introspect", "revoke", "ext/par/request")) {
        Reply wrong = realm.oidc(endpoint, TestRealm.basic(WORKER, "wrong"), CLIENT_CREDENTIALS);
        Reply unknown = realm.oidc(endpoint, TestRealm.basic("x", "wrong"), CLIENT_CREDENTIALS);
        for (String credentials : List.of(worker, key)) {
          assertSame(wrong, sent(endpoint, credentials));
        }
        for (String credentials : List.of(nobody, "A", "Zm9v=Zg")) {
          assertThat(sent(endpoint, credentials).status()).isEqualTo(401);
        }
        assertSame(unknown, sent(endpoint, nobody));
      }
      Map<String, String> header = Map.of("Authorization", "Basic " + worker);
      assertThat(Http.form(realm.uri("/access-keys/revoke"), header, Map.of("token", "x")).status())
          .isEqualTo(401);
    }

    private Reply sent(String endpoint, String credentials) {
      return realm.oidc(
          endpoint, Map.of("Authorization", "Basic " + credentials), CLIENT_CREDENTIALS);
    }

    private void assertSame(Reply expected, Reply refused) {
      assertThat(expected.status()).isEqualTo(401);
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body()).isEqualTo(expected.body());
    }

    private String encoded(String pair) {
      return Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
    }

    @Test
    void thatWasDamaged() {
      Reply refused = basic("kccs_cut-off");
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body()).isEqualTo(basic("wrong").body());
      assertThat(denials().map(details -> details.path("reason").asText())).contains("malformed");
    }

    @Test
    void togetherWithAnotherSecret() {
      TestKey key = secret();
      Reply both =
          realm.oidc(
              "token",
              TestRealm.basic(WORKER, PLAIN),
              TestRealm.and(CLIENT_CREDENTIALS, Map.of("client_secret", key.text())));
      assertThat(both.status()).isEqualTo(401);
      assertThat(denials().map(details -> details.path("reason").asText()))
          .contains("several_credentials");
    }

    @Test
    void inAUrl() {
      TestKey key = secret();
      ShownSecrets.sentInUrl(key.text());
      Map<String, String> client = Map.of("client_id", WORKER);
      Reply alone =
          realm.oidc(
              "token?client_secret=" + key.text(),
              Map.of(),
              TestRealm.and(CLIENT_CREDENTIALS, client));
      Reply too =
          realm.oidc(
              "token?x=" + key.text(), TestRealm.basic(WORKER, key.text()), CLIENT_CREDENTIALS);
      assertThat(alone.status()).isEqualTo(401);
      assertThat(too.status()).isEqualTo(401);
      assertThat(denials().map(details -> details.path("reason").asText())).contains("in_url");
    }

    @Test
    void withOneEventAMinute() {
      TestKey key = realm.pat("alice", "orders:read");
      for (int i = 0; i < 5; i++) {
        assertThat(basic(key.text()).status()).isEqualTo(401);
      }
      assertThat(reasons(key)).containsExactly("wrong_kind");
    }
  }

  @Nested
  class OtherClients {

    @Test
    void thatSignTheirRequestsAreAskedForThatAsBefore() {
      TestKey key = secret();
      change(Map.of("clientAuthenticatorType", "client-jwt"));
      Reply byKey = basic(key.text());
      Reply byNothing = basic("no such secret");
      assertThat(byKey.status()).isEqualTo(byNothing.status()).isGreaterThanOrEqualTo(400);
      assertThat(byKey.body()).isEqualTo(byNothing.body());
      assertThat(reasons(key)).containsExactly("wrong_authenticator");
      String another =
          "{\"kind\":\"client-secret\",\"name\":\"x\",\"owner\":{\"client\":\"billing-worker\"}}";
      assertThat(realm.admin("POST", "/access-keys", another).expect(400).text("field"))
          .isEqualTo("owner");
    }

    @Test
    void thatShowACertificateAreAskedForThatAsBefore() {
      TestKey key = secret();
      change(Map.of("clientAuthenticatorType", "client-x509"));
      Reply byKey = basic(key.text());
      Reply byNothing = basic("no such secret");
      assertThat(byKey.status()).isEqualTo(byNothing.status()).isGreaterThanOrEqualTo(400);
      assertThat(byKey.body()).isEqualTo(byNothing.body());
    }

    @Test
    void thatArePublicAreNotAskedForAnySecret() {
      TestKey pat = realm.pat("alice", "orders:read");
      Map<String, String> fields = new HashMap<>(Map.of("client_id", "acme-api"));
      fields.putAll(Map.of("grant_type", TestRealm.GRANT, "access_key", pat.text()));
      fields.put("client_secret", secret().text());
      realm.oidc("token", Map.of(), fields).expect(200);
    }
  }
}
