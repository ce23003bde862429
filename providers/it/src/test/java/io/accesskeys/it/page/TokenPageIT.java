package io.accesskeys.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Browser;
import io.accesskeys.bench.realm.CreateKeyForm;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page at sign-in where the realm gives people JWTs and no keys there. */
class TokenPageIT {

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("token-page");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @BeforeEach
  void giveTokens() {
    realm.policy(Map.of("page-at-sign-in-gives", "token")).expect(204);
  }

  @AfterEach
  void usual() {
    realm.attribute("acme-api", "dpop.bound.access.tokens", "false");
  }

  private static Browser signedIn() {
    return Browser.signedIn(realm, "alice", "&kc_action=create-access-key");
  }

  private static String token(Browser browser) {
    browser.submit(CreateKeyForm.with(Map.of("name", "by page")));
    return browser.secret();
  }

  private static JsonNode keyOf(String jwt) {
    String id = TestRealm.claims(jwt).path("access_key_id").asText();
    return realm.admin("GET", "/access-keys/" + id, null).expect(200).json();
  }

  @Test
  void givesAJwtThatIsGoodForTheApiUntilItEndsOrItsKeyIsRevoked() {
    Browser alice = signedIn();
    assertThat(alice.page().body())
        .contains("Get a token", "at the latest")
        .doesNotContain("name=\"lifetime\"");
    Instant before = Instant.now();
    String jwt = token(alice);

    JsonNode claims = TestRealm.claims(jwt);
    assertThat(claims.path("azp").asText()).isEqualTo("acme-api");
    assertThat(claims.path("scope").asText()).contains("orders:read");
    assertThat(Instant.ofEpochSecond(claims.path("exp").asLong()))
        .isBetween(before, before.plus(Duration.ofMinutes(15)).plusSeconds(5));
    assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean()).isTrue();
    JsonNode key = keyOf(jwt);
    assertThat(key.path("name").asText()).isEqualTo("by page");
    assertThat(Instant.parse(key.path("expiresAt").asText()))
        .isBetween(before, before.plus(Duration.ofMinutes(15)).plusSeconds(5));
    realm.ahead(
        Duration.ofMinutes(16),
        () ->
            assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean())
                .isFalse());

    String revoke = "/access-keys/" + key.path("id").asText() + "/revoke";
    realm.admin("POST", revoke, "{}").expect(204);
    assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean()).isFalse();
  }

  @Test
  void aFixedLifetimeOfKeysIsNoneOfItsConcern() {
    realm
        .policy(Map.of("page-at-sign-in-gives", "token", "personal-access-token.expiry", "fixed"))
        .expect(204);
    Instant end = Instant.parse(keyOf(token(signedIn())).path("expiresAt").asText());
    assertThat(end).isBefore(Instant.now().plus(Duration.ofMinutes(16)));
  }

  @Test
  void neverOutlivesTheLongestLifeOfAKey() {
    realm
        .policy(
            Map.of(
                "page-at-sign-in-gives", "token",
                "personal-access-token.default-lifetime", "PT2M",
                "personal-access-token.max-lifetime", "PT2M"))
        .expect(204);
    Instant latest = Instant.now().plus(Duration.ofMinutes(2)).plusSeconds(10);
    String jwt = token(signedIn());
    assertThat(Instant.parse(keyOf(jwt).path("expiresAt").asText())).isBefore(latest);
    assertThat(Instant.ofEpochSecond(TestRealm.claims(jwt).path("exp").asLong())).isBefore(latest);
  }

  @Test
  void givesItAsAFileWithoutScriptAndNothingElse() {
    Browser alice = signedIn();
    String jwt = token(alice);
    String foreign = realm.jwt(realm.pat("bob", "orders:read"));
    String forged = jwt.substring(0, jwt.length() - 4) + "AAAA";
    String unsigned = "eyJhbGciOiJub25lIn0." + jwt.split("\\.", -1)[1] + ".";
    for (String sent : List.of(foreign, forged, unsigned, "words", "a.b.c", "..", "")) {
      alice.submit(Map.of("download", "true", "secret", sent));
      assertThat(alice.page().header("Content-Disposition")).isEmpty();
      assertThat(alice.page().body())
          .contains("The token was shown")
          .doesNotContain("access-key-secret");
    }
    Reply file = alice.send(Map.of("download", "true", "secret", jwt));
    assertThat(file.body()).isEqualTo("ACCESS_TOKEN=" + jwt + "\n");
    assertThat(file.header("Cache-Control").orElse("")).contains("no-store");
  }

  @Test
  void makesNothingForAnApiThatNoJwtCanBeMintedFor() {
    realm.attribute("acme-api", "dpop.bound.access.tokens", "true");
    int before = keys();
    Browser alice = signedIn();
    alice.submit(CreateKeyForm.with(Map.of("name", "in vain")));
    assertThat(alice.page().body())
        .contains("input-error-client")
        .doesNotContain("access-key-secret");
    assertThat(keys()).isEqualTo(before);
  }

  private static int keys() {
    return realm.admin("GET", "/access-keys/count", null).expect(200).json().path("count").asInt();
  }
}
