package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule for API clients: named when a key is created, and in the event when one is used. */
@Contract
class ApiClientRulesIT {

  private static final String MAPPING = "/scope-mappings/realm";

  private static TestRealm realm;

  private Runnable mend = () -> {};

  @BeforeAll
  static void create() {
    realm = TestRealm.create("rules");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  /** Every test begins with a key that works, which it would not if a rule were still broken. */
  private static final String SELF_REGISTERED =
      """
      {"clientId":"made-by-itself","attributes":{"access-keys.enabled":"true",
      "access-keys.owners":"x","access-keys.contacts":"x@example.com","their.own":"y"}}""";

  @AfterEach
  void mend() {
    mend.run();
  }

  static Stream<Arguments> breaches() {
    return Stream.of(
        Arguments.of("opted_in", attribute("access-keys.enabled", "false", "true")),
        Arguments.of("openid_connect", member("protocol", "saml", "openid-connect")),
        Arguments.of("no_full_scope", member("fullScopeAllowed", true, false)),
        Arguments.of("no_client_roles", (Breach) ApiClientRulesIT::addRole),
        Arguments.of(
            "no_dedicated_scope_mappings",
            (Breach) () -> mapRole("orders:write", realm.client("acme-api") + MAPPING)),
        Arguments.of(
            "no_roles_in_default_scopes",
            (Breach) () -> mapRole("orders:write", realm.clientScope("basic") + MAPPING)),
        Arguments.of("no_refresh_tokens", attribute("use.refresh.tokens", "true", "false")),
        Arguments.of("grantable_scopes_in_token", (Breach) ApiClientRulesIT::leaveScopeOut),
        Arguments.of(
            "no_keycloak_roles_in_scopes",
            (Breach)
                () -> mapRole("default-roles-rules", realm.clientScope("orders:write") + MAPPING)),
        // The last: Keycloak takes no such token back.
        Arguments.of("not_self_registered", (Breach) ApiClientRulesIT::giveRegistrationToken));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breaches")
  void aBrokenRuleIsNamedAtCreationAndStopsKeysThatExist(String rule, Breach breach) {
    TestKey key = realm.pat("alice", "orders:read");
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);

    mend = breach.commit();

    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
    assertThat(realm.introspect(key.text(), Map.of()).json().path("active").asBoolean()).isFalse();
    assertThat(realm.grant(key.text(), Map.of()).status()).isIn(400, 401);
    JsonNode event =
        realm.admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR", null).expect(200).json().path(0);
    assertThat(event.path("details").path("reason").asText()).isEqualTo("api_client_rule");
    assertThat(event.path("details").path("api_client_rule").asText()).isEqualTo(rule);

    Reply refused =
        realm.create(
            "alice", "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("field")).isEqualTo("client");
    assertThat(refused.text("detail")).contains(rule);
  }

  /** Else they would count after an export and an import, which do not carry its token. */
  @Test
  void aClientThatRegistersItselfKeepsNoAttributeOfOurs() {
    String initial =
        realm
            .admin("POST", "/clients-initial-access", "{\"count\":1,\"expiration\":60}")
            .expect(201)
            .text("token");
    Reply made =
        Http.json(
                "POST",
                realm.uri("/clients-registrations/default"),
                TestRealm.bearer(initial),
                SELF_REGISTERED)
            .expect(201);
    assertThat(attributesOf("made-by-itself")).contains("their.own").doesNotContain("access-keys");

    Http.json(
            "PUT",
            realm.uri("/clients-registrations/default/made-by-itself"),
            TestRealm.bearer(made.text("registrationAccessToken")),
            SELF_REGISTERED)
        .expect(200);
    assertThat(attributesOf("made-by-itself")).contains("their.own").doesNotContain("access-keys");
  }

  private static String attributesOf(String clientId) {
    return realm
        .admin("GET", realm.client(clientId), null)
        .expect(200)
        .json()
        .path("attributes")
        .toString();
  }

  /** A change that breaks a rule. */
  interface Breach {

    /** Makes the change, and gives what takes it back. */
    Runnable commit();
  }

  private static Breach member(String name, Object broken, Object usual) {
    return () -> {
      realm.change(realm.client("acme-api"), Map.of(name, broken));
      return () -> realm.change(realm.client("acme-api"), Map.of(name, usual));
    };
  }

  private static Breach attribute(String name, String broken, String usual) {
    return () -> {
      realm.attribute("acme-api", name, broken);
      return () -> realm.attribute("acme-api", name, usual);
    };
  }

  private static Runnable addRole() {
    String roles = realm.client("acme-api") + "/roles";
    realm.admin("POST", roles, "{\"name\":\"boss\"}").expect(201);
    return () -> realm.admin("DELETE", roles + "/boss", null).expect(204);
  }

  private static Runnable giveRegistrationToken() {
    realm.admin("POST", realm.client("acme-api") + "/registration-access-token", null).expect(200);
    return () -> {};
  }

  private static Runnable mapRole(String name, String path) {
    String role = "[" + realm.admin("GET", "/roles/" + name, null).expect(200).json() + "]";
    realm.admin("POST", path, role).expect(204);
    return () -> realm.admin("DELETE", path, role).expect(204);
  }

  private static Runnable leaveScopeOut() {
    inToken(false);
    return () -> inToken(true);
  }

  private static void inToken(boolean included) {
    Map<String, String> attributes =
        Map.of("access-keys.grantable", "true", "include.in.token.scope", String.valueOf(included));
    realm.change(realm.clientScope("orders:write"), Map.of("attributes", attributes));
  }
}
