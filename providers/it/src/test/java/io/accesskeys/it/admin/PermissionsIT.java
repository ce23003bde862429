package io.accesskeys.it.admin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what in the admin API: a person's key, and an API key of a client. */
class PermissionsIT {

  private static TestRealm realm;
  private static TestRealm other;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("permissions");
    other = TestRealm.create("permissions-other");
  }

  @AfterAll
  static void remove() {
    realm.close();
    other.close();
  }

  private static Map<String, String> as(String who) {
    return switch (who) {
      case "anonymous" -> Map.of();
      case "owner" -> realm.as("alice");
      case "other user" -> realm.as("bob");
      case "other realm's admin" -> other.asAdminWith("realm-admin");
      case "realm-admin" -> realm.asAdminWith("realm-admin");
      default -> realm.asAdminWith(who.split("\\+"));
    };
  }

  private static int call(Map<String, String> who, String method, String path, String body) {
    return realm.adminAs(who, method, "/access-keys" + path, body).status();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // who,                                    pat: get, edit, widen, suspend, create, revoke | api
    // key: get, edit, suspend, create, revoke
    "anonymous,                                401, 401, 401, 401, 401, 401,  401, 401, 401, 401, 401",
    "owner,                                    403, 403, 403, 403, 403, 403,  403, 403, 403, 403, 403",
    "other user,                               403, 403, 403, 403, 403, 403,  403, 403, 403, 403, 403",
    "other realm's admin,                      403, 403, 403, 403, 403, 403,  403, 403, 403, 403, 403",
    "view-users,                               200, 403, 403, 403, 403, 403,  404, 404, 404, 403, 404",
    "manage-users,                             200, 200, 403, 204, 403, 204,  404, 404, 404, 403, 404",
    "manage-users+impersonation,               200, 200, 200, 204, 201, 204,  404, 404, 404, 403, 404",
    "view-clients,                             404, 404, 404, 404, 403, 404,  200, 403, 403, 403, 403",
    "manage-clients,                           404, 404, 404, 404, 403, 404,  200, 200, 204, 201, 204",
    "view-realm,                               403, 403, 403, 403, 403, 403,  403, 403, 403, 403, 403",
    "manage-realm,                             403, 403, 403, 403, 403, 403,  403, 403, 403, 403, 403",
    "realm-admin,                              200, 200, 200, 204, 201, 204,  200, 200, 204, 201, 204",
  })
  void followFromTheOwner(
      String who,
      int getPat,
      int editPat,
      int widenPat,
      int suspendPat,
      int createPat,
      int revokePat,
      int getKey,
      int editKey,
      int suspendKey,
      int createKey,
      int revokeKey) {
    Map<String, String> as = as(who);
    TestKey pat = realm.pat("alice", "orders:read");
    TestKey key = realm.apiKey("orders:read");
    String alice = TestRealm.id(realm.user("alice"));
    String newKey =
        "{\"kind\":\"%s\",\"name\":\"x\",\"client\":\"acme-api\",\"owner\":{\"%s\":\"%s\"}}";
    String rename = "{\"name\":\"renamed\"}";
    String widen = "{\"scopes\":[\"orders:read\",\"orders:write\"]}";

    assertThat(call(as, "GET", "/" + pat.id(), null)).isEqualTo(getPat);
    assertThat(call(as, "GET", "/" + pat.id() + "/usage", null)).isEqualTo(getPat);
    assertThat(call(as, "POST", "/" + pat.id() + "/explain", "{}")).isEqualTo(getPat);
    assertThat(call(as, "POST", "/find", "{\"key\":\"" + pat.id() + "\"}")).isEqualTo(getPat);
    assertThat(call(as, "PATCH", "/" + pat.id(), rename)).isEqualTo(editPat);
    assertThat(call(as, "PATCH", "/" + pat.id(), widen)).isEqualTo(widenPat);
    assertThat(call(as, "POST", "/" + pat.id() + "/roll", "{}")).isEqualTo(widenPat);
    assertThat(call(as, "POST", "/" + pat.id() + "/suspend", "")).isEqualTo(suspendPat);
    assertThat(call(as, "POST", "/" + pat.id() + "/resume", "")).isEqualTo(suspendPat);
    assertThat(call(as, "POST", "", newKey.formatted("personal-access-token", "user", alice)))
        .isEqualTo(createPat);
    assertThat(call(as, "POST", "/" + pat.id() + "/revoke", "{}")).isEqualTo(revokePat);
    assertThat(call(as, "DELETE", "/" + pat.id(), "")).isEqualTo(revokePat);
    assertThat(realm.verify(pat.text(), "?client=acme-api").status())
        .isEqualTo(revokePat == 204 ? 401 : 200);

    assertThat(call(as, "GET", "/" + key.id(), null)).isEqualTo(getKey);
    assertThat(call(as, "PATCH", "/" + key.id(), rename)).isEqualTo(editKey);
    assertThat(call(as, "POST", "/" + key.id() + "/roll", "{}")).isEqualTo(editKey);
    assertThat(call(as, "POST", "/" + key.id() + "/suspend", "")).isEqualTo(suspendKey);
    assertThat(call(as, "POST", "/" + key.id() + "/resume", "")).isEqualTo(suspendKey);
    assertThat(call(as, "POST", "", newKey.formatted("api-key", "client", "billing-worker")))
        .isEqualTo(createKey);
    assertThat(call(as, "DELETE", "/" + key.id(), "")).isEqualTo(revokeKey);
  }

  @Test
  void nobodyLearnsWhetherAKeyIsThereBeforeTheyMayAsk() {
    TestKey key = realm.pat("alice", "orders:read");
    for (String who : new String[] {"owner", "other user", "manage-realm"}) {
      assertThat(call(as(who), "GET", "/" + key.id(), null))
          .as(who)
          .isEqualTo(call(as(who), "GET", "/0123456789abcdef", null))
          .isEqualTo(403);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"view-users", "query-users", "manage-users"})
  void aKeyThatSomebodyMayNotSeeIsNotThere(String role) {
    TestKey key = realm.apiKey("orders:read");
    List<String> calls =
        List.of(
            "GET ",
            "PATCH ",
            "DELETE ",
            "GET /usage",
            "POST /roll",
            "POST /suspend",
            "POST /resume",
            "POST /revoke",
            "POST /explain");
    for (String call : calls) {
      List<Reply> replies =
          Stream.of(key.id(), "0123456789abcdef", "no-id")
              .map(id -> call.replace(" ", " /access-keys/" + id).split(" "))
              .map(words -> realm.adminAs(as(role), words[0], words[1], "{}"))
              .toList();
      assertThat(replies).as(call).extracting(Reply::status).containsOnly(404);
      assertThat(replies).as(call).extracting(Reply::body).containsOnly(replies.get(0).body());
    }
    for (String pasted : List.of(key.id(), key.text(), "0123456789abcdef", "x")) {
      assertThat(call(as(role), "POST", "/find", "{\"key\":\"" + pasted + "\"}")).isEqualTo(404);
    }
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);
  }

  /** By lists, by where their pages end, and by counts. */
  @Test
  void whatAnAdministratorMayNotSeeLeavesNoTraceInLists() {
    String body =
        "{\"kind\":\"api-key\",\"name\":\"trace %s\",\"client\":\"acme-api\",\"owner\":{\"client\":\"billing-worker\"}}";
    for (String name : List.of("1", "3", "5")) {
      realm.admin("POST", "/access-keys", body.formatted(name)).expect(201);
    }
    TestKey two = realm.pat("alice", Map.of("name", "trace 2"));
    TestKey four = realm.pat("bob", Map.of("name", "trace 4"));
    Map<String, String> helper = as("view-users");

    Reply first = list(helper, "?q=trace&max=1");
    assertThat(first.json().findValuesAsText("id")).containsExactly(two.id());
    String after = first.header("Link").orElseThrow().replaceAll(".*[?&]after=([^&>]*).*", "$1");
    assertThat(new String(Base64.getUrlDecoder().decode(after), UTF_8)).endsWith(two.id());
    Reply last = list(helper, "?q=trace&max=1&after=" + after);
    assertThat(last.json().findValuesAsText("id")).containsExactly(four.id());
    assertThat(last.header("Link")).isEmpty();
    assertThat(list(helper, "?q=trace&max=1&first=1").body()).isEqualTo(last.body());
    for (String nothing : List.of("?q=trace+1&max=1", "?kind=api-key&max=1", "?q=trace&first=2")) {
      assertThat(list(helper, nothing).body()).isEqualTo("[]");
      assertThat(list(helper, nothing).header("Link")).isEmpty();
    }
    assertThat(list(helper, "/count?q=trace").json().path("count").asInt()).isEqualTo(2);
    assertThat(list(helper, "/count?q=trace+1").json().path("count").asInt()).isZero();
    assertThat(list(as("realm-admin"), "/count?q=trace").json().path("count").asInt()).isEqualTo(5);
    Reply dry =
        realm.adminAs(
            as("manage-users"), "POST", "/access-keys/revoke?q=trace", "{\"dryRun\":true}");
    assertThat(dry.expect(200).json().path("count").asInt()).isEqualTo(2);
  }

  private static Reply list(Map<String, String> who, String query) {
    return realm.adminAs(who, "GET", "/access-keys" + query, null).expect(200);
  }

  @Test
  void bulkRevocationSparesWhatTheAdministratorMayNotManage() {
    TestKey pat = realm.pat("alice", Map.of("name", "spared"));
    String body =
        "{\"kind\":\"api-key\",\"name\":\"spared not\",\"client\":\"acme-api\",\"owner\":{\"client\":\"billing-worker\"}}";
    realm.admin("POST", "/access-keys", body).expect(201);
    Reply revoked =
        realm.adminAs(as("manage-clients"), "POST", "/access-keys/revoke?q=spared", "{}");
    assertThat(revoked.expect(200).json().path("count").asInt()).isEqualTo(1);
    assertThat(realm.verify(pat.text(), "?client=acme-api").status()).isEqualTo(200);
  }

  @Test
  void fineGrainedPermissionsOfKeycloakCount() {
    realm.change("", Map.of("adminPermissionsEnabled", true));
    Map<String, String> helper = realm.asAdminWith("query-users");
    TestKey alices = realm.pat("alice", "orders:read");
    TestKey bobs = realm.pat("bob", "orders:read");
    assertThat(call(helper, "GET", "/" + alices.id(), null)).isEqualTo(404);

    allow("admin-query-users", TestRealm.id(realm.user("alice")));

    assertThat(call(helper, "GET", "/" + alices.id(), null)).isEqualTo(200);
    assertThat(call(helper, "DELETE", "/" + alices.id(), "")).isEqualTo(204);
    assertThat(call(helper, "GET", "/" + bobs.id(), null)).isEqualTo(404);
    assertThat(call(helper, "DELETE", "/" + bobs.id(), "")).isEqualTo(404);
    assertThat(realm.adminAs(helper, "GET", "/access-keys?max=1000", null).expect(200).body())
        .contains(alices.id())
        .doesNotContain(bobs.id());
    realm.change("", Map.of("adminPermissionsEnabled", false));
  }

  /** A permission of the kind the Admin Console makes: this administrator, that user. */
  private static void allow(String admin, String userId) {
    String server = realm.client("admin-permissions") + "/authz/resource-server";
    realm
        .admin(
            "POST",
            server + "/policy/user",
            "{\"name\":\"the helper\",\"users\":[\"%s\"]}"
                .formatted(TestRealm.id(realm.user(admin))))
        .expect(201);
    realm
        .admin(
            "POST",
            server + "/permission/scope",
            "{\"name\":\"helper manages\",\"resourceType\":\"Users\",\"resources\":[\"%s\"],\"scopes\":[\"view\",\"manage\"],\"policies\":[\"the helper\"]}"
                .formatted(userId))
        .expect(201);
  }
}
