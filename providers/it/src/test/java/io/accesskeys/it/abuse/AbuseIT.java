package io.accesskeys.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.accesskeys.bench.TestLog;
import io.accesskeys.bench.realm.Browser;
import io.accesskeys.bench.realm.CreateKeyForm;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.key.KeyText;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody without a key may try, and what it gets them. */
class AbuseIT {

  private static final Pattern ACTION = Pattern.compile("<form[^>]* action=\"([^\"]+)\"");

  private static TestRealm realm;
  private static TestKey good;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("abuse");
    good = realm.pat("alice", "orders:read");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static void assertServes() {
    assertThat(realm.verify(good.text(), "?client=acme-api").status()).isEqualTo(200);
  }

  /** Ids as many as one likes: few of them are written down. */
  @Test
  void aFloodOfMadeUpKeysFloodsNothing() {
    for (int i = 0; i < 200; i++) {
      String text = KeyText.generate("kcpat", new SecureRandom()).reveal();
      assertThat(realm.verify(text, "?client=acme-api").status()).isEqualTo(401);
    }
    Reply events = realm.admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR&max=1000", null);
    assertThat(events.expect(200).json().findValuesAsText("reason"))
        .filteredOn("unknown"::equals)
        .hasSizeBetween(1, 20);
  }

  @Test
  void aMadeUpKeyIsLookedUpOnce() {
    String text = KeyText.generate("kcpat", new SecureRandom()).reveal();
    try (SqlLog sql = SqlLog.of(realm.server())) {
      for (int i = 0; i < 50; i++) {
        assertThat(realm.verify(text, "?client=acme-api").status()).isEqualTo(401);
      }
      // It is remembered for ten seconds, which may end meanwhile.
      assertThat(sql.statements())
          .filteredOn(statement -> statement.contains(" ACCESS_KEY "))
          .hasSizeBetween(1, 2);
    }
  }

  @Test
  void thousandsOfHeadersOpenNothing() {
    List<String> headers =
        IntStream.range(0, 5_000).mapToObj(number -> "X-" + number + ": x").toList();
    RawRequest bomb =
        RawRequest.get("/realms/abuse/access-keys/verify?client=acme-api").headers(headers);
    assertThat(bomb.send(realm.server().baseUri()).status()).isIn(0, 400, 401, 431);
    assertServes();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[",
        "{\"a\":",
        "{\"restrictions\":[",
        "{\"metadata\":{\"a\":",
        "[{\"type\":\"ip\",\"allow\":["
      })
  void jsonThatIsDeeperThanAnybodyNeedsIsRefused(String opening) {
    String bomb = opening.repeat(100_000 / opening.length());
    assertThat(realm.create("alice", bomb).status()).isIn(400, 413);
    assertThat(realm.own("alice", "PATCH", good, "", bomb).status()).isIn(400, 413);
    assertServes();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999999999", "-1e-999999999", "123456789012345678901234567890"})
  void numbersThatTakeForeverToCountAreRefused(String number) {
    for (String body :
        List.of(
            "{\"roll\":{\"window\":" + number + "}}",
            "{\"authorizationDetails\":[{\"type\":\"x\",\"amount\":" + number + "}]}",
            "{\"metadata\":{\"a\":" + number + "}}")) {
      assertThat(realm.own("alice", "PATCH", good, "", body).status()).isEqualTo(400);
    }
  }

  @Test
  @SuppressWarnings("try")
  void nobodyWritesLinesIntoTheLog() throws IOException {
    long from = Files.size(realm.server().log());
    String forged = "2026-01-01 00:00:00,000 ERROR [forged] (x) all is lost";
    try (TestLog everything = TestLog.debug(realm.server(), "")) {
      for (String separator : List.of("\n", "\r", "\u2028", "\u0085")) {
        String name = "x" + separator + forged;
        realm.verify("kcpat_" + Http.encode(name), "?client=" + Http.encode(name));
        realm.introspect(name, Map.of("token_type_hint", name));
        realm.grant(name, Map.of("scope", name, "client_id", name));
        realm.create("alice", "{\"kind\":\"" + name + "\"}");
        realm.own("alice", "PATCH", good, "", "{\"name\":" + TextNode.valueOf(name) + "}");
      }
    }
    String log = Files.readString(realm.server().log()).substring((int) from);
    assertThat(log).contains("/access-keys/verify");
    // What Keycloak's libraries say at DEBUG is for nobody who goes by the lines.
    String before = "";
    for (String line : log.lines().toList()) {
      assertThat(line.startsWith(forged) && !before.contains(" DEBUG ")).as(before).isFalse();
      before = line;
    }
  }

  @Test
  void noPageOfOursStandsInAFrameOfSomebodyElse() {
    realm
        .admin("POST", "/clients", "{\"clientId\":\"access-keys-admin\",\"publicClient\":true}")
        .expect(201);
    Browser alice = Browser.signedIn(realm, "alice", "&kc_action=create-access-key");
    for (Reply page :
        List.of(alice.page(), Http.get(realm.uri("/access-keys/admin/"), Map.of()).expect(200))) {
      assertThat(page.header("Content-Security-Policy").orElse(""))
          .contains("frame-ancestors 'self'");
      assertThat(page.header("X-Frame-Options")).contains("SAMEORIGIN");
      assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
    }
  }

  @Test
  void aFormFromSomewhereElseMakesNoKey() {
    Browser alice = Browser.signedIn(realm, "alice", "&kc_action=create-access-key");
    Map<String, String> form = CreateKeyForm.with(Map.of("name", "forged"));
    Matcher action = ACTION.matcher(alice.page().body());
    assertThat(action.find()).isTrue();
    URI target = URI.create(action.group(1).replace("&amp;", "&"));
    assertThat(Browser.secretIn(Http.form(target, Map.of(), form))).isEmpty();
    // The cookies of a session, which a browser would send along, open nothing either.
    Reply byCookie =
        Http.json("POST", realm.uri("/access-keys"), Map.of("Cookie", "KEYCLOAK_IDENTITY=x"), "{}");
    assertThat(byCookie.status()).isEqualTo(401);
    Reply made = realm.admin("GET", "/access-keys?q=forged", null).expect(200);
    assertThat(made.json()).isEmpty();
  }

  @Test
  void anotherOriginReadsNothing() {
    Map<String, String> headers =
        TestRealm.and(realm.as("alice"), Map.of("Origin", "https://evil.example"));
    Reply keys = Http.get(realm.uri("/access-keys"), headers);
    assertThat(keys.header("Access-Control-Allow-Origin")).isEmpty();
  }

  /** Rows of Keycloak's own that an administrator of users may write make no key. */
  @Test
  void aPlantedCredentialIsNoKey() {
    String planted =
        "{\"credentials\":[{\"type\":\"access-key\",\"secretData\":\"{\\\"value\\\":\\\"x\\\"}\","
            + "\"credentialData\":\"{\\\"id\\\":\\\"0123456789ABCDEF\\\"}\"}],"
            + "\"attributes\":{\"access-keys.owners\":[\"x\"]}}";
    realm.adminAs(realm.asAdminWith("manage-users"), "PUT", realm.user("bob"), planted).expect(204);
    Reply keys = realm.admin("GET", "/access-keys?owner=" + TestRealm.id(realm.user("bob")), null);
    assertThat(keys.expect(200).json()).isEmpty();
    String text = KeyText.generate("kcpat", "0123456789ABCDEF", new SecureRandom()).reveal();
    assertThat(realm.verify(text, "?client=acme-api").status()).isEqualTo(401);
  }
}
