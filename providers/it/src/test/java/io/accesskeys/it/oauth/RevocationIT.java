package io.accesskeys.it.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.key.KeyText;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7009 revocation, at our endpoint and at Keycloak's. */
@Contract
class RevocationIT {

  private static final Map<String, String> API = Map.of("client_id", "acme-api");
  private static final Map<String, String> WORKER =
      TestRealm.basic("billing-worker", "billing-worker-demo-secret");
  private static final Map<String, String> GATEWAY =
      TestRealm.basic("acme-gateway", "acme-gateway-demo-secret");

  private static final String NOBODY = "0000000000000000";

  /** Well-formed, and of no key. */
  private static final String UNKNOWN =
      KeyText.generate("kcpat", NOBODY, new SecureRandom()).reveal();

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("revocation");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private Reply revoke(Map<String, String> headers, Map<String, String> fields) {
    return Http.form(realm.uri("/access-keys/revoke"), headers, fields);
  }

  private Reply revokeByApi(String token) {
    return revoke(Map.of(), TestRealm.and(API, Map.of("token", token)));
  }

  private Reply revokeAtKeycloak(String token) {
    return realm.oidc("revoke", Map.of(), TestRealm.and(API, Map.of("token", token)));
  }

  private boolean works(TestKey key) {
    return realm.verify(key.text(), "?client=acme-api").status() == 200;
  }

  private boolean active(String token) {
    return realm.introspect(token, Map.of()).expect(200).json().path("active").asBoolean();
  }

  private static void assertDone(Reply reply) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    assertThat(reply.body()).isEmpty();
    assertThat(reply.header("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(reply.header("Cache-Control")).hasValue("no-store");
  }

  /** The reasons in the events that name this key; or in those that name none, for null. */
  private static List<String> reasons(String keyId) {
    JsonNode events =
        realm.admin("GET", "/events?type=REVOKE_GRANT_ERROR", null).expect(200).json();
    return StreamSupport.stream(events.spliterator(), false)
        .map(event -> event.path("details"))
        .filter(details -> Objects.equals(details.path("access_key_id").textValue(), keyId))
        .map(details -> details.path("reason").asText())
        .toList();
  }

  @Nested
  class AKey {

    @Test
    void isRevokedByTheApiItIsFor() {
      TestKey key = realm.pat("alice", "orders:read");
      String jwt = realm.jwt(key);
      assertThat(works(key)).isTrue();
      assertThat(active(jwt)).isTrue();

      assertDone(revokeByApi(key.text()));

      assertThat(works(key)).isFalse();
      assertThat(active(key.text())).isFalse();
      assertThat(active(jwt)).as("what was minted from it dies with it").isFalse();
      Reply shown = realm.own("alice", "GET", key, "", "").expect(200);
      assertThat(shown.text("state")).isEqualTo("revoked");
      assertThat(shown.text("revocationReason")).isEqualTo("Revoked by its holder");
      JsonNode event = realm.admin("GET", "/events?type=REMOVE_CREDENTIAL", null).json().path(0);
      assertThat(event.path("details").path("access_key_id").asText()).isEqualTo(key.id());
      assertDone(revokeByApi(key.text()));
    }

    @Test
    void isRevokedByTheClientItActsForAndByNoOther() {
      TestKey key = realm.apiKey("orders:read");
      Reply refused = revoke(GATEWAY, Map.of("token", key.text()));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("error")).isEqualTo("invalid_request");
      assertThat(reasons(key.id())).containsExactly("wrong_client");
      assertThat(works(key)).isTrue();

      assertDone(revoke(WORKER, Map.of("token", key.text(), "token_type_hint", "access_token")));
      assertThat(works(key)).isFalse();
    }

    @Test
    void thatIsAClientSecretIsRevokedByItsClientWhichItMayAuthenticate() {
      TestKey secret = realm.clientSecret("billing-worker", Map.of());
      Map<String, String> itself = TestRealm.basic("billing-worker", secret.text());
      assertThat(revoke(GATEWAY, Map.of("token", secret.text())).status()).isEqualTo(400);

      assertDone(revoke(itself, Map.of("token", secret.text())));
      assertThat(revoke(itself, Map.of("token", secret.text())).status()).isEqualTo(401);
    }

    @Test
    void isRevokedAlsoWhereItIsNotLetIn() {
      TestKey key =
          realm.pat(
              "alice",
              Map.of(
                  "restrictions",
                  List.of(Map.of("type", "ip", "allow", List.of("203.0.113.0/24")))));
      assertDone(revokeByApi(key.text()));
      assertThat(realm.own("alice", "GET", key, "", "").text("state")).isEqualTo("revoked");
    }

    /** As it comes out of a file; the answer to what is no key is 200 as well. */
    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", " "})
    void isRevokedWithTheEndOfItsLine(String end) {
      TestKey key = realm.pat("alice", "orders:read");
      assertDone(revokeByApi(key.text() + end));
      assertThat(works(key)).isFalse();
    }

    @Test
    void isNotRevokedByARetiredSecret() {
      TestKey old = realm.pat("alice", "orders:read");
      TestKey current =
          TestKey.of(realm.roll("alice", old, "{\"overlap\":\"PT0S\"}", Map.of()).expect(200));
      assertDone(revokeByApi(old.text()));
      assertThat(works(current)).isTrue();
      assertThat(reasons(old.id())).containsExactly("retired_secret");
    }

    @Test
    void thatNeverWasIsAsGoodAsRevoked() {
      assertDone(revokeByApi(UNKNOWN));
      assertThat(reasons(NOBODY)).contains("unknown");
    }

    /** It may be a token of Keycloak's, which answers. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "x",
          "",
          "a.b.c",
          "..",
          "kcpat_AAAA",
          "kcpat_0000000000000000000000000000000000000000000000000000000000000000",
        })
    void thatIsNoneIsAnUnknownTokenToKeycloak(String text) {
      Reply answer = revokeByApi(text).expect(200);
      assertThat(answer.text("error")).isEqualTo("invalid_token");
      assertThat(answer.body()).isEqualTo(revokeAtKeycloak(text).body());
    }
  }

  @Nested
  class AJwt {

    @Test
    void isRevokedByTheApiItIsForAndItsKeyLives() {
      TestKey key = realm.pat("alice", "orders:read");
      String jwt = realm.jwt(key);
      String other = realm.jwt(key);
      assertDone(revokeByApi(jwt));
      assertThat(active(jwt)).isFalse();
      assertThat(active(other)).isTrue();
      assertThat(works(key)).isTrue();
      JsonNode event = realm.admin("GET", "/events?type=REVOKE_GRANT", null).json().path(0);
      assertThat(event.path("clientId").asText()).isEqualTo("acme-api");
      assertThat(event.path("details").path("access_key_id").asText()).isEqualTo(key.id());
      assertDone(revokeByApi(jwt));
    }

    @Test
    void isRevokedByNoOtherClient() {
      String jwt = realm.jwt(realm.apiKey("orders:read"));
      for (Map<String, String> client : List.of(GATEWAY, WORKER)) {
        assertThat(revoke(client, Map.of("token", jwt)).status()).isEqualTo(400);
      }
      assertThat(active(jwt)).isTrue();
    }

    @Test
    void thatIsForgedIsAsGoodAsRevoked() {
      String jwt = realm.jwt(realm.pat("alice", "orders:read"));
      assertDone(revokeByApi(jwt.substring(0, jwt.lastIndexOf('.') + 1) + "AAAA"));
      assertThat(active(jwt)).isTrue();
    }
  }

  @Nested
  class TheClient {

    @Test
    void mustAuthenticate() {
      TestKey key = realm.apiKey("orders:read");
      Map<String, String> token = Map.of("token", key.text());
      assertThat(revoke(Map.of(), token).status()).isEqualTo(401);
      Reply wrong = revoke(TestRealm.basic("billing-worker", "wrong"), token);
      assertThat(wrong.status()).isEqualTo(401);
      assertThat(wrong.text("error")).isEqualTo("unauthorized_client");
      assertThat(
              revoke(Map.of(), TestRealm.and(token, Map.of("client_id", "billing-worker")))
                  .status())
          .isEqualTo(401);
      assertThat(works(key)).isTrue();
    }

    @Test
    void mustSendOneTokenAndNotInTheUrl() {
      TestKey key = realm.pat("alice", "orders:read");
      assertThat(revoke(Map.of(), API).text("error")).isEqualTo("invalid_request");
      Map<String, String> token = TestRealm.and(API, Map.of("token", "x"));
      ShownSecrets.sentInUrl(key.text());
      Reply inUrl = Http.form(realm.uri("/access-keys/revoke?token=" + key.text()), Map.of(), API);
      assertThat(inUrl.status()).isEqualTo(400);
      Reply beside = Http.form(realm.uri("/access-keys/revoke?x=" + key.text()), Map.of(), token);
      assertThat(beside.text("error")).as("another token in the form").isEqualTo("invalid_request");
      assertThat(reasons(null)).contains("in_url");
      assertThat(works(key)).isTrue();
    }
  }

  /** What a client gets that knows nothing of us. */
  @Nested
  class AtKeycloaksOwnEndpoint {

    @Test
    void aJwtIsRevokedByTheApiItIsFor() {
      TestKey key = realm.pat("alice", "orders:read");
      String jwt = realm.jwt(key);
      assertThat(revokeAtKeycloak(jwt).status()).isEqualTo(200);
      assertThat(active(jwt)).isFalse();
      assertThat(works(key)).isTrue();
    }

    @Test
    void aKeyIsUnknown() {
      TestKey key = realm.pat("alice", "orders:read");
      Reply answer = revokeAtKeycloak(key.text());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text("error")).isEqualTo("invalid_token");
      assertThat(works(key)).isTrue();
    }
  }
}
