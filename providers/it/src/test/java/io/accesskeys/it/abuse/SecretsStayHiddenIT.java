package io.accesskeys.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Contract;
import io.accesskeys.bench.TestLog;
import io.accesskeys.bench.realm.DirectGrant;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.LoggedSecrets;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * None of the secrets that were shown in this run so far is anywhere, and none that is used here in
 * every way while the server logs everything at DEBUG. Every search also looks for a planted text
 * that must be found, so that a search that looks at nothing fails. {@code NoSecretIsLogged} looks
 * at the log after every class.
 */
@Contract
class SecretsStayHiddenIT {

  /** In the name of a user and a key: a place where text of a request may well be seen. */
  private static final String PLANTED = "planted7fT2qLx9";

  private static TestRealm realm;
  private static Reply refusedBody;
  private static Reply refusedName;

  @BeforeAll
  @SuppressWarnings("try")
  static void useKeysEveryWay() {
    realm = TestRealm.create("secrets");
    try (TestLog everything = TestLog.debug(realm.server(), "")) {
      useThem();
    }
  }

  private static void useThem() {
    realm
        .admin("POST", "/users", "{\"username\":\"" + PLANTED.toLowerCase(Locale.ROOT) + "\"}")
        .expect(201);
    TestKey key = realm.pat("alice", Map.of("scopes", List.of("orders:read"), "name", PLANTED));
    TestKey apiKey = realm.apiKey("orders:read");
    TestKey rolled = TestKey.of(realm.roll("alice", key, "", Map.of()).expect(200));
    DirectGrant direct = DirectGrant.withOnly(realm, DirectGrant.TOKEN_STEP);
    for (TestKey each : List.of(key, apiKey, rolled)) {
      direct.send("alice", each.text());
      realm.verify(each.text(), "?client=acme-api");
      realm.verify(each.text(), "?client=nobody");
      realm.introspect(each.text(), Map.of());
      realm.grant(each.text(), Map.of());
      realm.grant(each.text(), Map.of("scope", "nope"));
    }
    TestKey secret = realm.clientSecret("billing-worker", Map.of());
    Map<String, String> grant = Map.of("grant_type", "client_credentials");
    realm.oidc("token", TestRealm.basic("billing-worker", secret.text()), grant).expect(200);
    realm.oidc("token", TestRealm.basic("acme-gateway", secret.text()), grant).expect(401);
    Map<String, String> form =
        Map.of("client_id", "billing-worker", "client_secret", secret.text());
    realm.oidc("token", Map.of(), TestRealm.and(grant, form)).expect(200);
    String broken = key.text().substring(0, key.text().length() - 1) + "_";
    realm.verify(broken, "?client=acme-api");
    realm.introspect(broken, Map.of());
    realm.grant(broken, Map.of());
    direct.send("alice", broken);
    refusedBody =
        realm.create("alice", "{\"name\":\"" + PLANTED + "\",\"secret\":\"" + key.text() + "\"}");
    realm.create("alice", "{\"name\": " + key.text());
    refusedName = realm.create("alice", "{\"" + key.text() + "\": 1}");
    realm.revoke("alice", key).expect(204);
    realm.verify(key.text(), "?client=acme-api");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @Test
  void notInTheLog() throws IOException {
    Path log = realm.server().log();
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      assertThat(lines.anyMatch(line -> line.contains(PLANTED)))
          .as("the planted text is in the log")
          .isTrue();
    }
    assertThat(LoggedSecrets.in(log, 0)).isEmpty();
  }

  @Test
  void whatStandsInATextIsFoundWhereverItStands() {
    String secret = "x".repeat(20) + "7".repeat(23);
    ShownSecrets.Search search = new ShownSecrets.Search(Set.of(secret));
    for (String around : List.of("%s", "kcpat_0123456789abcdef%sCRC123", "\"%s\"", "a%%b%s-%s")) {
      assertThat(search.in(around.formatted(secret, secret)))
          .as(around)
          .isNotEmpty()
          .containsOnly(secret);
    }
    assertThat(search.in("x".repeat(200))).isEmpty();
  }

  @Test
  void notInEvents() {
    String events =
        realm.admin("GET", "/events?max=10000", null).expect(200).body()
            + realm.admin("GET", "/admin-events?max=10000", null).expect(200).body();
    assertHidden(events, PLANTED);
  }

  @Test
  void notInMetrics() {
    String metrics =
        Http.get(URI.create(realm.server().managementUri() + "/metrics"), Map.of()).body();
    assertHidden(metrics, "access_keys_verifications_total");
  }

  @Test
  void notInAnExport() {
    String export =
        realm
            .admin("POST", "/partial-export?exportClients=true&exportGroupsAndRoles=true", "")
            .expect(200)
            .body();
    assertHidden(export, "access-keys.enabled");
  }

  @Test
  void notInLists() {
    String lists =
        realm.admin("GET", "/access-keys", null).expect(200).body()
            + Http.get(realm.uri("/access-keys"), realm.as("alice")).expect(200).body();
    assertHidden(lists, PLANTED);
  }

  @Test
  void notInErrorText() {
    assertThat(refusedBody.status()).isEqualTo(400);
    assertHidden(refusedBody.body(), "secret");
    assertThat(refusedName.status()).isEqualTo(400);
    assertHidden(refusedName.body(), "is not known here");
  }

  /** H2 writes rows to its file as they are, about a second after the commit. */
  @Test
  void notInAnyColumnOfTheDatabase() throws IOException, InterruptedException {
    String content = realm.server().databaseDump();
    for (int wait = 0; wait < 100 && !content.contains(PLANTED); wait++) {
      TimeUnit.MILLISECONDS.sleep(100);
      content = realm.server().databaseDump();
    }
    assertHidden(content, PLANTED);
  }

  private static void assertHidden(String text, String control) {
    assertThat(text).as("the search looks at something").contains(control);
    assertThat(new ShownSecrets.Search(needles()).in(text).size())
        .as("secrets that were found")
        .isZero();
  }

  private static Set<String> needles() {
    Set<String> needles = new HashSet<>(ShownSecrets.all());
    assertThat(needles).isNotEmpty();
    return needles;
  }
}
