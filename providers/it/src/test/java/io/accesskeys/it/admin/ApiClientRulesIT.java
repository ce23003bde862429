package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule for API clients: named when a key is created, and in the event when one is used. */
class ApiClientRulesIT {

  private TestRealm realm;

  @BeforeEach
  void create() {
    realm = TestRealm.create("rules");
  }

  @AfterEach
  void remove() {
    realm.close();
  }

  static Stream<Arguments> breaches() {
    return Stream.of(
        Arguments.of("opted_in", (Breach) r -> attribute(r, "access-keys.enabled", "false")),
        Arguments.of("openid_connect", (Breach) r -> member(r, "protocol", "saml")),
        Arguments.of("no_full_scope", (Breach) r -> member(r, "fullScopeAllowed", true)),
        Arguments.of(
            "no_client_roles",
            (Breach)
                r ->
                    r.admin("POST", r.client("acme-api") + "/roles", "{\"name\":\"boss\"}")
                        .expect(201)),
        Arguments.of(
            "no_dedicated_scope_mappings",
            (Breach) r -> mapRole(r, r.client("acme-api") + "/scope-mappings/realm")),
        Arguments.of(
            "no_roles_in_default_scopes",
            (Breach) r -> mapRole(r, r.clientScope("basic") + "/scope-mappings/realm")),
        Arguments.of("no_refresh_tokens", (Breach) r -> attribute(r, "use.refresh.tokens", "true")),
        Arguments.of(
            "grantable_scopes_in_token",
            (Breach)
                r ->
                    r.change(
                        r.clientScope("orders:write"),
                        Map.of(
                            "attributes",
                            Map.of(
                                "access-keys.grantable", "true",
                                "include.in.token.scope", "false")))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("breaches")
  void aBrokenRuleIsNamedAtCreationAndStopsKeysThatExist(String rule, Breach breach) {
    TestKey key = realm.pat("alice", "orders:read");
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);

    breach.commit(realm);

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

  /** A change that breaks a rule. */
  interface Breach {
    void commit(TestRealm realm);
  }

  private static void member(TestRealm realm, String name, Object value) {
    realm.change(realm.client("acme-api"), Map.of(name, value));
  }

  private static void attribute(TestRealm realm, String name, String value) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("access-keys.enabled", "true");
    attributes.put("use.refresh.tokens", "false");
    attributes.put(name, value);
    realm.change(realm.client("acme-api"), Map.of("attributes", attributes));
  }

  private static void mapRole(TestRealm realm, String path) {
    JsonNode role = realm.admin("GET", "/roles/orders:write", null).expect(200).json();
    realm.admin("POST", path, "[" + role + "]").expect(204);
  }
}
