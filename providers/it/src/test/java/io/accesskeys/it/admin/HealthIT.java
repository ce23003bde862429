package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.util.Map;
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
    realm.sendMails();
    assertThat(jobs().findValues("lastEndedAt")).hasSize(3);
    assertThat(jobs().findValuesAsText("name")).containsExactly("policy", "upkeep", "mail");
    for (JsonNode job : jobs()) {
      assertThat(Duration.parse(job.path("lag").asText())).isLessThan(Duration.ofSeconds(30));
      assertThat(Duration.parse(job.path("interval").asText())).isPositive();
    }
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
