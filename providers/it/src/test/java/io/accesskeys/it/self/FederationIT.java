package io.accesskeys.it.self;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.TestClock;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.SignIn;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys of people whom a user federation knows. Its people go without an event of their own. */
class FederationIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PERSON = "frida";

  /** Longer than a mail ever waits for its next attempt. */
  private static final Duration NEXT_ATTEMPT = Duration.ofHours(2);

  private TestRealm realm;
  private String federation;

  /** What a federation does with its people. */
  enum Federation {
    /** Copies them into the local database, as LDAP does by default. */
    IMPORTING,
    /** Is asked for them every time; their ids name it. */
    ASKED
  }

  @BeforeEach
  void create() {
    realm = TestRealm.create("federation");
  }

  @AfterEach
  void remove() {
    realm.close();
  }

  private void federate(Federation sort) {
    ObjectNode component =
        JSON.createObjectNode()
            .put("name", "outside")
            .put("providerId", "test-federation")
            .put("providerType", "org.keycloak.storage.UserStorageProvider")
            .put("parentId", realm.admin("GET", "", null).expect(200).text("id"));
    component.putObject("config").putArray("importEnabled").add(sort == Federation.IMPORTING);
    component.withObject("config").putArray("people").add(PERSON);
    String location =
        realm
            .admin("POST", "/components", component.toString())
            .expect(201)
            .header("Location")
            .orElseThrow();
    federation = TestRealm.id(location);
  }

  private void configure(String setting, String value) {
    String path = "/components/" + federation;
    ObjectNode component = (ObjectNode) realm.admin("GET", path, null).expect(200).json();
    component.withObject("config").putArray(setting).add(value);
    realm.admin("PUT", path, component.toString()).expect(204);
  }

  /** Keycloak asks the federation at every use, and not its own cache. */
  private void withoutCache() {
    configure("cachePolicy", "NO_CACHE");
  }

  /** A key that is good, of somebody from the federation with a role from here. */
  private TestKey key(Federation sort) {
    realm.as(PERSON);
    String path =
        sort == Federation.IMPORTING ? realm.user(PERSON) : "/users/f:" + federation + ":" + PERSON;
    realm.roles("POST", path, "orders:read");
    TestKey key = realm.pat(PERSON, "orders:read");
    assertGood(key);
    return key;
  }

  private void assertGood(TestKey key) {
    Reply reply = realm.verify(key.text(), "?client=acme-api&scope=orders:read").expect(200);
    assertThat(reply.header("X-Auth-Username")).hasValue(PERSON);
    assertThat(realm.introspect(key.text(), Map.of()).json().path("active").asBoolean()).isTrue();
  }

  /** At once: the copy of the key may be ten seconds old, but the owner is asked for every time. */
  private void assertRefusedEverywhere(TestKey key, String jwt) {
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
    assertThat(realm.grant(key.text(), Map.of()).expect(400).text("error"))
        .isEqualTo("invalid_grant");
    for (String token : List.of(key.text(), jwt)) {
      assertThat(realm.introspect(token, Map.of()).expect(200).json().path("active").asBoolean())
          .isFalse();
    }
  }

  private boolean isKept(TestKey key) {
    return realm.adminKey("GET", key, "", null).status() == 200;
  }

  private void assertGoes(TestKey key) {
    realm.upkeep();
    assertThat(realm.adminKey("GET", key, "", null).status()).isEqualTo(404);
  }

  private void assertStays(TestKey key) {
    for (int run = 0; run < 2; run++) {
      realm.upkeep();
      assertThat(isKept(key)).isTrue();
    }
  }

  private String explained(TestKey key) {
    return realm.adminKey("POST", key, "/explain", "{}").expect(200).text("reason");
  }

  private void removeImportedUsers() {
    realm.admin("POST", "/user-storage/" + federation + "/remove-imported-users", null).expect(204);
  }

  @Test
  @Contract
  void importedPeopleWhoAreRemovedInBulkAreRefusedAtOnceAndTheirKeysGo() {
    federate(Federation.IMPORTING);
    TestKey key = key(Federation.IMPORTING);
    TestKey other = realm.pat("alice", "orders:read");
    String jwt = realm.jwt(key);

    removeImportedUsers();

    assertRefusedEverywhere(key, jwt);
    assertGoes(key);
    assertThat(isKept(other)).isTrue();
  }

  @Test
  void whoIsImportedAgainIsSomebodyElse() {
    federate(Federation.IMPORTING);
    TestKey key = key(Federation.IMPORTING);
    String jwt = realm.jwt(key);
    String before = realm.user(PERSON);

    removeImportedUsers();
    new SignIn(realm.uri(""), "account-console").token(PERSON, PERSON);

    assertThat(realm.user(PERSON)).isNotEqualTo(before);
    assertRefusedEverywhere(key, jwt);
    assertGoes(key);
    assertRefusedEverywhere(key, jwt);
  }

  @Test
  void whereNobodyIsImportedTheRemovalOfImportedPeopleChangesNothing() {
    federate(Federation.ASKED);
    TestKey key = key(Federation.ASKED);

    removeImportedUsers();

    assertGood(key);
    assertStays(key);
  }

  @ParameterizedTest
  @EnumSource
  @Contract
  void peopleAreRefusedAtOnceWhenTheirFederationIsRemovedAndTheirKeysGo(Federation sort) {
    federate(sort);
    TestKey key = key(sort);
    String jwt = realm.jwt(key);

    realm.admin("DELETE", "/components/" + federation, null).expect(204);

    assertRefusedEverywhere(key, jwt);
    assertGoes(key);
    assertRefusedEverywhere(key, jwt);
  }

  @ParameterizedTest
  @EnumSource
  @Contract
  void whileTheFederationDoesNotAnswerItsKeysAreRefusedAndKept(Federation sort) {
    federate(sort);
    TestKey key = key(sort);
    String jwt = realm.jwt(key);
    withoutCache();

    configure("reachable", "false");

    assertRefusedEverywhere(key, jwt);
    assertThat(Http.get(realm.uri("/access-keys/self"), TestRealm.bearer(key.text())).status())
        .isEqualTo(401);
    assertThat(explained(key)).isEqualTo("owner_unreachable");
    assertThat(
            realm
                .admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR", null)
                .expect(200)
                .json()
                .path(0)
                .path("details")
                .path("reason")
                .asText())
        .isEqualTo("owner_unreachable");
    assertStays(key);

    configure("reachable", "true");

    assertGood(key);
    assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void whileTheFederationDoesNotAnswerAdministratorsSeeItsKeysAndCanRevokeThem(Federation sort) {
    federate(sort);
    TestKey key = key(sort);
    TestKey second = realm.pat(PERSON, "orders:read");
    Map<String, String> seesPeople = realm.asAdminWith("view-users");
    Map<String, String> seesClients = realm.asAdminWith("view-clients");
    withoutCache();
    configure("reachable", "false");

    assertThat(realm.admin("GET", "/access-keys", null).expect(200).json()).hasSize(2);
    assertThat(realm.adminKey("GET", key, "", null).json().path("owner").path("user").asText())
        .isNotEmpty();
    assertThat(realm.admin("GET", "/access-keys/export", null).expect(200).body())
        .contains(key.id(), second.id());
    String path = "/access-keys/" + key.id();
    assertThat(realm.adminAs(seesPeople, "GET", path, null).status()).isEqualTo(200);
    assertThat(realm.adminAs(seesClients, "GET", path, null).status()).isEqualTo(404);
    assertThat(realm.adminKey("PATCH", key, "", "{\"name\":\"new\"}").expect(409).text("detail"))
        .contains("federation");
    realm.adminKey("POST", key, "/suspend", "").expect(204);
    realm.adminKey("POST", key, "/revoke", "{\"reason\":\"lost\"}").expect(204);

    configure("reachable", "true");

    assertThat(explained(key)).isEqualTo("revoked");
    assertGood(second);
  }

  @ParameterizedTest
  @EnumSource
  void whileTheFederationDoesNotAnswerNoKeyIsMadeForItsPeople(Federation sort) {
    federate(sort);
    String owner = realm.adminKey("GET", key(sort), "", null).json().path("owner").toString();
    withoutCache();
    configure("reachable", "false");

    String request =
        "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\",\"owner\":%s}";
    Reply refused = realm.admin("POST", "/access-keys", request.formatted(owner)).expect(400);
    assertThat(refused.text("field")).isEqualTo("owner.user");
    assertThat(refused.text("detail")).contains("does not answer");
  }

  @ParameterizedTest
  @EnumSource
  void whileTheFederationDoesNotAnswerMailsToItsPeopleWait(Federation sort) {
    GreenMail smtp = new GreenMail(ServerSetup.SMTP.dynamicPort());
    smtp.start();
    try {
      String port = String.valueOf(smtp.getSmtp().getPort());
      realm.change(
          "",
          Map.of(
              "smtpServer",
              Map.of("host", "127.0.0.1", "port", port, "from", "keys@acme.example")));
      federate(sort);
      TestKey key = key(sort);
      realm.sendMails();
      assertThat(smtp.getReceivedMessages()).hasSize(1);
      withoutCache();
      configure("reachable", "false");

      realm.adminKey("POST", key, "/revoke", "{\"reason\":\"lost\"}").expect(204);

      TestClock clock = TestClock.of(realm.server());
      realm.sendMails();
      clock.ahead(NEXT_ATTEMPT, realm::sendMails);
      assertThat(smtp.getReceivedMessages()).hasSize(1);
      configure("reachable", "true");
      clock.ahead(NEXT_ATTEMPT.multipliedBy(2), realm::sendMails);
      assertThat(smtp.getReceivedMessages()).hasSize(2);
    } finally {
      smtp.stop();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFederationThatIsSwitchedOffTakesNoKeysAlong(Federation sort) {
    federate(sort);
    TestKey key = key(sort);
    String jwt = realm.jwt(key);

    configure("enabled", "false");

    assertRefusedEverywhere(key, jwt);
    assertStays(key);

    configure("enabled", "true");

    assertGood(key);
  }

  @ParameterizedTest
  @EnumSource
  void whoTheFederationForgetsIsRefused(Federation sort) {
    federate(sort);
    TestKey key = key(sort);
    String jwt = realm.jwt(key);
    withoutCache();

    configure("people", "somebody-else");

    assertRefusedEverywhere(key, jwt);
    if (sort == Federation.IMPORTING) {
      // Keycloak removes the copy when it notices, with an event.
      assertGoes(key);
    }
  }

  @Test
  void whoComesBackToAFederationThatIsAskedHasTheirKeysAgain() {
    federate(Federation.ASKED);
    TestKey key = key(Federation.ASKED);
    withoutCache();
    configure("people", "somebody-else");
    assertThat(explained(key)).isEqualTo("owner_missing");
    assertStays(key);

    configure("people", PERSON);

    assertGood(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"f:", "f:nowhere", "f::", "f:nowhere:frida"})
  void whatOnlyBeginsLikeTheIdOfAFederatedPersonIsNobody(String id) {
    String request =
        "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\","
            + "\"owner\":{\"user\":\"%s\"}}";
    assertThat(realm.admin("POST", "/access-keys", request.formatted(id)).expect(400).text("field"))
        .isEqualTo("owner.user");
  }
}
