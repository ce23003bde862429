package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the admin API says of the set-up around keys. */
class HealthIT {

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("health");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static Reply health(Map<String, String> headers) {
    return realm.adminAs(headers, "GET", "/access-keys/health", null);
  }

  @Test
  void headersOfTrustedProxiesAreNoReasonToWarn() {
    JsonNode proxy = health(realm.asAdmin()).expect(200).json().path("proxy");
    assertThat(proxy.path("headers").asText()).isEqualTo("xforwarded");
    assertThat(proxy.path("trustedAddresses").asBoolean()).isTrue();
    assertThat(proxy.has("warning")).isFalse();
  }

  @Test
  void keysCanBeTradedForTokensOnThisRelease() {
    JsonNode minting = health(realm.asAdmin()).expect(200).json().path("minting");
    assertThat(minting.path("on").asBoolean()).isTrue();
    assertThat(minting.has("warning")).isFalse();
  }

  @Test
  void whoAsksLearnsWhichAddressAKeyWouldSee() {
    assertThat(seen(Map.of())).isEqualTo("127.0.0.1");
    assertThat(seen(Map.of("X-Forwarded-For", "203.0.113.9"))).isEqualTo("203.0.113.9");
    assertThat(seen(Map.of("X-Forwarded-For", "[2001:db8::1]:80"))).isEqualTo("2001:db8::1");
    assertThat(seen(Map.of("X-Forwarded-For", "unknown"))).isEmpty();
  }

  @Test
  void theJobsOfTheNodeRunAndAreInTime() {
    realm.keepPolicy();
    realm.upkeep();
    realm.watchHealth();
    realm.sendMails();
    assertThat(jobs().findValues("lastEndedAt")).hasSize(4);
    assertThat(jobs().findValuesAsText("name"))
        .containsExactly("policy", "upkeep", "health", "mail");
    for (JsonNode job : jobs()) {
      assertThat(Duration.parse(job.path("lag").asText())).isLessThan(Duration.ofSeconds(30));
      assertThat(Duration.parse(job.path("interval").asText())).isPositive();
    }
  }

  /** Everything that is wrong with the API client, as everybody is told. */
  @Test
  void anApiClientThatBreaksARuleIsToldEverywhere() {
    realm.attribute("acme-api", "access-keys.contacts", "api@acme.example");
    realm.change("", Map.of("eventsEnabled", true, "enabledEventTypes", List.of()));
    realm.watchHealth();
    assertThat(found("api_client_broken")).isEmpty();
    double before = metric("access_keys_api_clients_broken", "no_full_scope");

    realm.change(realm.client("acme-api"), Map.of("fullScopeAllowed", true));
    JsonNode seen = found("api_client_broken").get(0);
    assertThat(seen.path("where").asText()).isEqualTo("client acme-api");
    assertThat(seen.path("severity").asText()).isEqualTo("error");
    assertThat(seen.path("next").asText()).contains("PUT …/access-keys/apis/acme-api");
    assertThat(seen.has("since")).as("asking writes nothing").isFalse();

    realm.watchHealth();
    realm.watchHealth();
    assertThat(found("api_client_broken").get(0).has("since")).isTrue();
    assertThat(metric("access_keys_api_clients_broken", "no_full_scope")).isEqualTo(before + 1);
    assertThat(metric("access_keys_health_findings", "api_client_broken")).isPositive();
    JsonNode events =
        realm.admin("GET", "/events?type=CLIENT_UPDATE_ERROR", null).expect(200).json();
    assertThat(events).hasSize(1);
    assertThat(events.path(0).path("clientId").asText()).isEqualTo("acme-api");
    assertThat(events.path(0).path("details").path("api_client_rule").asText())
        .isEqualTo("no_full_scope");

    realm.change(realm.client("acme-api"), Map.of("fullScopeAllowed", false));
    realm.watchHealth();
    assertThat(found("api_client_broken")).isEmpty();
    assertThat(metric("access_keys_api_clients_broken", "no_full_scope")).isEqualTo(before);
  }

  /** As a realm file brings it that is imported by the REST API. */
  @Test
  void aSecretThatNobodyHasReplacedIsToldAndNotShown() throws IOException {
    realm.change(realm.client("billing-worker"), Map.of("secret", "${WORKER_SECRET:billing}"));
    Reply answer = health(realm.asAdmin()).expect(200);
    assertThat(answer.body()).contains("secret_placeholder").doesNotContain("WORKER_SECRET");
    realm.watchHealth();
    assertThat(Files.readString(realm.server().log()))
        .contains(
            "Keycloak Access Keys in realm health: ",
            "secret_placeholder 1",
            "/admin/realms/health/access-keys/health")
        .doesNotContain("WORKER_SECRET");
    assertThat(found("no_smtp")).hasSize(1);
  }

  private static List<JsonNode> found(String id) {
    JsonNode findings = health(realm.asAdmin()).expect(200).json().path("findings");
    return StreamSupport.stream(findings.spliterator(), false)
        .filter(finding -> finding.path("id").asText().equals(id))
        .toList();
  }

  private static double metric(String name, String label) {
    String metrics =
        Http.get(URI.create(realm.server().managementUri() + "/metrics"), Map.of())
            .expect(200)
            .body();
    return metrics
        .lines()
        .filter(line -> line.startsWith(name + "{") && line.contains("\"" + label + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No " + name + " of " + label));
  }

  private static JsonNode jobs() {
    return health(realm.asAdmin()).expect(200).json().path("jobs");
  }

  @Test
  void itTakesTheRightToViewTheRealm() {
    assertThat(health(realm.asAdminWith("view-realm")).status()).isEqualTo(200);
    assertThat(health(realm.asAdminWith("view-users", "view-clients")).status()).isEqualTo(403);
    assertThat(health(realm.as("alice")).status()).isEqualTo(403);
    assertThat(health(Map.of()).status()).isEqualTo(401);
  }

  private static String seen(Map<String, String> headers) {
    return health(TestRealm.and(realm.asAdmin(), headers))
        .expect(200)
        .json()
        .path("proxy")
        .path("clientAddress")
        .asText();
  }
}
