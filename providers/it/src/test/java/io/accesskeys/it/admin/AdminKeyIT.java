package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What administrators can do with the keys of a realm. */
@Contract
class AdminKeyIT {

  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("admin-key");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static boolean works(TestKey key) {
    return realm.verify(key.text(), "?client=acme-api").status() == 200;
  }

  private static List<String> found(String query) {
    return values(realm.admin("GET", "/access-keys" + query, null).expect(200), "id");
  }

  private static List<String> values(Reply list, String member) {
    return StreamSupport.stream(list.json().spliterator(), false)
        .map(key -> key.path(member).asText())
        .toList();
  }

  private static JsonNode explain(TestKey key, Map<String, ?> request) {
    String body = new ObjectMapper().valueToTree(request).toString();
    return realm.adminKey("POST", key, "/explain", body).expect(200).json();
  }

  @Nested
  class OneKey {

    @Test
    void isShownEditedAndRevokedWithEventsThatHoldNoSecret() {
      TestKey key = realm.pat("alice", "orders:read");
      assertThat(realm.adminKey("GET", key, "", null).expect(200).json().path("owner").has("user"))
          .isTrue();
      assertThat(
              realm.adminKey("PATCH", key, "", "{\"name\":\"renamed\"}").expect(200).text("name"))
          .isEqualTo("renamed");
      realm.adminKey("POST", key, "/revoke", "{\"reason\":\"left the team\"}").expect(204);
      assertThat(works(key)).isFalse();

      JsonNode events = realm.admin("GET", "/admin-events?resourcePath=access-keys*", null).json();
      List<String> operations =
          StreamSupport.stream(events.spliterator(), false)
              .filter(event -> event.path("resourcePath").asText().endsWith(key.id()))
              .map(event -> event.path("operationType").asText())
              .toList();
      assertThat(operations).containsExactlyInAnyOrder("UPDATE", "DELETE");
      assertThat(events.toString()).doesNotContain(key.text().substring(23));
    }

    @Test
    void isFoundByItsTextOrItsId() {
      TestKey key = realm.pat("alice", "orders:read");
      for (String pasted : List.of(key.text(), key.id(), " " + key.text() + " ")) {
        assertThat(
                realm
                    .admin("POST", "/access-keys/find", "{\"key\":\"" + pasted + "\"}")
                    .expect(200)
                    .text("id"))
            .isEqualTo(key.id());
      }
      assertThat(realm.admin("POST", "/access-keys/find", "{\"key\":\"nothing\"}").status())
          .isEqualTo(404);
    }

    @Test
    void isExplained() {
      TestKey key = realm.patFrom("alice", "203.0.113.0/24");
      assertThat(explain(key, Map.of("address", "203.0.113.9")).path("allowed").asBoolean())
          .isTrue();
      assertThat(explain(key, Map.of("address", "198.51.100.1")).path("reason").asText())
          .isEqualTo("restriction");
      assertThat(explain(key, Map.of()).path("reason").asText()).isEqualTo("restriction");
      assertThat(
              explain(key, Map.of("address", "203.0.113.9", "scopes", List.of("orders:write")))
                  .path("reason")
                  .asText())
          .isEqualTo("insufficient_scope");
      assertThat(
              explain(key, Map.of("address", "203.0.113.9", "client", "other"))
                  .path("reason")
                  .asText())
          .isEqualTo("wrong_client");
      assertThat(
              explain(
                      key,
                      Map.of(
                          "address",
                          "203.0.113.9",
                          "at",
                          Instant.now().plus(Duration.ofDays(31)).toString()))
                  .path("reason")
                  .asText())
          .isEqualTo("expired");
    }

    @Test
    void ofAClientIsMadeAsAClientSecretThatLetsNobodyIn() {
      String body =
          "{\"kind\":\"client-secret\",\"name\":\"deploy\",\"owner\":{\"client\":\"billing-worker\"}}";
      Reply created = realm.admin("POST", "/access-keys", body).expect(201);
      TestKey secret = TestKey.of(created);
      ShownSecrets.add(secret.text());
      assertThat(secret.text()).startsWith("kccs_");
      assertThat(created.json().path("owner").path("client").asText()).isEqualTo("billing-worker");
      assertThat(works(secret)).isFalse();
      assertThat(realm.introspect(secret.text(), Map.of()).body()).isEqualTo("{\"active\":false}");
      assertThat(explain(secret, Map.of("client", "billing-worker")).toString())
          .isEqualTo("{\"allowed\":true,\"scopes\":[]}");
      assertThat(explain(secret, Map.of("client", "acme-gateway")).path("reason").asText())
          .isEqualTo("wrong_client");
      String scoped = body.replace("\"name\"", "\"scopes\":[\"orders:read\"],\"name\"");
      assertThat(realm.admin("POST", "/access-keys", scoped).text("field")).isEqualTo("scopes");
      String forPublic = body.replace("billing-worker", "acme-api");
      assertThat(realm.admin("POST", "/access-keys", forPublic).status()).isEqualTo(400);
    }
  }

  @Nested
  class ManyKeys {

    @Test
    void comeInPagesThatNameTheNext() {
      List<String> made =
          IntStream.range(0, 7)
              .mapToObj(i -> realm.pat("bob", Map.of("name", "paged " + i)).id())
              .toList();
      List<String> seen = new ArrayList<>();
      Optional<URI> next =
          Optional.of(
              URI.create(
                  realm.server().baseUri()
                      + "/admin/realms/"
                      + realm.name()
                      + "/access-keys?max=3&q=PAGED"));
      int pages = 0;
      while (next.isPresent()) {
        Reply page = Http.get(next.get(), realm.asAdmin()).expect(200);
        seen.addAll(values(page, "id"));
        Matcher link = NEXT.matcher(page.header("Link").orElse(""));
        next = link.find() ? Optional.of(URI.create(link.group(1))) : Optional.empty();
        pages++;
      }
      assertThat(seen).containsExactlyElementsOf(made);
      assertThat(pages).isEqualTo(3);
    }

    @Test
    void areFoundByWhatTheyAre() {
      TestKey suspended = realm.pat("alice", Map.of("name", "found suspended"));
      realm.own("alice", "POST", suspended, "/suspend", "").expect(204);
      TestKey revoked = realm.pat("alice", Map.of("name", "found revoked"));
      realm.revoke("alice", revoked).expect(204);
      TestKey pending =
          realm.pat(
              "alice", Map.of("notBefore", Instant.now().plus(Duration.ofDays(1)).toString()));
      TestKey rolling = realm.pat("alice", Map.of());
      realm.roll("alice", rolling, "", Map.of()).expect(200);
      TestKey soon =
          realm.pat(
              "alice",
              Map.of(
                  "expiresAt",
                  Instant.now().plus(Duration.ofDays(2)).toString(),
                  "restrictions",
                  List.of(Map.of("type", "ip", "allow", List.of("203.0.113.0/24")))));
      TestKey service = realm.apiKey("orders:read");

      assertThat(found("?state=suspended")).containsExactly(suspended.id());
      assertThat(found("?state=revoked")).contains(revoked.id()).doesNotContain(soon.id());
      assertThat(found("?state=pending")).containsExactly(pending.id());
      assertThat(found("?state=rolling")).containsExactly(rolling.id());
      assertThat(found("?state=active"))
          .contains(soon.id(), service.id())
          .doesNotContain(rolling.id(), revoked.id(), suspended.id(), pending.id());
      assertThat(found("?state=expired")).isEmpty();
      assertThat(found("?kind=api-key")).contains(service.id()).doesNotContain(soon.id());
      String inThreeDays = Instant.now().plus(Duration.ofDays(3)).toString();
      assertThat(found("?expiringBefore=" + inThreeDays)).containsExactly(soon.id());
      assertThat(found("?restricted=false")).contains(service.id()).doesNotContain(soon.id());
      assertThat(found("?q=found%20s")).containsExactly(suspended.id());
      assertThat(found("?unusedSince=" + inThreeDays)).contains(soon.id());
      assertThat(found("?unusedSince=2020-01-01T00:00:00Z")).isEmpty();
      String alice = TestRealm.id(realm.user("alice"));
      assertThat(found("?owner=" + alice)).contains(soon.id()).doesNotContain(service.id());
      assertThat(
              realm
                  .admin("GET", "/access-keys/count?state=suspended", null)
                  .expect(200)
                  .json()
                  .path("count")
                  .asInt())
          .isEqualTo(1);
      realm.adminKey("POST", suspended, "/resume", "").expect(204);
    }

    @Test
    void areFoundByWhatDeservesALook() {
      realm.policy(Map.of("personal-access-token.max-lifetime", "none")).expect(204);
      TestKey forever =
          TestKey.of(
              realm.create(
                  "bob",
                  "{\"kind\":\"personal-access-token\",\"name\":\"forever\",\"client\":\"acme-api\","
                      + "\"scopes\":[\"orders:read\"],\"expiresAt\":null}"));
      realm.policy(Map.of()).expect(204);
      String inAYear = Instant.now().plus(Duration.ofDays(360)).toString();
      TestKey scheduled =
          realm.pat("alice", Map.of("expiresAt", inAYear, "roll", Map.of("every", "P30D")));
      assertThat(works(scheduled)).isTrue();
      TestKey service = realm.apiKey("orders:read");
      TestKey secret = realm.clientSecret("billing-worker", Map.of());

      assertThat(found("?expires=never")).containsExactly(forever.id());
      assertThat(found("?used=never")).contains(forever.id());
      realm.writeUses();
      assertThat(found("?used=never")).doesNotContain(scheduled.id());
      Instant now = Instant.now();
      assertThat(found("?rollDueBefore=" + now.plus(Duration.ofDays(31))))
          .containsExactly(scheduled.id());
      assertThat(found("?rollDueBefore=" + now.plus(Duration.ofDays(29)))).isEmpty();

      assertThat(found("?orphaned=true")).isEmpty();
      realm.change(realm.user("bob"), Map.of("enabled", false));
      assertThat(found("?orphaned=true")).contains(forever.id()).doesNotContain(scheduled.id());
      realm.change(realm.user("bob"), Map.of("enabled", true));
      realm.change(realm.client("billing-worker"), Map.of("enabled", false));
      assertThat(found("?orphaned=true"))
          .contains(service.id(), secret.id())
          .doesNotContain(forever.id(), scheduled.id());
      realm.change(realm.client("billing-worker"), Map.of("enabled", true));
      realm.change(realm.client("acme-api"), Map.of("enabled", false));
      assertThat(found("?orphaned=true"))
          .contains(forever.id(), service.id())
          .doesNotContain(secret.id());
      realm.change(realm.client("acme-api"), Map.of("enabled", true));
    }

    private List<TestKey> three(String name) {
      return IntStream.range(0, 3)
          .mapToObj(i -> realm.pat("alice", Map.of("name", name + i)))
          .toList();
    }

    @Test
    void areNotRevokedWhenTheyAreMoreThanWasSeen() {
      List<TestKey> made = three("counted ");
      Reply refused = bulk("?q=counted", "{\"expected\":2}").expect(409);
      assertThat(refused.text("detail")).contains("3");
      for (String wrong : List.of("-1", "\"3\"", "1.5", "3000000000", "null")) {
        assertThat(bulk("?q=counted", "{\"expected\":" + wrong + "}").expect(400).text("field"))
            .isEqualTo("expected");
      }
      assertThat(made).allMatch(AdminKeyIT::works);
      bulk("?q=counted", "{\"expected\":3}").expect(200);
      assertThat(made).noneMatch(AdminKeyIT::works);
    }

    @Test
    void areRevokedByFilterAfterADryRun() {
      List<TestKey> made = three("bulk ");
      assertThat(bulk("?q=bulk", "{\"dryRun\":true}").expect(200).json().path("count").asInt())
          .isEqualTo(3);
      assertThat(made).allMatch(AdminKeyIT::works);

      assertThat(
              bulk("?q=bulk", "{\"reason\":\"incident 7\"}")
                  .expect(200)
                  .json()
                  .path("count")
                  .asInt())
          .isEqualTo(3);
      assertThat(made).noneMatch(AdminKeyIT::works);
      assertThat(realm.adminKey("GET", made.get(0), "", null).text("revocationReason"))
          .isEqualTo("incident 7");
      assertThat(bulk("?q=bulk", "{}").json().path("count").asInt()).isZero();
      assertThat(bulk("", "{}").status()).isEqualTo(400);
      assertThat(bulk("?max=3", "{}").status()).isEqualTo(400);
    }

    private Reply bulk(String query, String body) {
      return realm.admin("POST", "/access-keys/revoke" + query, body);
    }
  }
}
