package io.accesskeys.it.self;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was done to a key, as its owner and administrators see it. Events are off. */
@Contract
class KeyHistoryIT {

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("history");
    realm.change("", Map.of("eventsEnabled", false, "adminEventsEnabled", false));
    realm.policy(Map.of("when-retired-used", "suspend")).expect(204);
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static Reply own(TestKey key, String query) {
    return realm.own("alice", "GET", key, "/history" + query, "").expect(200);
  }

  private static JsonNode byAdmin(TestKey key) {
    return realm.adminKey("GET", key, "/history", null).expect(200).json();
  }

  /** Each change as {@code act by kind}. */
  private static List<String> acts(JsonNode history) {
    List<String> acts = new ArrayList<>();
    history.forEach(
        entry ->
            acts.add(
                entry.path("act").asText() + " by " + entry.path("actor").path("kind").asText()));
    return acts;
  }

  @Test
  void itsOwnerAndAdministratorsSeeWhatWasDone() {
    TestKey key = realm.pat("alice", "orders:read", "orders:write");
    realm
        .own("alice", "PATCH", key, "", "{\"name\":\"ci\",\"scopes\":[\"orders:read\"]}")
        .expect(200);
    realm.adminKey("POST", key, "/suspend", "").expect(204);
    realm.adminKey("POST", key, "/resume", "").expect(204);
    TestKey current =
        TestKey.of(realm.roll("alice", key, "{\"overlap\":\"PT0S\"}", Map.of()).expect(200));
    // Somebody uses the old secret: the alarm has its entry too.
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
    realm.adminKey("POST", key, "/revoke", "{\"reason\":\"left the team\"}").expect(204);
    realm.own("alice", "POST", key, "/remove", "").expect(204);

    Reply seen = own(key, "");
    JsonNode history = seen.json();
    assertThat(acts(history))
        .containsExactly(
            "remove by owner",
            "revoke by administrator",
            "suspend-reused by alarm",
            "roll by owner",
            "resume by administrator",
            "suspend by administrator",
            "edit by owner",
            "create by owner");
    JsonNode edit = history.get(6);
    assertThat(edit.path("changes").toString())
        .contains(
            "\"after\":\"ci\"",
            "{\"field\":\"scopes\",\"before\":[\"orders:read\",\"orders:write\"],"
                + "\"after\":[\"orders:read\"]}");
    assertThat(edit.path("actor").path("username").asText()).isEqualTo("alice");
    assertThat(history.get(1).path("reason").asText()).isEqualTo("left the team");
    assertThat(history.get(1).path("actor").toString()).isEqualTo("{\"kind\":\"administrator\"}");
    assertThat(seen.header("Cache-Control")).hasValue("no-store");
    assertThat(seen.body()).doesNotContain(key.text(), current.text());

    JsonNode byAdmin = byAdmin(key);
    assertThat(acts(byAdmin)).isEqualTo(acts(history));
    assertThat(byAdmin.get(1).path("actor").path("id").asText()).isNotEmpty();
    assertThat(byAdmin.get(1).path("actor").path("realm").asText()).isEqualTo("master");
    assertThat(realm.own("bob", "GET", key, "/history", "").status()).isEqualTo(404);
  }

  @Test
  void aPageNamesTheNext() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.own("alice", "POST", key, "/suspend", "").expect(204);
    realm.own("alice", "POST", key, "/resume", "").expect(204);
    Reply first = own(key, "?max=2");
    assertThat(acts(first.json())).containsExactly("resume by owner", "suspend by owner");
    String link = first.header("Link").orElseThrow();
    assertThat(link).contains("max=2", "after=2", "rel=\"next\"");
    Reply last = own(key, "?max=2&after=2");
    assertThat(acts(last.json())).containsExactly("create by owner");
    assertThat(last.header("Link")).isEmpty();
    for (String wrong : List.of("?max=0", "?max=1001", "?after=x", "?after=-1", "?first=1")) {
      assertThat(realm.own("alice", "GET", key, "/history" + wrong, "").status())
          .as(wrong)
          .isEqualTo(400);
    }
  }

  @Test
  void keysThatWereRevokedTogetherSayWhyAndAJobsChangesAreThereUntilTheirTimeIsOver() {
    TestKey one = realm.apiKey("orders:read");
    TestKey other = realm.apiKey("orders:read");
    realm.admin("POST", "/access-keys/revoke?kind=api-key", "{\"reason\":\"moved\"}").expect(200);
    for (TestKey key : List.of(one, other)) {
      JsonNode newest = byAdmin(key).get(0);
      assertThat(newest.path("act").asText()).isEqualTo("revoke");
      assertThat(newest.path("reason").asText()).isEqualTo("moved");
    }
    TestKey used = realm.pat("alice", Map.of("scopes", List.of("orders:read")));
    assertThat(realm.verify(used.text(), "?client=acme-api").status()).isEqualTo(200);
    realm.roll("alice", used, "{\"overlap\":\"P2D\"}", Map.of()).expect(200);
    realm.ahead(
        Duration.ofDays(1).plusHours(2),
        () -> {
          assertThat(realm.verify(used.text(), "?client=acme-api").status()).isEqualTo(200);
          realm.writeUses();
          realm.upkeep();
          assertThat(acts(own(used, "").json())).first().isEqualTo("extend by schedule");
        });
    realm.ahead(
        Duration.ofDays(91),
        () -> {
          realm.upkeep();
          assertThat(acts(byAdmin(used))).doesNotContain("create by owner");
        });
  }
}
