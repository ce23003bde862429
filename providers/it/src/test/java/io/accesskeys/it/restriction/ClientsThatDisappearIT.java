package io.accesskeys.it.restriction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A key is for the clients that were named when it was made, whatever is called so later. */
@Contract
class ClientsThatDisappearIT {

  private static final String GATEWAY = "acme-gateway";
  private static final String SECRET = "acme-gateway-demo-secret";

  private TestRealm realm;

  @BeforeEach
  void create() {
    realm = TestRealm.create("clients-disappear");
  }

  @AfterEach
  void remove() {
    realm.close();
  }

  @Test
  void anotherClientUnderTheNameOfADeletedOneMayNotPresentTheKey() {
    TestKey key = restrictedTo(GATEWAY, "billing-worker");
    assertThat(active(GATEWAY, key.text())).isTrue();
    String jwt = exchange(GATEWAY, key.text(), Map.of()).expect(200).text("access_token");
    assertThat(active(GATEWAY, jwt)).isTrue();
    assertThat(shown(key)).isEqualTo("[\"acme-gateway\",\"billing-worker\"]");

    String gateway = realm.admin("GET", realm.client(GATEWAY), null).expect(200).body();
    realm.admin("DELETE", realm.client(GATEWAY), null).expect(204);
    assertThat(shown(key)).isEqualTo("[\"billing-worker\"]");
    realm.admin("POST", "/clients", gateway.replaceFirst("\"id\":\"[^\"]+\",", "")).expect(201);

    assertThat(active(GATEWAY, key.text())).isFalse();
    assertThat(active(GATEWAY, jwt)).isFalse();
    assertThat(exchange(GATEWAY, key.text(), Map.of()).text("error")).isEqualTo("invalid_request");
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
    assertThat(explained(key, GATEWAY)).isEqualTo("caller_not_allowed");
    assertThat(shown(key)).isEqualTo("[\"billing-worker\"]");
    TestKey ofNow = restrictedTo(GATEWAY);
    assertThat(active(GATEWAY, ofNow.text())).as("it is there").isTrue();
  }

  @Test
  void aClientThatIsRenamedStaysTheSame() {
    TestKey key = restrictedTo(GATEWAY);
    addAudience("included.custom.audience", "renamed");
    realm.change(realm.client(GATEWAY), Map.of("clientId", "renamed"));
    assertThat(active("renamed", key.text())).isTrue();
    assertThat(shown(key)).isEqualTo("[\"renamed\"]");
    String jwt = exchange("renamed", key.text(), Map.of()).expect(200).text("access_token");
    assertThat(active("renamed", jwt)).isTrue();

    realm.admin("DELETE", realm.client("renamed"), null).expect(204);
    JsonNode last = realm.adminKey("GET", key, "", null).expect(200).json();
    assertThat(last.path("restrictions").path(0).path("allow").toString()).isEqualTo("[]");
    assertThat(last.path("restrictions").path(0).path("deleted").asInt()).isEqualTo(1);
    assertThat(last.path("restrictionSummaries").path(0).path("summary").asText())
        .isEqualTo("by no application: those that were allowed are deleted");
    // What is shown may be sent back, and what is exported imported.
    String shown = "{\"restrictions\":" + last.path("restrictions") + "}";
    assertThat(realm.own("alice", "PATCH", key, "", shown).expect(200).json().path("restrictions"))
        .isEqualTo(last.path("restrictions"));
    String exported = realm.admin("GET", "/access-keys/export", null).expect(200).body();
    assertThat(realm.admin("POST", "/access-keys/import", exported).expect(200).body())
        .contains("\"unchanged\"")
        .doesNotContain("invalid", "conflict");
  }

  @Test
  void aNameThatIsNoClientsIsRefused() {
    TestKey key = restrictedTo(GATEWAY);
    String restriction = "[{\"type\":\"client\",\"allow\":[\"acme-gateway\",\"nobody\"]}]";
    Reply created =
        realm.create(
            "alice",
            "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\",\"restrictions\":"
                + restriction
                + "}");
    Reply edited = realm.own("alice", "PATCH", key, "", "{\"restrictions\":" + restriction + "}");
    String row = realm.admin("GET", "/access-keys/export", null).expect(200).body();
    Reply imported =
        realm.admin(
            "POST", "/access-keys/import", row.replace("[\"acme-gateway\"]", "[\"nobody\"]"));
    for (Reply refused : List.of(created, edited)) {
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text("field")).isEqualTo("restrictions[0].allow[1]");
      assertThat(refused.text("detail")).isEqualTo("is not a client of this realm");
    }
    assertThat(imported.body())
        .contains("restrictions[0].allow[0]", "is not a client of this realm");
    assertThat(shown(key)).isEqualTo("[\"acme-gateway\"]");
  }

  /** As when the client that the policy means is gone, and dynamic registration gave its name. */
  @Test
  void aClientThatRegisteredItselfUnderANameOfThePolicyManagesNoKeys() {
    realm.pat("alice", "orders:read");
    String console = realm.client("account-console");
    realm.admin("POST", console + "/registration-access-token", null).expect(200);
    Reply refused = realm.create("alice", "{}");
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text("detail")).isEqualTo("Tokens of this client cannot manage keys");
  }

  @Test
  void aDisabledClientIsInNoAudience() {
    addAudience("included.client.audience", "billing-worker");
    TestKey key = realm.pat("alice", "orders:read");
    Map<String, String> forWorker = Map.of("audience", "billing-worker");
    exchange(GATEWAY, key.text(), forWorker).expect(200);
    String jwt = realm.jwt(key);
    assertThat(audience(jwt)).contains(GATEWAY, "billing-worker");

    realm.change(realm.client("billing-worker"), Map.of("enabled", false));

    assertThat(audience(realm.jwt(key))).isEqualTo("\"acme-gateway\"");
    assertThat(introspected(key.text()).path("aud").toString()).isEqualTo("\"acme-gateway\"");
    assertThat(introspected(jwt).path("aud").toString()).isEqualTo("\"acme-gateway\"");
    assertThat(exchange(GATEWAY, key.text(), forWorker).text("error")).isEqualTo("invalid_target");
  }

  private TestKey restrictedTo(String... clients) {
    return realm.pat(
        "alice",
        Map.of(
            "scopes",
            List.of("orders:read"),
            "restrictions",
            List.of(Map.of("type", "client", "allow", List.of(clients)))));
  }

  private void addAudience(String member, String value) {
    String mapper =
        """
        {"name":"more","protocol":"openid-connect","protocolMapper":"oidc-audience-mapper",
         "config":{"%s":"%s","access.token.claim":"true","introspection.token.claim":"true"}}"""
            .formatted(member, value);
    realm.admin("POST", realm.client("acme-api") + "/protocol-mappers/models", mapper).expect(201);
  }

  private String shown(TestKey key) {
    return realm
        .adminKey("GET", key, "", null)
        .expect(200)
        .json()
        .path("restrictions")
        .path(0)
        .path("allow")
        .toString();
  }

  private String explained(TestKey key, String caller) {
    return realm
        .adminKey("POST", key, "/explain", "{\"caller\":\"" + caller + "\"}")
        .expect(200)
        .text("restrictionReason");
  }

  private JsonNode introspected(String token) {
    return realm.introspect(token, Map.of()).expect(200).json();
  }

  private boolean active(String client, String token) {
    return Http.form(
            realm.uri("/protocol/openid-connect/token/introspect"),
            TestRealm.basic(client, SECRET),
            Map.of("token", token))
        .expect(200)
        .json()
        .path("active")
        .asBoolean();
  }

  private Reply exchange(String client, String key, Map<String, String> fields) {
    Map<String, String> request =
        Map.of(
            "grant_type",
            "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token",
            key,
            "subject_token_type",
            "urn:access-keys:token-type:access-key");
    return Http.form(
        realm.uri("/protocol/openid-connect/token"),
        TestRealm.basic(client, SECRET),
        TestRealm.and(request, fields));
  }

  private static String audience(String jwt) {
    return TestRealm.claims(jwt).path("aud").toString();
  }
}
