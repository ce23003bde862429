package io.accesskeys.it.abuse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What could be taken for something else than it says is refused and changes nothing. */
class AmbiguousInputIT {

  private static final String NEW =
      "{\"kind\":\"personal-access-token\",\"name\":\"%s\",\"client\":\"acme-api\"}";

  private static TestRealm realm;
  private static HttpClient http;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("ambiguous");
    realm.policy(Map.of("personal-access-token.self-roll", "P30D")).expect(204);
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static Stream<String> wrongVersions() {
    return Stream.of("", " ", "W/\"1\"", "\"1\", \"2\"", "\"01\"", "1");
  }

  @ParameterizedTest
  @MethodSource("wrongVersions")
  void aVersionThatSaysNothingOfTheKeyChangesNothing(String ifMatch) {
    TestKey key = realm.pat("alice", "orders:read");
    Map<String, String> header = Map.of("If-Match", ifMatch);
    URI own = realm.uri("/access-keys/" + key.id());
    String admin = "/access-keys/" + key.id();
    Map<String, String> alice = TestRealm.and(realm.as("alice"), header);
    Map<String, String> root = TestRealm.and(realm.asAdmin(), header);
    Map<String, String> self = TestRealm.and(TestRealm.bearer(key.text()), header);
    Stream.concat(
            acts(key, alice, root),
            Stream.of(
                Http.json("PATCH", own, alice, "{\"name\":\"x\"}"),
                Http.json("POST", URI.create(own + "/roll"), alice, "{}"),
                Http.json("POST", realm.uri("/access-keys/self/roll"), self, "{}"),
                Http.json("DELETE", realm.uri("/access-keys/self"), self, ""),
                realm.adminAs(root, "PATCH", admin, "{\"name\":\"x\"}"),
                realm.adminAs(root, "POST", admin + "/roll", "{}")))
        .forEach(
            refused -> {
              assertThat(refused.status()).isEqualTo(400);
              assertThat(refused.text("field")).isEqualTo("If-Match");
            });
    assertThat(version(key)).isEqualTo(1);
  }

  /**
   * What can be done to a key without a look at the rest of it, by its owner and by an
   * administrator.
   */
  private static Stream<Reply> acts(
      TestKey key, Map<String, String> owner, Map<String, String> administrator) {
    URI own = realm.uri("/access-keys/" + key.id());
    String admin = "/access-keys/" + key.id();
    return Stream.of(
        Http.json("POST", URI.create(own + "/suspend"), owner, ""),
        Http.json("POST", URI.create(own + "/resume"), owner, ""),
        Http.json("POST", URI.create(own + "/remove"), owner, ""),
        Http.json("POST", URI.create(own + "/revoke"), owner, "{}"),
        Http.json("DELETE", own, owner, ""),
        realm.adminAs(administrator, "POST", admin + "/suspend", ""),
        realm.adminAs(administrator, "POST", admin + "/resume", ""),
        realm.adminAs(administrator, "POST", admin + "/revoke", "{}"),
        realm.adminAs(administrator, "DELETE", admin, ""));
  }

  @Test
  void whoHasSeenAnotherVersionChangesNothing() {
    TestKey key = realm.pat("alice", "orders:read");
    Map<String, String> header = Map.of("If-Match", "\"77\"");
    acts(key, TestRealm.and(realm.as("alice"), header), TestRealm.and(realm.asAdmin(), header))
        .forEach(refused -> assertThat(refused.status()).isEqualTo(409));
    assertThat(version(key)).isEqualTo(1);
    Map<String, String> seen = Map.of("If-Match", "\"1\"");
    realm
        .adminAs(TestRealm.and(realm.asAdmin(), seen), "DELETE", "/access-keys/" + key.id(), "")
        .expect(204);
  }

  @Test
  void aStarIsAnyVersion() {
    TestKey key = realm.pat("alice", "orders:read");
    realm.roll("alice", key, "{}", Map.of("If-Match", "*")).expect(200);
    assertThat(version(key)).isEqualTo(2);
  }

  private static int version(TestKey key) {
    return realm.adminKey("GET", key, "", null).expect(200).json().path("version").asInt();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2027-01-30T24:00:00Z", "2026-12-31T23:59:60Z"})
  void anInstantThatNoClockShowsIsRefused(String instant) {
    String body = NEW.formatted("x").replace("}", ",\"expiresAt\":\"" + instant + "\"}");
    Reply refused = realm.create("alice", body);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("field")).isEqualTo("expiresAt");
    for (String parameter : List.of("expiringBefore", "unusedSince", "rollDueBefore")) {
      Reply query = realm.admin("GET", "/access-keys?" + parameter + "=" + instant, null);
      assertThat(query.status()).isEqualTo(400);
      assertThat(query.text("field")).isEqualTo(parameter);
    }
    assertThat(realm.policy(Map.of("existing-keys-enforced-from", instant)).status())
        .isEqualTo(400);
    realm.policy(Map.of("personal-access-token.self-roll", "P30D")).expect(204);
  }

  @ParameterizedTest
  @CsvSource({
    "application/json, ISO-8859-1",
    "application/json;charset=utf-8, ISO-8859-1",
    "application/json;charset=iso-8859-1, UTF-8",
    "application/json;charset=iso-8859-1, ISO-8859-1",
    "application/json;charset=utf-16, UTF-16",
    "application/json;charset=no-such, UTF-8",
    "application/json, UTF-16",
  })
  void aBodyIsUtf8AndNotWhatItCouldBeTakenFor(String type, Charset charset) {
    TestKey key = realm.pat("alice", "orders:read");
    String alice = realm.as("alice").get("Authorization");
    String root = realm.asAdmin().get("Authorization");
    String own = realm.uri("/access-keys/" + key.id()).toString();
    String admin = realm.root("/admin/realms/ambiguous/access-keys").toString();
    byte[] named = "{\"name\":\"Größe\"}".getBytes(charset);
    byte[] reason = "{\"reason\":\"Größe\"}".getBytes(charset);
    byte[] body = NEW.formatted("Größe").getBytes(charset);
    String self = "Bearer " + key.text();
    assertThat(
            List.of(
                send("POST", realm.uri("/access-keys").toString(), alice, type, body),
                send("PATCH", own, alice, type, named),
                send("POST", own + "/revoke", alice, type, reason),
                send("POST", own + "/roll", alice, type, named),
                send("POST", realm.uri("/access-keys/self/roll").toString(), self, type, named),
                send("POST", realm.uri("/access-keys/exposed").toString(), alice, type, named),
                send("POST", admin, root, type, body),
                send("PATCH", admin + "/" + key.id(), root, type, named),
                send("POST", admin + "/" + key.id() + "/explain", root, type, named),
                send("POST", admin + "/find", root, type, named),
                send("POST", admin + "/import", root, type, named),
                send("PUT", admin + "/policy", root, type, named),
                send("PATCH", admin + "/policy", root, type, named),
                send("POST", admin + "/revoke?q=x", root, type, reason)))
        .containsOnly(400);
    assertThat(version(key)).isEqualTo(1);
  }

  @Test
  void aBodyMayNameItsCharsetRightly() {
    String alice = realm.as("alice").get("Authorization");
    byte[] body = NEW.formatted("Größe 🔑").getBytes(UTF_8);
    String keys = realm.uri("/access-keys").toString();
    assertThat(send("POST", keys, alice, "application/json; charset=\"UTF-8\"", body))
        .isEqualTo(201);
    assertThat(names("?q=gro%CC%88%C3%9Fe")).containsExactly("Größe 🔑");
  }

  private static int send(String method, String uri, String auth, String type, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(uri))
            .method(method, BodyPublishers.ofByteArray(body))
            .header("Content-Type", type)
            .header("Authorization", auth)
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"q=%FF", "q=%C3", "client=%E2%82", "kind=%80", "owner=%F0%9F"})
  void aQueryThatCannotBeDecodedIsRefused(String query) {
    Reply refused = realm.admin("GET", "/access-keys?" + query, null);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("field")).isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u200b\\u2060", "\\u202e", "\\u200f", "\\u3164", "\\u00a0", "\\ud800"})
  void aNameThatLooksEmptyOrTurnsTextIsRefused(String name) {
    Reply refused = realm.create("alice", NEW.formatted(name));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("field")).isEqualTo("name");
    TestKey key = realm.pat("alice", "orders:read");
    assertThat(realm.own("alice", "PATCH", key, "", "{\"name\":\"" + name + "\"}").status())
        .isEqualTo(400);
  }

  @Test
  void aSearchIsReadAsNamesAre() {
    realm.create("alice", NEW.formatted("Zoe\\u0308's laptop")).expect(201);
    String composed = "Zo\u00eb's laptop";
    String typed = "Zoe\u0308's laptop";
    for (String q : List.of("zo%C3%AB", "ZOE%CC%88", "%20zo%C3%AB%20", "%09zoe%CC%88's%20")) {
      assertThat(names("?q=" + q)).as(q).isSubsetOf(Set.of(composed, typed)).hasSize(1);
      assertThat(Http.get(realm.uri("/access-keys?q=" + q), realm.as("alice")).json()).hasSize(1);
    }
    assertThat(names("?q=zoe")).isEmpty();
  }

  private static List<String> names(String query) {
    return realm
        .admin("GET", "/access-keys" + query, null)
        .expect(200)
        .json()
        .findValuesAsText("name");
  }

  /** Names are indexed by their first 32 bytes; what is found so can be revoked at once. */
  @Test
  void namesThatDifferOnlyAtTheirEndAreNotTakenForEachOther() {
    String begin = "billing-worker-production-eu-west_";
    for (String name : List.of(begin + "1", begin + "2", begin.replace('_', '-') + "1")) {
      realm.pat("alice", Map.of("name", name));
    }
    assertThat(names("?q=" + begin + "1")).containsExactly(begin + "1");
    assertThat(names("?q=" + begin.toUpperCase(Locale.ROOT)))
        .containsExactlyInAnyOrder(begin + "1", begin + "2");
    assertThat(names("?q=" + begin + "1" + "x".repeat(500))).isEmpty();
    JsonNode count =
        realm.admin("POST", "/access-keys/revoke?q=" + begin + "2", "{\"dryRun\":true}").json();
    assertThat(count.path("count").asInt()).isEqualTo(1);
  }
}
