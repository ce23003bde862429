package io.accesskeys.it.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What tools do to the required action, each as it sends it: the policy holds. */
@Contract
class KeptPolicyIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACTION = "/authentication/required-actions/create-access-key";
  private static final String REGISTER = "/authentication/register-required-action";
  private static final String OURS =
      "{\"providerId\":\"create-access-key\",\"name\":\"Create Access Key\"}";
  private static final Map<String, String> STRICT =
      Map.of(
          "personal-access-token.max-lifetime", "P3D",
          "personal-access-token.required-restrictions", "ip",
          "trusted-proxies", "192.0.2.1");

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("kept-policy");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @BeforeEach
  void makeItStrict() {
    if (realm.admin("GET", ACTION, null).status() == 404) {
      realm.admin("POST", REGISTER, OURS).expect(204);
    }
    realm.policy(STRICT).expect(204);
    assertThat(isStrict()).isTrue();
  }

  /** What a tool does, with no trace of what the policy was. */
  private interface Rewriting {
    void run();
  }

  static Stream<Arguments> rewritings() {
    return Stream.of(
        tool("keycloak-config-cli removes an action that its file lacks", () -> delete(ACTION)),
        tool(
            "Terraform and keycloak-config-cli put the action without a config",
            () -> put("{\"alias\":\"create-access-key\",\"enabled\":true,\"priority\":90}")),
        tool(
            "with an empty config",
            () -> put("{\"alias\":\"create-access-key\",\"enabled\":true,\"config\":{}}")),
        tool(
            "with every field cleared, which Keycloak validates nowhere",
            () ->
                put(
                    "{\"alias\":\"create-access-key\",\"enabled\":true,\"config\":{"
                        + "\"personal-access-token.max-lifetime\":\"\","
                        + "\"personal-access-token.required-restrictions\":\"\","
                        + "\"trusted-proxies\":\" \"}}")),
        tool(
            "the console's form with blanks",
            () ->
                realm
                    .savedInConsole(
                        Map.of(
                            "personal-access-token.required-restrictions", "##",
                            "trusted-proxies", " "))
                    .expect(204)),
        tool("under another alias", () -> put("{\"alias\":\"other\",\"enabled\":true}")),
        tool("switched off", () -> put("{\"alias\":\"create-access-key\",\"enabled\":false}")),
        tool("the console's button Clear", () -> delete(ACTION + "/config")),
        tool(
            "the console's form with every field cleared",
            () -> realm.savedInConsole(Map.of()).expect(204)),
        tool(
            "Terraform removes the action and registers it again",
            () -> {
              delete(ACTION);
              realm.admin("POST", REGISTER, OURS).expect(204);
            }),
        tool(
            "a realm is put with what it has, but without required actions",
            () -> realm.change("", Map.of("displayName", "again"))),
        tool("a realm is put with no required action", KeptPolicyIT::putRealmWithNoActions),
        tool("a partial import that overwrites", KeptPolicyIT::importPartially));
  }

  private static Arguments tool(String name, Rewriting rewriting) {
    return Arguments.of(name, rewriting);
  }

  private static void delete(String path) {
    realm.admin("DELETE", path, null).expect(204);
  }

  private static void put(String json) {
    realm.admin("PUT", ACTION, json);
  }

  private static void putRealmWithNoActions() {
    ObjectNode representation = (ObjectNode) realm.admin("GET", "", null).expect(200).json();
    representation.putArray("requiredActions");
    realm.admin("PUT", "", representation.toString()).expect(204);
  }

  private static void importPartially() {
    String file =
        "{\"ifResourceExists\":\"OVERWRITE\",\"requiredActions\":[{\"alias\":\"create-access-key\","
            + "\"providerId\":\"create-access-key\",\"name\":\"x\",\"enabled\":true,\"config\":{}}],"
            + "\"roles\":{\"realm\":[{\"name\":\"imported\"}]}}";
    realm.admin("POST", "/partialImport", file).expect(200);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rewritings")
  void loosensNothing(String name, Rewriting rewriting) {
    rewriting.run();
    assertThat(isStrict()).isTrue();
    realm.keepPolicy();
    assertThat(isStrict()).isTrue();
    assertThat(inForce("trusted-proxies")).isEqualTo("192.0.2.1");
  }

  @Test
  void healthSaysThatTheActionNoLongerShowsWhatHolds() {
    assertThat(health().has("warning")).isFalse();
    assertThat(health().path("differences")).isEmpty();
    delete(ACTION);
    assertThat(health().path("differences").findValuesAsText("field"))
        .containsExactlyInAnyOrderElementsOf(STRICT.keySet());
    assertThat(health().path("differences").findValuesAsText("inForce")).contains("P3D", "ip");
    assertThat(health().path("warning").asText()).contains("PUT …/access-keys/policy");
  }

  /** Nobody validates what a tool puts. */
  @Test
  void aValueThatCannotBeReadLeavesTheLastGoodOneAndNoKeyIsMade() {
    put(
        "{\"alias\":\"create-access-key\",\"enabled\":true,\"config\":"
            + "{\"personal-access-token.max-lifetime\":\"P9OD\"}}");
    Reply refused = make(Duration.ofDays(2), true);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("detail")).contains("personal-access-token.max-lifetime");
    assertThat(inForce("personal-access-token.max-lifetime")).isEqualTo("P3D");
    assertThat(health().path("broken").findValuesAsText("field"))
        .containsExactly("personal-access-token.max-lifetime");

    Reply unmended =
        realm.admin("PATCH", "/access-keys/policy", "{\"max-overlap\":\"PT1H\"}").expect(400);
    assertThat(unmended.text("field")).isEqualTo("personal-access-token.max-lifetime");
    realm
        .admin(
            "PATCH",
            "/access-keys/policy",
            "{\"personal-access-token.max-lifetime\":\"P90D\",\"max-overlap\":\"PT1H\"}")
        .expect(200);
    make(Duration.ofDays(80), true).expect(201);
    assertThat(health().path("broken")).isEmpty();
  }

  @Test
  void theWordDefaultSetsBackForGood() {
    realm
        .savedInConsole(Map.of("personal-access-token.required-restrictions", "default"))
        .expect(204);
    delete(ACTION);
    make(Duration.ofDays(2), false).expect(201);
    assertThat(make(Duration.ofDays(4), false).text("field")).isEqualTo("expiresAt");
  }

  /** The console validates what it sends beside what is kept, since that is what will hold. */
  @Test
  void aFieldThatContradictsWhatIsKeptIsRefused() {
    Reply refused =
        realm.savedInConsole(Map.of("personal-access-token.default-lifetime", "P9D")).expect(400);
    assertThat(refused.text("field")).isEqualTo("personal-access-token.default-lifetime");
    assertThat(isStrict()).isTrue();
    make(Duration.ofDays(2), true).expect(201);
  }

  /** Each writes the config and our row: neither may undo the other, nor wait for it for ever. */
  @Test
  void whoSavesInTheConsoleWhileTheEndpointIsUsedLosesNothing() {
    for (int age = 10; age < 30; age++) {
      Map<String, String> form = Map.of("max_auth_age", String.valueOf(age));
      String body = "{\"api-key.max-per-owner\":" + age + "}";
      CompletableFuture<Reply> patched =
          CompletableFuture.supplyAsync(() -> realm.admin("PATCH", "/access-keys/policy", body));
      realm.savedInConsole(form).expect(204);
      patched.join().expect(200);
      assertThat(inForce("max_auth_age")).isEqualTo(String.valueOf(age));
      assertThat(inForce("api-key.max-per-owner")).isEqualTo(String.valueOf(age));
    }
  }

  @Test
  void theActionIsNotPutBackForWhoeverHasRemovedIt() {
    delete(ACTION);
    realm.keepPolicy();
    assertThat(realm.admin("GET", ACTION, null).status()).isEqualTo(404);
    realm.admin("PATCH", "/access-keys/policy", "{\"max-overlap\":\"PT2H\"}").expect(200);
    assertThat(realm.admin("GET", ACTION, null).status()).isEqualTo(404);
    assertThat(inForce("max-overlap")).isEqualTo("PT2H");
  }

  /** As tools do that send back only what they know; Keycloak's own endpoint fails at it then. */
  @Test
  void anActionThatLostItsAliasLoosensNothing() {
    try (TestRealm other = TestRealm.create("kept-policy-alias")) {
      other.policy(STRICT).expect(204);
      other.admin("PUT", ACTION, "{\"enabled\":true}").expect(204);
      assertThat(lifetime(other)).isEqualTo("P3D");
      other.admin("PATCH", "/access-keys/policy", "{\"max-overlap\":\"PT2H\"}").expect(200);
      assertThat(lifetime(other)).isEqualTo("P3D");
    }
  }

  /** A realm that is removed takes its policy along, and another of its id begins anew. */
  @Test
  void goesWithItsRealm() throws JsonProcessingException {
    ObjectNode file = (ObjectNode) JSON.readTree(TestRealm.shipped("kept-policy-again"));
    file.put("id", "22222222-0000-4000-8000-000000000000").remove("requiredActions");
    try (TestRealm first = TestRealm.imported("kept-policy-again", file.toString())) {
      first.policy(STRICT).expect(204);
      assertThat(lifetime(first)).isEqualTo("P3D");
    }
    try (TestRealm second = TestRealm.imported("kept-policy-again", file.toString())) {
      assertThat(lifetime(second)).isEqualTo("P365D");
    }
  }

  private static String lifetime(TestRealm of) {
    return policy(of).at("/values").path("personal-access-token.max-lifetime").asText();
  }

  private static JsonNode policy(TestRealm of) {
    return of.admin("GET", "/access-keys/policy", null).expect(200).json();
  }

  private static String inForce(String setting) {
    return policy(realm).path("values").path(setting).asText();
  }

  private static JsonNode health() {
    return realm.admin("GET", "/access-keys/health", null).expect(200).json().path("policy");
  }

  private static boolean isStrict() {
    return make(Duration.ofDays(4), true).text("field").equals("expiresAt")
        && make(Duration.ofDays(2), false).text("field").equals("restrictions");
  }

  private static Reply make(Duration life, boolean restricted) {
    ObjectNode request =
        JSON.createObjectNode()
            .put("kind", "personal-access-token")
            .put("name", "x")
            .put("client", "acme-api")
            .put("expiresAt", Instant.now().plus(life).toString());
    if (restricted) {
      request.putArray("restrictions").addObject().put("type", "ip").putArray("allow").add("::1");
    }
    return realm.create("alice", request.toString());
  }
}
