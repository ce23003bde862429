package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Administrators and everybody's keys. */
class AdminIT {

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("admin-api");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @Test
  void createsAnApiKeyForAServiceAccountAndLeavesAnAdminEventWithoutTheSecret() {
    Reply created = create("api-key", "{\"client\":\"billing-worker\"}", "orders:read").expect(201);
    TestKey key = TestKey.of(created);
    ShownSecrets.add(key.text());

    assertThat(key.text()).startsWith("kcak_");
    assertThat(created.json().path("owner").path("client").asText()).isEqualTo("billing-worker");
    assertThat(created.header("Cache-Control")).hasValue("no-store");
    assertThat(realm.verify(key.text(), "?client=acme-api&kind=api-key").status()).isEqualTo(200);
    Reply events =
        realm.admin("GET", "/admin-events?resourcePath=access-keys/" + key.id(), null).expect(200);
    assertThat(events.json()).hasSize(1);
    assertThat(events.body()).contains("ACCESS_KEY").contains("billing-worker");
    assertThat(events.body()).doesNotContain(key.text());
  }

  @Test
  void createsATokenForAPerson() {
    String alice = TestRealm.id(realm.user("alice"));
    TestKey key =
        TestKey.of(
            create("personal-access-token", "{\"user\":\"" + alice + "\"}", "orders:read")
                .expect(201));
    ShownSecrets.add(key.text());

    assertThat(realm.verify(key.text(), "").header("X-Auth-Username")).hasValue("alice");
    assertThat(Http.get(realm.uri("/access-keys"), realm.as("alice")).body()).contains(key.id());
  }

  @Test
  void listsByOwnerKindAndClientPageByPage() {
    TestKey apiKey = realm.apiKey("orders:read");
    TestKey alices = realm.pat("alice", "orders:read");
    TestKey bobs = realm.pat("bob", "orders:read");
    String bob = TestRealm.id(realm.user("bob"));

    assertThat(ids("?max=1000")).contains(apiKey.id(), alices.id(), bobs.id());
    assertThat(ids("?owner=" + bob)).contains(bobs.id()).doesNotContain(alices.id(), apiKey.id());
    assertThat(ids("?kind=api-key")).contains(apiKey.id()).doesNotContain(alices.id(), bobs.id());
    assertThat(List.of(ids("?client=acme-api&max=1"), ids("?client=acme-api&first=1&max=1")))
        .containsExactlyInAnyOrder(List.of(bobs.id()), List.of(alices.id()));
    assertThat(ids("?client=acme-gateway")).isEmpty();
  }

  @Test
  void revokes() {
    TestKey key = realm.pat("alice", "orders:read");
    assertThat(realm.verify(key.text(), "").status()).isEqualTo(200);

    realm.admin("DELETE", "/access-keys/" + key.id(), null).expect(204);
    realm.admin("DELETE", "/access-keys/" + key.id(), null).expect(204);

    assertThat(realm.verify(key.text(), "").status()).isEqualTo(401);
    assertThat(
            realm
                .admin("GET", "/admin-events?resourcePath=access-keys/" + key.id(), null)
                .expect(200)
                .json())
        .hasSize(1);
  }

  @Test
  void aKeyOfAnotherRealmDoesNotExistHere() {
    try (TestRealm other = TestRealm.create("admin-api-other")) {
      TestKey key = other.pat("alice", "orders:read");
      assertThat(realm.admin("DELETE", "/access-keys/" + key.id(), null).status()).isEqualTo(404);
      assertThat(other.verify(key.text(), "").status()).isEqualTo(200);
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "owner|api-key|{}",
        "owner|api-key|\"billing-worker\"",
        "owner|api-key|{\"user\":\"a\",\"client\":\"b\"}",
        "owner.group|api-key|{\"group\":\"x\"}",
        "owner.user|personal-access-token|{\"user\":\"nobody\"}",
        "owner.client|api-key|{\"client\":\"nobody\"}",
        "owner.client|api-key|{\"client\":\"acme-gateway\"}",
        "kind|personal-access-token|{\"client\":\"billing-worker\"}",
      })
  void aWrongOwnerIsNamed(String field, String kind, String owner) {
    Reply refused = create(kind, owner, "orders:read");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("field")).isEqualTo(field);
  }

  @ParameterizedTest
  @CsvSource({
    "?state=x",
    "?text=x",
    "?after=x",
    // "createdAt|1|" and a NUL, which PostgreSQL takes in no text; the same in a name's place.
    "?after=Y3JlYXRlZEF0fDF8AA",
    "?q=a&after=bmFtZU9yZGVyfAB8QUFBQUFBQUFBQUFBQUFBQQ",
    "?expiringBefore=soon",
    "?unusedSince=1",
    "?restricted=true",
    "?max=0",
    "?max=1001",
    "?first=-1",
    "?kind=x",
    "?client=x"
  })
  void aQueryThatIsNotUnderstoodIsRefused(String query) {
    assertThat(realm.admin("GET", "/access-keys" + query, null).status()).isEqualTo(400);
  }

  @Test
  void whoMayDoNothingGets403BeforeAnythingIsLookedUp() {
    Map<String, String> alice = realm.as("alice");
    assertThat(realm.adminAs(alice, "GET", "/access-keys", null).status()).isEqualTo(403);
    assertThat(realm.adminAs(alice, "POST", "/access-keys", "{}").status()).isEqualTo(403);
    assertThat(realm.adminAs(alice, "DELETE", "/access-keys/none", "").status()).isEqualTo(403);
    assertThat(realm.adminAs(Map.of(), "GET", "/access-keys", null).status()).isEqualTo(401);
  }

  @Test
  void whoMayViewUsersSeesTheirKeysAndChangesNone() {
    TestKey key = realm.pat("bob", "orders:read");
    TestKey apiKey = realm.apiKey("orders:read");
    Map<String, String> viewer = realm.asAdminWith("view-users");

    String list = realm.adminAs(viewer, "GET", "/access-keys?max=1000", null).expect(200).body();
    assertThat(list).contains(key.id()).doesNotContain(apiKey.id());
    assertThat(realm.adminAs(viewer, "DELETE", "/access-keys/" + key.id(), "").status())
        .isEqualTo(403);
    assertThat(realm.adminAs(viewer, "DELETE", "/access-keys/" + apiKey.id(), "").status())
        .isEqualTo(404);
    assertThat(realm.verify(key.text(), "").status()).isEqualTo(200);
  }

  @Test
  void whoMayManageUsersButNotImpersonateThemCannotMakeTheirKeys() {
    String bob = TestRealm.id(realm.user("bob"));
    TestKey bobs = realm.pat("bob", "orders:read");
    Map<String, String> manager = realm.asAdminWith("manage-users");

    String body =
        "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\","
            + "\"owner\":{\"user\":\""
            + bob
            + "\"}}";
    assertThat(realm.adminAs(manager, "POST", "/access-keys", body).status()).isEqualTo(403);
    assertThat(realm.adminAs(manager, "DELETE", "/access-keys/" + bobs.id(), "").status())
        .isEqualTo(204);
  }

  private static Reply create(String kind, String owner, String scope) {
    return realm.admin(
        "POST",
        "/access-keys",
        "{\"kind\":\"%s\",\"name\":\"x\",\"client\":\"acme-api\",\"scopes\":[\"%s\"],\"owner\":%s}"
            .formatted(kind, scope, owner));
  }

  private static List<String> ids(String query) {
    return StreamSupport.stream(
            realm.admin("GET", "/access-keys" + query, null).expect(200).json().spliterator(),
            false)
        .map(key -> key.path("id").asText())
        .toList();
  }
}
