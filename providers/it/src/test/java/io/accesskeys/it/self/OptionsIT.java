package io.accesskeys.it.self;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people are offered when they make a key, and what they see of its use. */
class OptionsIT {

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("options");
    realm.admin("POST", "/roles", "{\"name\":\"developer\"}").expect(201);
    realm.roles("POST", realm.user("alice"), "developer");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @BeforeEach
  void policy() {
    realm.policy(Map.of("application-role", "developer")).expect(204);
  }

  private static JsonNode options(String user) {
    return Http.get(realm.uri("/access-keys/options"), realm.as(user)).expect(200).json();
  }

  private static String application(String user, String name) {
    return Http.json(
            "POST",
            realm.uri("/access-keys/applications"),
            realm.as(user),
            "{\"name\":\"" + name + "\"}")
        .expect(201)
        .text("id");
  }

  @Test
  void arePeoplesOwn() {
    JsonNode alice = options("alice");
    assertThat(alice.path("kind").asText()).isEqualTo("personal-access-token");
    assertThat(alice.path("creatable").asBoolean()).isTrue();
    assertThat(alice.path("applications").asBoolean()).isTrue();
    assertThat(alice.path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(alice.path("lifetimes").path(0).asText()).isEqualTo(Duration.ofDays(30).toString());
    assertThat(Instant.parse(alice.path("now").asText()))
        .isBetween(Instant.now().minusSeconds(30), Instant.now().plusSeconds(30));
    assertThat(alice.path("apis").findValuesAsText("client")).containsExactly("acme-api");
    assertThat(alice.at("/apis/0/scopes").findValuesAsText("name"))
        .containsExactly("orders:read", "orders:write");

    JsonNode bob = options("bob");
    assertThat(bob.path("applications").asBoolean()).isFalse();
    assertThat(bob.at("/apis/0/scopes").findValuesAsText("name")).containsExactly("orders:read");
  }

  @Test
  void followThePolicy() {
    realm
        .policy(
            Map.of(
                "personal-access-token.expiry", "fixed",
                "personal-access-token.required-restrictions", "ip",
                "self-service-role", "developer",
                "max-overlap", "PT48H"))
        .expect(204);
    JsonNode alice = options("alice");
    assertThat(alice.path("fixedExpiry").asBoolean()).isTrue();
    assertThat(alice.path("lifetimes")).hasSize(1);
    assertThat(alice.path("requiredRestrictions").path(0).asText()).isEqualTo("ip");
    assertThat(alice.path("maxOverlap").asText()).isEqualTo("PT48H");
    assertThat(alice.path("creatable").asBoolean()).isTrue();
    assertThat(alice.path("applications").asBoolean()).isFalse();
    assertThat(options("bob").path("creatable").asBoolean()).isFalse();
  }

  @Test
  void ofAnApplicationAreThoseOfItsServiceAccount() {
    realm
        .policy(
            Map.of("application-role", "developer", "application-default-roles", "orders:write"))
        .expect(204);
    String id = application("alice", "reporter");
    JsonNode options =
        Http.get(realm.uri("/access-keys/options?application=" + id), realm.as("alice"))
            .expect(200)
            .json();
    assertThat(options.path("kind").asText()).isEqualTo("api-key");
    assertThat(options.at("/apis/0/scopes").findValuesAsText("name"))
        .containsExactly("orders:write");
    assertThat(
            Http.get(realm.uri("/access-keys/options?application=" + id), realm.as("bob"))
                .expect(400)
                .text("field"))
        .isEqualTo("application");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "%F0%9F%94%91", "..%2F..", "%25"})
  void ofAnApplicationThatThereIsNotAreRefused(String application) {
    Reply reply =
        Http.get(realm.uri("/access-keys/options?application=" + application), realm.as("alice"))
            .expect(400);
    assertThat(reply.text("field")).isEqualTo("application");
  }

  /** Keycloak itself refuses it before it comes to us. */
  @Test
  void aNulByteIsRefused() {
    assertThat(
            Http.get(realm.uri("/access-keys/options?application=%00"), realm.as("alice")).status())
        .isEqualTo(400);
  }

  @Test
  void areForNobodyWhoHasNotSignedIn() {
    TestKey key = realm.pat("alice", "orders:read");
    for (String path : new String[] {"/options", "/" + key.id() + "/usage"}) {
      assertThat(Http.get(realm.uri("/access-keys" + path), Map.of()).status()).isEqualTo(401);
      assertThat(
              Http.get(realm.uri("/access-keys" + path), TestRealm.bearer(realm.jwt(key))).status())
          .isEqualTo(401);
    }
  }

  @Test
  void theUseOfAKeyIsForItsOwnerOnly() {
    TestKey key = realm.pat("alice", "orders:read");
    JsonNode usage = realm.own("alice", "GET", key, "/usage", null).expect(200).json();
    assertThat(usage.path("secrets")).hasSize(1);
    assertThat(usage.path("useCount").asLong()).isZero();
    realm.own("bob", "GET", key, "/usage", null).expect(404);
  }
}
