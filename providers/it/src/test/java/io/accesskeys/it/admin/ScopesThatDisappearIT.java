package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Who deletes a role, or renames a scope and makes another, gives no key and nobody more. */
@Contract
class ScopesThatDisappearIT {

  private static final String READ = "orders:read";
  private static final String WRITE = "orders:write";
  private static final String MAPPINGS = "/scope-mappings/realm";

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("disappear");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @Nested
  class AScopeWithoutItsRole {

    private TestKey key;
    private String jwt;

    /** As the shipped realm has it. */
    @AfterEach
    void restoreTheRole() {
      attribute(WRITE, "access-keys.open", "false");
      if (realm.admin("GET", "/roles/" + WRITE, null).status() == 404) {
        realm.admin("POST", "/roles", "{\"name\":\"orders:write\"}").expect(201);
      }
      realm.roles("POST", realm.user("alice"), WRITE);
      String role = "[" + realm.admin("GET", "/roles/" + WRITE, null).expect(200).json() + "]";
      realm.admin("POST", realm.clientScope(WRITE) + MAPPINGS, role).expect(204);
    }

    /** Where the word stands beside the role, it must not count once the role is gone. */
    @BeforeEach
    void sayOpenBesideTheRole() {
      key = realm.pat("alice", READ, WRITE);
      attribute(WRITE, "access-keys.open", "true");
      jwt = realm.jwt(key);
      assertThat(scopesOf(key)).containsExactlyInAnyOrder(READ, WRITE);
      assertThat(introspected(jwt).path("active").asBoolean()).isTrue();
      assertThat(problems()).isEqualTo(WRITE + " open_with_roles");
      assertRefusedTo("bob", "`orders:write` needs the role `orders:write`, which the owner");
    }

    @Test
    void isNobodysOnceTheRoleIsDeleted() {
      realm.admin("DELETE", "/roles/" + WRITE, null).expect(204);
      assertClosed();
    }

    @Test
    void staysNobodysWhenAFileOverwritesTheRole() {
      overwriteTheRole();
      assertClosed();
      realm.roles("POST", realm.user("alice"), WRITE);
      assertClosed();
    }

    @Test
    void isNobodysOnceAnAdministratorTakesTheRoleAwayFromIt() {
      String role = "[" + realm.admin("GET", "/roles/" + WRITE, null).expect(200).json() + "]";
      realm.admin("DELETE", realm.clientScope(WRITE) + MAPPINGS, role).expect(204);
      assertClosed();
    }

    @Test
    void isNobodysOnceTheClientOfTheRoleIsDeleted() {
      realm.admin("POST", "/clients", "{\"clientId\":\"shop\"}").expect(201);
      String shop = realm.client("shop");
      realm.admin("POST", shop + "/roles", "{\"name\":\"seller\"}").expect(201);
      JsonNode seller = realm.admin("GET", shop + "/roles/seller", null).expect(200).json();
      String mappings = realm.clientScope(WRITE) + "/scope-mappings/clients/" + TestRealm.id(shop);
      realm.admin("POST", mappings, "[" + seller + "]").expect(204);
      realm.admin("DELETE", "/roles/" + WRITE, null).expect(204);
      assertThat(problems()).as("one of two").isEqualTo(WRITE + " open_with_roles");
      assertRefusedTo("bob", "`orders:write` needs the role `seller (shop)`, which the owner");

      realm.admin("DELETE", shop, null).expect(204);
      assertClosed();
    }

    @Test
    void isEverybodysOnlyIfAnAdministratorSaysSo() {
      realm.admin("DELETE", "/roles/" + WRITE, null).expect(204);
      assertClosed();
      attribute(WRITE, "access-keys.open", "true");
      assertThat(scopesOf(key)).containsExactlyInAnyOrder(READ, WRITE);
      assertThat(scopesOf(realm.pat("bob", WRITE))).containsExactly(WRITE);
      assertThat(problems()).isEmpty();
    }

    private void overwriteTheRole() {
      String file =
          "{\"ifResourceExists\":\"OVERWRITE\",\"roles\":{\"realm\":[{\"name\":\"orders:write\"}]}}";
      assertThat(realm.admin("POST", "/partialImport", file).expect(200).json().path("overwritten"))
          .hasToString("1");
    }

    private void assertClosed() {
      assertThat(scopesOf(key)).containsExactly(READ);
      assertThat(realm.verify(key.text(), "?client=acme-api&scope=orders:write").status())
          .isEqualTo(403);
      assertThat(realm.grant(key.text(), Map.of("scope", WRITE)).text("error"))
          .isEqualTo("invalid_scope");
      assertThat(introspected(jwt).path("active").asBoolean()).isFalse();
      assertThat(problems()).isEqualTo(WRITE + " no_role");
      assertRefusedTo("alice", "`orders:write` has no role and is not open, so nobody can have it");
      assertThat(realm.adminKey("GET", key, "", null).json().path("scopes").toString())
          .as("what it remembers")
          .isEqualTo("[\"orders:read\",\"orders:write\"]");
    }

    private void assertRefusedTo(String user, String why) {
      Reply refused =
          realm.create(
              user,
              "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\","
                  + "\"scopes\":[\"orders:read\",\"orders:write\"]}");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("field")).isEqualTo("scopes[1]");
      assertThat(refused.text("detail")).startsWith(why);
    }

    private String problems() {
      StringBuilder found = new StringBuilder();
      for (JsonNode scope : realm.admin("GET", "/access-keys/health", null).json().path("scopes")) {
        assertThat(scope.path("client").asText()).isEqualTo("acme-api");
        found
            .append(scope.path("scope").asText())
            .append(' ')
            .append(scope.path("problem").asText());
      }
      return found.toString();
    }
  }

  @Test
  void whatIsNotAvailableIsOfferedWithTheRoleThatIsMissing() {
    JsonNode api =
        Http.get(realm.uri("/access-keys/options"), realm.as("bob")).json().path("apis").path(0);
    assertThat(api.path("scopes"))
        .extracting(scope -> scope.path("name").asText())
        .containsOnly(READ);
    assertThat(api.path("unavailable").toString())
        .isEqualTo("[{\"name\":\"orders:write\",\"roles\":[\"orders:write\"]}]");
  }

  @Test
  void aScopeThatIsRenamedStaysTheKeysAndAnotherUnderItsNameDoesNotBecomeIts() {
    TestKey key = realm.pat("alice", READ, WRITE);
    String jwt = realm.jwt(key);
    String exported = realm.admin("GET", "/access-keys/export", null).expect(200).body();
    ObjectNode another =
        ((ObjectNode) realm.admin("GET", realm.clientScope(WRITE), null).expect(200).json())
            .without("id");
    ((ObjectNode) another.path("attributes")).put("access-keys.open", "true");

    realm.change(realm.clientScope(WRITE), Map.of("name", "orders:archived"));
    assertThat(scopesOf(key)).containsExactlyInAnyOrder(READ, "orders:archived");
    assertThat(introspected(jwt).path("active").asBoolean()).isFalse();

    realm.admin("POST", "/client-scopes", another.toString()).expect(201);
    String optional =
        realm.client("acme-api") + "/optional-" + realm.clientScope(WRITE).substring(1);
    realm.admin("PUT", optional, "").expect(204);
    assertThat(scopesOf(realm.pat("bob", WRITE))).as("the other is there").containsExactly(WRITE);
    assertThat(scopesOf(key)).containsExactlyInAnyOrder(READ, "orders:archived");
    assertThat(realm.verify(key.text(), "?client=acme-api&scope=orders:write").status())
        .isEqualTo(403);
    assertThat(realm.grant(key.text(), Map.of("scope", WRITE)).text("error"))
        .isEqualTo("invalid_scope");
    assertThat(introspected(jwt).path("active").asBoolean()).isFalse();
    assertThat(exported).contains("\"scopes\":[\"orders:read\",\"orders:write\"]");
    assertThat(realm.admin("GET", "/access-keys/export", null).expect(200).body())
        .contains("\"scopes\":[\"orders:archived\",\"orders:read\"]");
    // By the names it is shown, which are sent back.
    assertThat(
            realm
                .own("alice", "PATCH", key, "", "{\"scopes\":[\"orders:archived\"]}")
                .expect(200)
                .json()
                .path("scopes")
                .toString())
        .isEqualTo("[\"orders:archived\"]");
    realm.admin("DELETE", optional, null).expect(204);
    realm.admin("DELETE", realm.clientScope(WRITE), null).expect(204);
    realm.change(realm.clientScope("orders:archived"), Map.of("name", WRITE));
  }

  private static void attribute(String scope, String name, String value) {
    JsonNode attributes =
        realm.admin("GET", realm.clientScope(scope), null).expect(200).json().path("attributes");
    Map<String, ?> changed =
        Map.of("attributes", ((ObjectNode) attributes.deepCopy()).put(name, value));
    realm.change(realm.clientScope(scope), changed);
  }

  private static JsonNode introspected(String token) {
    return realm.introspect(token, Map.of()).expect(200).json();
  }

  /** What forward-auth, introspection and a new JWT say alike. */
  private static Set<String> scopesOf(TestKey key) {
    Reply verified = realm.verify(key.text(), "?client=acme-api").expect(200);
    Set<String> scopes = set(verified.header("X-Auth-Scope").orElseThrow());
    assertThat(set(introspected(key.text()).path("scope").asText())).isEqualTo(scopes);
    assertThat(set(TestRealm.claims(realm.jwt(key)).path("scope").asText())).isEqualTo(scopes);
    return scopes;
  }

  private static Set<String> set(String scopes) {
    return new TreeSet<>(Set.of(scopes.split(" ")));
  }
}
