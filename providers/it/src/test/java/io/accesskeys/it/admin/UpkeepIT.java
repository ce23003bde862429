package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of keys when what they depend on goes. */
class UpkeepIT {

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("upkeep");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static boolean isKept(TestKey key) {
    return realm.adminKey("GET", key, "", null).status() == 200;
  }

  @Test
  void aRevokedKeyIsKeptForItsRetentionAndThenGoes() {
    TestKey key = realm.pat("alice", "orders:read");
    TestKey alive = realm.pat("alice", Map.of("expiresAt", "2027-06-01T00:00:00Z"));
    realm.revoke("alice", key).expect(204);
    realm.ahead(
        Duration.ofDays(89),
        () -> {
          realm.upkeep();
          assertThat(isKept(key)).isTrue();
        });
    realm.ahead(
        Duration.ofDays(91),
        () -> {
          realm.upkeep();
          assertThat(isKept(key)).isFalse();
        });
    assertThat(isKept(alive)).isTrue();
  }

  @Test
  void aScopeThatIsRemovedComesBackToNoKey() {
    TestKey both = realm.pat("alice", "orders:read", "orders:write");
    TestKey only = realm.pat("alice", "orders:write");
    String scope = realm.clientScope("orders:write");
    String client = realm.client("acme-api");
    String representation = realm.admin("GET", scope, null).expect(200).body();

    realm.admin("DELETE", client + "/optional-" + scope.substring(1), null).expect(204);
    realm.admin("DELETE", scope, null).expect(204);
    realm.admin("POST", "/client-scopes", representation).expect(201);
    realm
        .admin("PUT", client + "/optional-" + realm.clientScope("orders:write").substring(1), "")
        .expect(204);

    assertThat(realm.adminKey("GET", both, "", null).json().path("scopes").toString())
        .isEqualTo("[\"orders:read\"]");
    assertThat(realm.adminKey("GET", only, "", null).json().path("scopes").toString())
        .isEqualTo("[]");
    for (TestKey key : List.of(both, only)) {
      assertThat(realm.verify(key.text(), "?client=acme-api&scope=orders:write").status())
          .isEqualTo(403);
    }
  }
}
