package io.accesskeys.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who comes to the page on which keys are created, and when; nobody is locked out by it. */
class CreateKeyPageAccessIT {

  private static final String ASK = "&kc_action=create-access-key";
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
    bob.submit(CreateKeyPageIT.form(Map.of()));
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
      alice.submit(CreateKeyPageIT.form(Map.of("name", "kept name")));
      assertThat(alice.page().status()).isEqualTo(200);
      assertThat(alice.page().body())
          .contains("policy first: max_auth_age", "kept name")
          .doesNotContain("access-key-secret");
    }
  }
}
