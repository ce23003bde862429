package io.accesskeys.it.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A JWT minted from a key is for its API and nothing else, also when its owner is an administrator
 * and when somebody tampers with the API client after it was minted.
 */
@Contract
class MintedTokenIT {

  private static TestRealm realm;

  private final List<Runnable> undo = new ArrayList<>();
  private String jwt;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("minted");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @AfterEach
  void putBack() {
    undo.forEach(Runnable::run);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isAcceptedByTheGatewayAndRefusedByKeycloakItself(boolean administrator) {
    mintFor(administrator);

    assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean()).isTrue();
    assertRefusedByKeycloak();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"full scope", "own client role", "role on a default scope", "dedicated mapping"})
  void isRefusedByKeycloakAlsoAfterTamperingWithTheApiClient(String how) {
    mintFor(true);

    String rule = tamper(how);

    assertRefusedByKeycloak();
    assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean()).isFalse();
    assertThat(rule(rule)).as("the rule is named to the administrator").isTrue();
  }

  @Test
  void isNotHonouredByALargerAudienceThanItsOwn() {
    mintFor(false);
    Reply asWorker =
        Http.form(
            realm.uri("/protocol/openid-connect/token/introspect"),
            TestRealm.basic("billing-worker", "billing-worker-demo-secret"),
            Map.of("token", jwt));

    assertThat(asWorker.expect(200).json().path("active").asBoolean()).isFalse();
  }

  private void mintFor(boolean administrator) {
    if (administrator) {
      String management = TestRealm.id(realm.client("realm-management"));
      JsonNode role =
          realm.admin("GET", "/clients/" + management + "/roles/realm-admin", null).json();
      map(realm.user("alice") + "/role-mappings/clients/" + management, role);
    }
    jwt = realm.jwt(realm.pat("alice", "orders:read"));
  }

  private void assertRefusedByKeycloak() {
    Map<String, String> bearer = TestRealm.bearer(jwt);
    assertThat(realm.adminAs(bearer, "GET", "/users", null).status()).isEqualTo(403);
    assertThat(realm.adminAs(bearer, "POST", "/users", "{\"username\":\"x\"}").status())
        .isEqualTo(403);
    assertThat(
            Http.get(
                    realm.uri("/account/"),
                    TestRealm.and(bearer, Map.of("Accept", "application/json")))
                .status())
        .isEqualTo(401);
    assertThat(Http.get(realm.uri("/protocol/openid-connect/userinfo"), bearer).status())
        .isGreaterThanOrEqualTo(400)
        .isLessThan(500);
    assertThat(Http.get(realm.uri("/access-keys"), bearer).status()).isEqualTo(401);
    Reply exchange = realm.tradeUp(jwt);
    assertThat(exchange.status()).isEqualTo(403);
    assertThat(exchange.text("error")).isEqualTo("access_denied");
  }

  /** Breaks a rule and names it. */
  private String tamper(String how) {
    String apiClient = realm.client("acme-api");
    switch (how) {
      case "full scope" -> {
        realm.change(apiClient, Map.of("fullScopeAllowed", true));
        undo.add(() -> realm.change(apiClient, Map.of("fullScopeAllowed", false)));
        return "no_full_scope";
      }
      case "own client role" -> {
        realm.admin("POST", apiClient + "/roles", "{\"name\":\"boss\"}").expect(201);
        undo.add(() -> realm.admin("DELETE", apiClient + "/roles/boss", null).expect(204));
        return "no_client_roles";
      }
      case "role on a default scope" -> {
        JsonNode role = realm.admin("GET", "/roles/orders:write", null).json();
        map(realm.clientScope("basic") + "/scope-mappings/realm", role);
        return "no_roles_in_default_scopes";
      }
      case "dedicated mapping" -> {
        JsonNode role = realm.admin("GET", "/roles/orders:write", null).json();
        map(apiClient + "/scope-mappings/realm", role);
        return "no_dedicated_scope_mappings";
      }
      default -> throw new IllegalArgumentException(how);
    }
  }

  private void map(String path, JsonNode role) {
    realm.admin("POST", path, "[" + role + "]").expect(204);
    undo.add(() -> realm.admin("DELETE", path, "[" + role + "]").expect(204));
  }

  private boolean rule(String name) {
    return realm.admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR", null).body().contains(name);
  }
}
