package io.accesskeys.it.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.realm.Browser;
import io.accesskeys.bench.realm.CreateKeyForm;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who comes to the page on which keys are created, and when; nobody is locked out by it. */
class CreateKeyPageAccessIT {

  private static final String ASK = "&kc_action=create-access-key";
  private static final String OUTSIDE = "198.51.100.20";
  private static final String FORM = "kc-create-access-key";

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("page-access");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @AfterEach
  void backToDefaults() {
    realm.policy(Map.of()).expect(204);
    assign("alice", List.of());
    assign("bob", List.of());
  }

  private static void assign(String user, List<String> actions) {
    realm.change(realm.user(user), Map.of("requiredActions", actions));
  }

  private static Browser impersonating(String user) {
    Reply reply = realm.admin("POST", realm.user(user) + "/impersonation", "").expect(200);
    return Browser.of(realm).with(reply);
  }

  @Test
  void whoIsAssignedItSeesItAtTheNextSignInOnce() {
    assign("bob", List.of("create-access-key"));
    Browser bob = Browser.signedIn(realm, "bob", "");
    bob.submit(CreateKeyForm.with(Map.of()));
    bob.secret();
    bob.submit(Map.of("done", "true"));
    assertThat(bob.location()).contains("code=");
    assertThat(Browser.signedIn(realm, "bob", "").location()).contains("code=");
  }

  @Test
  void whoIsAssignedItMayLeaveItOut() {
    assign("bob", List.of("create-access-key"));
    Browser bob = Browser.signedIn(realm, "bob", "");
    bob.submit(Map.of("done", "true"));
    assertThat(bob.location()).contains("code=");
  }

  @Test
  void whoHasNotThePolicysRoleIsRefusedWhereAnApplicationAsks() {
    realm.policy(Map.of("self-service-role", "orders:write")).expect(204);
    assertThat(Browser.signedIn(realm, "bob", ASK).page().status()).isEqualTo(403);
    assertThat(Browser.signedIn(realm, "alice", ASK).page().body()).contains(FORM);
  }

  @Test
  void whoHasNotThePolicysRoleStillSignsInWhereItIsAssigned() {
    realm.policy(Map.of("self-service-role", "orders:write")).expect(204);
    assign("bob", List.of("create-access-key"));
    assertThat(Browser.signedIn(realm, "bob", "").location()).contains("code=");
  }

  @Test
  void anImpersonatorNeverSeesIt() {
    Browser asked = impersonating("alice").open(ASK);
    assertThat(asked.page().body()).contains("name=\"password\"").doesNotContain(FORM);

    assign("alice", List.of("create-access-key"));
    assertThat(impersonating("alice").open("").location()).contains("code=");
  }

  @Test
  void anOldSignInIsRepeatedWhereAnApplicationAsks() {
    Browser alice = Browser.signedIn(realm, "alice", "");
    assertThat(alice.open(ASK).page().body()).contains(FORM);
    realm.ahead(
        Duration.ofMinutes(10),
        () -> {
          alice.open(ASK);
          assertThat(alice.page().body()).contains("name=\"password\"").doesNotContain(FORM);
          realm.policy(Map.of("max_auth_age", "3600")).expect(204);
          assertThat(alice.open(ASK).page().body()).contains(FORM);
        });
  }

  @Test
  void anOldSignInPutsOffWhatIsAssigned() {
    Browser alice = Browser.signedIn(realm, "alice", "");
    assign("alice", List.of("create-access-key"));
    realm.ahead(
        Duration.ofMinutes(10),
        () -> {
          assertThat(alice.open("").location()).contains("code=");
          assertThat(Browser.signedIn(realm, "alice", "").page().body()).contains(FORM);
        });
  }

  /** With a frontend URL, Keycloak takes the page's own address for the one the browser used. */
  private static void behindAProxyThatSaysHttps(Runnable what) {
    String https = realm.server().baseUri().toString().replaceFirst("^http:", "https:");
    frontendUrl(https);
    try {
      what.run();
    } finally {
      frontendUrl("");
    }
  }

  private static void frontendUrl(String url) {
    ObjectNode attributes = (ObjectNode) realm.admin("GET", "", null).json().path("attributes");
    realm.change("", Map.of("attributes", attributes.put("frontendUrl", url)));
  }

  private static List<String> reasons() {
    JsonNode events = realm.admin("GET", "/events", null).expect(200).json();
    return StreamSupport.stream(events.spliterator(), false)
        .map(event -> event.at("/details/reason").asText())
        .toList();
  }

  private static int keys() {
    return realm.admin("GET", "/access-keys/count", null).expect(200).json().path("count").asInt();
  }

  @Test
  void overPlainHttpNoKeyIsMade() {
    Browser alice = Browser.of(realm).at(OUTSIDE).open(ASK);
    alice.submit(Map.of("username", "alice", "password", "alice"));
    assertThat(alice.page().body()).contains(FORM);
    int before = keys();

    alice.atPlain(OUTSIDE).submit(CreateKeyForm.with(Map.of()));

    assertThat(alice.page().body()).contains("HTTPS required").doesNotContain("access-key-secret");
    assertThat(keys()).isEqualTo(before);
  }

  @Test
  void overPlainHttpNoKeyIsMadeWhereKeycloakGoesByTheFrontendUrl() {
    behindAProxyThatSaysHttps(
        () -> {
          Browser alice = Browser.of(realm).at(OUTSIDE).open(ASK);
          alice.submit(Map.of("username", "alice", "password", "alice"));
          assertThat(alice.page().body()).contains(FORM);
          int before = keys();

          alice.atPlain(OUTSIDE).submit(CreateKeyForm.with(Map.of()));

          assertThat(alice.page().status()).isEqualTo(403);
          assertThat(alice.page().body())
              .contains("You cannot create access keys here.")
              .doesNotContain("access-key-secret");
          assertThat(keys()).isEqualTo(before);
          assertThat(reasons()).contains("insecure_transport");
        });
  }

  @Test
  void overPlainHttpNoKeyIsGivenAsAFileWhereKeycloakGoesByTheFrontendUrl() {
    behindAProxyThatSaysHttps(
        () -> {
          Browser alice = Browser.of(realm).at(OUTSIDE).open(ASK);
          alice.submit(Map.of("username", "alice", "password", "alice"));
          alice.submit(CreateKeyForm.with(Map.of("name", "in the clear")));
          String secret = alice.secret();

          alice.atPlain(OUTSIDE).submit(Map.of("download", "true", "secret", secret));

          assertThat(alice.page().status()).isEqualTo(403);
          assertThat(alice.page().header("Content-Disposition")).isEmpty();
          assertThat(alice.page().body()).doesNotContain(secret);
          assertThat(reasons()).contains("insecure_transport");
        });
  }

  @Test
  void overPlainHttpThePageIsNotShownAndWhatIsAssignedIsPutOff() {
    behindAProxyThatSaysHttps(
        () -> {
          Browser asked = Browser.of(realm).atPlain(OUTSIDE).open(ASK);
          asked.submit(Map.of("username", "alice", "password", "alice"));
          assertThat(asked.page().status()).isEqualTo(403);
          assertThat(asked.page().body()).doesNotContain(FORM);

          assign("alice", List.of("create-access-key"));
          Browser assigned = Browser.of(realm).atPlain(OUTSIDE).open("");
          assigned.submit(Map.of("username", "alice", "password", "alice"));
          assertThat(assigned.location()).contains("code=");
        });
  }

  @Test
  void aPolicyThatCannotBeReadNeverBreaksTheSignIn() throws Exception {
    ObjectNode broken = (ObjectNode) new ObjectMapper().readTree(TestRealm.shipped("page-broken"));
    for (JsonNode action : broken.path("requiredActions")) {
      if (action.path("alias").asText().equals("create-access-key")) {
        ((ObjectNode) action.path("config")).put("max_auth_age", "soon");
      }
    }
    try (TestRealm imported = TestRealm.imported("page-broken", broken.toString())) {
      Browser alice = Browser.signedIn(imported, "alice", "").open(ASK);
      assertThat(alice.page().body()).contains(FORM);
      alice.submit(CreateKeyForm.with(Map.of("name", "kept name")));
      assertThat(alice.page().status()).isEqualTo(200);
      assertThat(alice.page().body())
          .contains("policy first: max_auth_age", "kept name")
          .doesNotContain("access-key-secret");
    }
  }
}
