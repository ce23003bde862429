package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys that move house with their realm. */
@Contract
class TransferIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int KEYS = Integer.getInteger("transfer.keys", 300);
  private static final String NAME = "transfer";

  private static String json;
  private static TestRealm realm;

  /** With ids that stay, as in what Keycloak exports. */
  @BeforeAll
  static void create() throws JsonProcessingException {
    ObjectNode shipped = (ObjectNode) JSON.readTree(TestRealm.shipped(NAME));
    int number = 0;
    for (JsonNode user : shipped.path("users")) {
      ((ObjectNode) user).put("id", "11111111-0000-4000-8000-00000000000" + number++);
    }
    json = shipped.toString();
    realm = TestRealm.imported(NAME, json);
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static void moveHouse() {
    realm.close();
    realm = TestRealm.imported(NAME, json);
  }

  private static ArrayNode exportAll() {
    ArrayNode all = JSON.createArrayNode();
    URI next =
        URI.create(
            realm.server().baseUri() + "/admin/realms/" + NAME + "/access-keys/export?max=1000");
    while (next != null) {
      Reply page = Http.get(next, realm.asAdmin()).expect(200);
      all.addAll((ArrayNode) page.json());
      next =
          page.header("Link")
              .map(link -> URI.create(link.substring(1, link.indexOf('>'))))
              .orElse(null);
    }
    return all;
  }

  private static List<String> importAll(JsonNode rows) {
    List<String> results = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += 1_000) {
      ArrayNode page = JSON.createArrayNode();
      for (int i = from; i < Math.min(rows.size(), from + 1_000); i++) {
        page.add(rows.get(i));
      }
      Reply reply = realm.admin("POST", "/access-keys/import", page.toString()).expect(200);
      StreamSupport.stream(reply.json().spliterator(), false)
          .forEach(row -> results.add(row.path("result").asText()));
    }
    return results;
  }

  private static boolean works(TestKey key) {
    return realm.verify(key.text(), "?client=acme-api").status() == 200;
  }

  @Test
  void keysInEveryStateMoveWithTheirRealmAndTwiceChangesNothing() {
    TestKey plain = realm.pat("alice", "orders:read");
    TestKey service = realm.apiKey("orders:read", "orders:write");
    TestKey rolling = realm.pat("alice", "orders:read");
    TestKey rolled = TestKey.of(realm.roll("alice", rolling, "", Map.of()).expect(200));
    TestKey suspended = realm.pat("alice", "orders:read");
    realm.own("alice", "POST", suspended, "/suspend", "").expect(204);
    TestKey revoked = realm.pat("alice", "orders:read");
    realm.own("alice", "POST", revoked, "/revoke", "{\"reason\":\"old\"}").expect(204);
    TestKey full =
        realm.pat(
            "bob",
            Map.of(
                "classic", true,
                "description", "d",
                "metadata", Map.of("b", "1", "a", "2"),
                "notBefore", Instant.now().minus(Duration.ofDays(1)).toString(),
                "restrictions", List.of(Map.of("type", "ip", "allow", List.of("127.0.0.0/8")))));
    assertThat(works(plain)).isTrue();
    JsonNode exported = exportAll();
    assertThat(exported.toString()).doesNotContain(plain.text().substring(23));
    assertThat(importAll(exported)).containsOnly("unchanged");

    moveHouse();
    assertThat(works(plain)).isFalse();
    assertThat(importAll(exported)).hasSizeGreaterThanOrEqualTo(6).containsOnly("created");

    assertThat(List.of(plain, service, rolling, rolled, full)).allMatch(TransferIT::works);
    assertThat(works(suspended)).isFalse();
    assertThat(works(revoked)).isFalse();
    assertThat(realm.adminKey("GET", revoked, "", null).text("revocationReason")).isEqualTo("old");
    assertThat(importAll(exported)).containsOnly("unchanged");
    assertThat(withoutUse(exportAll())).isEqualTo(withoutUse(exported));
  }

  private static List<JsonNode> withoutUse(JsonNode rows) {
    List<JsonNode> stripped = new ArrayList<>();
    for (JsonNode row : rows) {
      ObjectNode copy = row.deepCopy();
      copy.remove("usage");
      copy.path("secrets").forEach(secret -> ((ObjectNode) secret).remove("lastUsedAt"));
      stripped.add(copy);
    }
    return stripped;
  }

  @Test
  void manyKeysMoveAndAllWork() {
    realm.policy(Map.of("api-key.max-per-owner", "100000")).expect(204);
    List<TestKey> keys = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      keys.add(realm.apiKey("orders:read"));
    }
    JsonNode exported = exportAll();
    moveHouse();
    realm.policy(Map.of("api-key.max-per-owner", "100000")).expect(204);
    long start = System.nanoTime();
    assertThat(importAll(exported)).hasSize(exported.size()).containsOnly("created");
    System.out.printf(
        "Imported %d keys in %d ms%n", exported.size(), (System.nanoTime() - start) / 1_000_000);
    assertThat(keys).allMatch(TransferIT::works);
    assertThat(importAll(exported)).containsOnly("unchanged");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          id           | 'id':'short'
          prefix       | 'prefix':'No'
          kind         | 'kind':'x'
          owner        | 'owner':{'user':'nobody'}
          owner        | 'owner':{'client':'billing-worker'}
          client       | 'client':'nothing'
          name         | 'name':''
          scopes       | 'scopes':['a b']
          restrictions[0].type | 'restrictions':[{'type':'x'}]
          createdAt    | 'createdAt':'yesterday'
          createdBy    | 'createdBy':''
          expiresAt    | 'expiresAt':'x'
          suspendedBy  | 'suspendedAt':'2026-01-01T00:00:00Z'
          secrets      | 'secrets':[]
          secrets[0].algorithm | 'secrets':[{'number':1,'algorithm':'md5','hash':'x','hint':'abcd','createdAt':'2026-01-01T00:00:00Z'}]
          secrets[0].hash      | 'secrets':[{'number':1,'algorithm':'access-keys-sha-256','hash':'x','hint':'abcd','createdAt':'2026-01-01T00:00:00Z'}]
          usage.count  | 'usage':{'count':-1}
          version      | 'version':0
          """)
  void aRowThatIsWrongIsNamedAndStoresNothing(String field, String change)
      throws JsonProcessingException {
    TestKey key = realm.pat("alice", "orders:read");
    ObjectNode row = rowOf(key);
    row.put("id", "0123456789abcdef");
    row.setAll((ObjectNode) JSON.readTree("{" + change.replace('\'', '"') + "}"));
    Reply reply =
        realm.admin("POST", "/access-keys/import", JSON.createArrayNode().add(row).toString());
    JsonNode outcome = reply.expect(200).json().path(0);
    assertThat(outcome.path("result").asText()).as(reply.toString()).isEqualTo("invalid");
    assertThat(outcome.path("field").asText()).isEqualTo(field);
    assertThat(realm.admin("GET", "/access-keys/0123456789abcdef", null).status()).isEqualTo(404);
  }

  @Test
  void aRowWithTheIdOfAnotherKeyIsLeftAlone() {
    TestKey key = realm.pat("alice", "orders:read");
    ObjectNode row = rowOf(key).put("name", "another");
    String body = JSON.createArrayNode().add(row).toString();
    assertThat(
            realm
                .admin("POST", "/access-keys/import", body)
                .expect(200)
                .json()
                .at("/0/result")
                .asText())
        .isEqualTo("conflict");
    assertThat(realm.adminKey("GET", key, "", null).text("name")).isEqualTo("test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{}", "[1]", "[null]", "[{\"x\":1}]", "[", "x", "[{\"id\":{}}]", "''"})
  void aBodyThatIsNoListOfRowsIsRefused(String body) {
    assertThat(realm.admin("POST", "/access-keys/import", body).status()).isEqualTo(400);
  }

  @Test
  void itTakesAllTheRightsThereAre() {
    for (String roles :
        List.of("manage-users,view-users", "manage-users,manage-clients,manage-realm")) {
      Map<String, String> as = realm.asAdminWith(roles.split(","));
      assertThat(realm.adminAs(as, "GET", "/access-keys/export", null).status()).isEqualTo(403);
      assertThat(realm.adminAs(as, "POST", "/access-keys/import", "[]").status()).isEqualTo(403);
    }
    Map<String, String> all =
        realm.asAdminWith("manage-users", "manage-clients", "manage-realm", "impersonation");
    assertThat(realm.adminAs(all, "GET", "/access-keys/export", null).status()).isEqualTo(200);
  }

  private static ObjectNode rowOf(TestKey key) {
    for (JsonNode row : exportAll()) {
      if (row.path("id").asText().equals(key.id())) {
        return (ObjectNode) row;
      }
    }
    throw new AssertionError("Not exported: " + key.id());
  }
}
