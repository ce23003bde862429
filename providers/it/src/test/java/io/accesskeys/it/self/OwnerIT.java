package io.accesskeys.it.self;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key is never stronger than its owner is at this moment. */
class OwnerIT {

  private TestRealm realm;

  @BeforeEach
  void create() {
    realm = TestRealm.create("owner");
  }

  @AfterEach
  void remove() {
    realm.close();
  }

  @Test
  void aRoleTheOwnerLosesIsGoneAtTheNextUse() {
    TestKey key = realm.pat("alice", "orders:read", "orders:write");
    String jwt = realm.jwt(key);

    realm.roles("DELETE", realm.user("alice"), "orders:write");

    assertThat(realm.verify(key.text(), "?client=acme-api&scope=orders:write").status())
        .isEqualTo(403);
    assertThat(realm.verify(key.text(), "?client=acme-api").header("X-Auth-Scope"))
        .hasValue("orders:read");
    assertThat(realm.introspect(key.text(), Map.of()).text("scope")).isEqualTo("orders:read");
    assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean())
        .as("a JWT that says more than its key does now")
        .isFalse();
    assertThat(TestRealm.claims(realm.jwt(key)).path("scope").asText()).isEqualTo("orders:read");
    assertThat(realm.grant(key.text(), Map.of("scope", "orders:write")).text("error"))
        .isEqualTo("invalid_scope");
  }

  @Test
  void aRoleTheOwnerGainsAddsNothing() {
    TestKey key = realm.pat("bob", "orders:read");

    realm.roles("POST", realm.user("bob"), "orders:write");

    assertThat(realm.introspect(key.text(), Map.of()).text("scope")).isEqualTo("orders:read");
    assertThat(TestRealm.claims(realm.jwt(key)).path("realm_access").path("roles"))
        .extracting(role -> role.asText())
        .containsExactly("orders:read");
  }

  @Test
  void aDisabledOwnerIsRefusedEverywhere() {
    assertRefusedAfter(
        realm.pat("alice", "orders:read"),
        () -> realm.change(realm.user("alice"), Map.of("enabled", false)));
  }

  @Test
  void aDeletedOwnerIsRefusedEverywhereAndTakesTheKeysAlong() {
    assertRefusedAfter(
        realm.pat("alice", "orders:read"),
        () -> realm.admin("DELETE", realm.user("alice"), null).expect(204));
    assertThat(realm.admin("GET", "/access-keys", null).expect(200).json()).isEmpty();
  }

  @Test
  void aDisabledClientOfAServiceAccountIsRefusedEverywhere() {
    assertRefusedAfter(
        realm.apiKey("orders:read"),
        () -> realm.change(realm.client("billing-worker"), Map.of("enabled", false)));
  }

  @Test
  void aClientWithoutItsServiceAccountIsRefusedEverywhere() {
    assertRefusedAfter(
        realm.apiKey("orders:read"),
        () ->
            realm.change(realm.client("billing-worker"), Map.of("serviceAccountsEnabled", false)));
  }

  @Test
  void aDeletedClientOfAServiceAccountIsRefusedEverywhere() {
    assertRefusedAfter(
        realm.apiKey("orders:read"),
        () -> realm.admin("DELETE", realm.client("billing-worker"), null).expect(204));
  }

  @Test
  void aDisabledApiClientIsRefusedEverywhere() {
    assertRefusedAfter(
        realm.pat("alice", "orders:read"),
        () -> realm.change(realm.client("acme-api"), Map.of("enabled", false)));
  }

  @Test
  void aDeletedApiClientIsRefusedEverywhereAndTakesItsKeysAlong() {
    assertRefusedAfter(
        realm.pat("alice", "orders:read"),
        () -> realm.admin("DELETE", realm.client("acme-api"), null).expect(204));
    assertThat(realm.admin("GET", "/access-keys", null).expect(200).json()).isEmpty();
  }

  @Test
  void aDisabledRealmIsRefusedEverywhereAndNobodyManagesKeysThere() {
    Map<String, String> alice = realm.as("alice");
    assertRefusedAfter(
        realm.pat("alice", "orders:read"), () -> realm.change("", Map.of("enabled", false)));
    assertThat(Http.get(realm.uri("/access-keys"), alice).status()).isEqualTo(403);
  }

  @Test
  void aDeletedRealmIsRefusedEverywhereAndAnotherOfTheSameNameKnowsNothingOfItsKeys() {
    TestKey key = realm.pat("alice", "orders:read");
    String jwt = realm.jwt(key);
    realm.admin("DELETE", "", null).expect(204);
    assertRefusedEverywhere(key.text(), jwt);
    realm = TestRealm.create("owner");
    assertRefusedEverywhere(key.text(), jwt);
    assertThat(realm.admin("GET", "/access-keys", null).expect(200).json()).isEmpty();
  }

  /** Good before the change, its JWT too; refused at once after it. */
  private void assertRefusedAfter(TestKey key, Runnable change) {
    String jwt = realm.jwt(key);
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);
    assertThat(realm.introspect(key.text(), Map.of()).json().path("active").asBoolean()).isTrue();
    assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean()).isTrue();
    change.run();
    assertRefusedEverywhere(key.text(), jwt);
  }

  private void assertRefusedEverywhere(String key, String jwt) {
    assertThat(realm.verify(key, "?client=acme-api").status()).isIn(401, 404);
    assertThat(realm.grant(key, Map.of()).status()).isIn(400, 401, 403, 404);
    for (String token : List.of(key, jwt)) {
      Reply introspection = realm.introspect(token, Map.of());
      // A realm that is off or gone does not introspect at all.
      if (introspection.status() == 200) {
        assertThat(introspection.json().path("active").asBoolean()).isFalse();
      } else {
        assertThat(introspection.status()).isIn(401, 403, 404);
      }
    }
  }
}
