package io.accesskeys.it.removal;

import static io.accesskeys.it.removal.Stage.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The requests of tools that rewrite realms, as they send them. */
class RemovalToolsIT {

  private static final String NAME = "removal-tools";
  private static final Deque<Stage> STAGES = new ArrayDeque<>();

  private static TestRealm realm;
  private static GreenMail smtp;
  private static String lastMail;

  /** Nobody else has touched it. */
  private final Stage stage = STAGES.remove();

  @BeforeAll
  static void create() throws IOException {
    smtp = new GreenMail(ServerSetup.SMTP.dynamicPort());
    smtp.start();
    ObjectNode file = (ObjectNode) new ObjectMapper().readTree(TestRealm.shipped(NAME));
    file.withObject("smtpServer")
        .put("host", "127.0.0.1")
        .put("port", String.valueOf(smtp.getSmtp().getPort()))
        .put("from", "keys@acme.example");
    List<Stage> all =
        Stream.iterate(0, i -> i + 1).limit(20).map(i -> new Stage("tool" + i)).toList();
    all.forEach(one -> one.writeTo(file));
    realm = TestRealm.imported(NAME, file.toString());
    all.forEach(one -> one.enter(realm));
    STAGES.addAll(all);
  }

  @AfterAll
  static void remove() {
    realm.close();
    smtp.stop();
  }

  @BeforeEach
  void forgetMails() {
    sent();
  }

  /** The mails since the last look, as "to: subject". */
  private static List<String> sent() {
    realm.sendMails();
    lastMail = "";
    List<String> mails = new ArrayList<>();
    for (var mail : smtp.getReceivedMessages()) {
      String whole = GreenMailUtil.getWholeMessage(mail);
      lastMail = whole;
      mails.add(header(whole, "To") + ": " + header(whole, "Subject"));
    }
    try {
      smtp.purgeEmailFromAllMailboxes();
    } catch (FolderException e) {
      throw new AssertionError(e);
    }
    return mails.stream().sorted().toList();
  }

  private static String header(String whole, String name) {
    return whole
        .lines()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  /** The events of keys of this stage that were deleted. */
  private List<JsonNode> deletions() {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode event :
        realm.admin("GET", "/events?type=REMOVE_CREDENTIAL&max=100", null).expect(200).json()) {
      JsonNode details = event.path("details");
      if (details.path("action").asText().equals("delete")
          && details.toString().contains("\"" + stage.name)) {
        found.add(details);
      }
    }
    return found;
  }

  private void assertNothingIsSaid() {
    assertThat(deletions()).isEmpty();
    assertThat(sent()).isEmpty();
  }

  private void assertDeleted(String reason, String owner, String clients) {
    assertThat(stage.outcome()).isEqualTo("deleted");
    assertThat(deletions()).hasSize(1);
    JsonNode details = deletions().get(0);
    assertThat(details.path("reason").asText()).isEqualTo(reason);
    assertThat(details.path("count").asText()).isEqualTo("1");
    assertThat(details.path("owner").asText()).isEqualTo(owner);
    assertThat(details.path("clients").asText()).isEqualTo(clients);
  }

  private static ObjectNode file(String member, JsonNode... things) {
    ObjectNode file = json("{}");
    for (JsonNode thing : things) {
      file.withArray(member).add(thing);
    }
    return file;
  }

  private void overwrite(ObjectNode file) {
    stage.partialImport("OVERWRITE", file).expect(200);
  }

  // Partial import of the Admin Console.

  @Test
  void aPersonWhoIsOverwrittenUnderTheSameIdKeepsTheirKeys() {
    stage.pat();
    sent();
    overwrite(file("users", stage.personJson(Optional.of(stage.person))));
    assertThat(stage.outcome()).isEqualTo("accepted");
    assertNothingIsSaid();
  }

  @Test
  void aPersonWhoIsOverwrittenWithoutAnIdIsSomebodyElse() {
    stage.pat();
    sent();
    overwrite(file("users", stage.personJson(Optional.empty())));
    assertDeleted("owner_removed", stage.name, stage.name + "-api");
    assertThat(sent())
        .containsExactly(
            "%1$s@acme.example: The access keys of %1$s at ACME were deleted"
                .formatted(stage.name));
    assertThat(lastMail)
        .contains("Keys deleted: 1", "For: " + stage.name + "-api", "When: ")
        .doesNotContain("Key: ");
    assertThat(stage.user()).isNotEqualTo("/users/" + stage.person);
  }

  @Test
  void applicationsFollowTheirRegistrantByTheSameRule() {
    ObjectNode application = stage.serviceJson(Optional.empty());
    application.put("clientId", "app-" + stage.name);
    application.withObject("attributes").put("access-keys.owners", stage.person);
    stage.post("/clients", application);
    String path = realm.client("app-" + stage.name);
    overwrite(file("users", stage.personJson(Optional.of(stage.person))));
    realm.admin("GET", path, null).expect(200);
    overwrite(file("users", stage.personJson(Optional.empty())));
    realm.admin("GET", path, null).expect(404);
  }

  @Test
  void anApiClientThatIsOverwrittenIsAnother() {
    stage.pat();
    sent();
    overwrite(file("clients", stage.apiJson(Optional.of(stage.api))));
    assertDeleted("client_removed", "", stage.name + "-api");
    String subject = ": The access keys for " + stage.name + "-api at ACME were deleted";
    assertThat(sent())
        .containsExactly(
            "api@" + stage.name + ".example" + subject, stage.name + "@acme.example" + subject);
  }

  @Test
  void aClientThatOwnsKeysAndIsOverwrittenIsAnother() {
    stage.apiKey();
    sent();
    overwrite(file("clients", stage.serviceJson(Optional.of(stage.service))));
    assertDeleted("owner_removed", stage.name + "-service", stage.name + "-api");
    assertThat(sent())
        .containsExactly(
            "ops@%1$s.example: The access keys of %1$s-service at ACME were deleted"
                .formatted(stage.name));
  }

  @Test
  void aServiceAccountThatIsOverwrittenUnderTheSameIdKeepsItsKeys() {
    stage.apiKey();
    sent();
    ObjectNode file = file("clients", stage.serviceJson(Optional.empty()));
    file.withArray("users").add(stage.accountJson(Optional.of(stage.account)));
    overwrite(file);
    assertThat(stage.outcome()).isEqualTo("accepted");
    assertNothingIsSaid();
  }

  @Test
  void whatIsSkippedStays() {
    stage.pat();
    sent();
    ObjectNode file = file("users", stage.personJson(Optional.empty()));
    file.withArray("clients").add(stage.apiJson(Optional.empty()));
    stage.partialImport("SKIP", file).expect(200);
    assertThat(stage.outcome()).isEqualTo("accepted");
    assertNothingIsSaid();
  }

  @Test
  void whatFailsChangesNothing() {
    stage.pat();
    sent();
    stage.partialImport("FAIL", file("users", stage.personJson(Optional.empty()))).expect(409);
    ObjectNode broken = stage.personJson(Optional.empty());
    broken.put("username", stage.name + "-2").withArray("groups").add("/no-such-group");
    // The person is deleted and made again before the group is missed, and all is rolled back.
    int status =
        stage
            .partialImport("OVERWRITE", file("users", stage.personJson(Optional.empty()), broken))
            .status();
    assertThat(status).isGreaterThanOrEqualTo(400);
    assertThat(stage.outcome()).isEqualTo("accepted");
    assertThat(stage.user()).isEqualTo("/users/" + stage.person);
    assertNothingIsSaid();
  }

  @Test
  void aRoleThatIsOverwrittenLeavesItsScopesWithoutIt() {
    stage.pat();
    ObjectNode file = json("{}");
    file.withObject("roles").withArray("realm").add(stage.roleJson(Optional.of(stage.role)));
    overwrite(file);
    stage.role("POST", stage.user() + "/role-mappings/realm");
    assertThat(stage.outcome()).isEqualTo("without the scope");
  }

  // The Admin Console, kcadm, and whatever reads before it writes.

  @Test
  void aClientThatIsReadAndWrittenBackIsTheSame() {
    stage.apiKey();
    for (String client : List.of("-api", "-service")) {
      stage.change(stage.client(client), Map.of("description", "changed"));
    }
    stage.change(stage.user(), Map.of("lastName", "changed"));
    assertThat(stage.outcome()).isEqualTo("accepted");
  }

  /** As {@code kcadm update -f} without {@code -m}, and many scripts with curl. */
  @Test
  void aClientOfWhichOnlySomethingIsWrittenKeepsTheRest() {
    stage.apiKey();
    for (String client : List.of("-api", "-service")) {
      stage.put(
          stage.client(client),
          json("{'clientId':'%s%s','description':'changed'}", stage.name, client));
    }
    assertThat(stage.outcome()).isEqualTo("accepted");
  }

  // Terraform's keycloak_openid_client and keycloak_openid_client_scope.

  @Test
  void aClientThatTerraformWritesWithoutOurAttributesKeepsThem() {
    stage.pat();
    stage.put(
        stage.client("-api"),
        json(
            "{'id':'%s','clientId':'%s-api','enabled':true,'publicClient':true,"
                + "'fullScopeAllowed':false,'attributes':{'use.refresh.tokens':'false',"
                + "'backchannel.logout.session.required':'true'}}",
            stage.api, stage.name));
    assertThat(stage.outcome()).isEqualTo("accepted");
  }

  @Test
  void aClientScopeThatTerraformWritesKeepsOurAttributes() {
    stage.pat();
    stage.put(
        stage.scopePath(),
        json(
            "{'id':'%s','name':'%s:write','protocol':'openid-connect','attributes':{"
                + "'include.in.token.scope':'true','display.on.consent.screen':'true'}}",
            stage.scope, stage.name));
    assertThat(stage.outcome()).isEqualTo("accepted");
  }

  /** A change that forces a replacement, and {@code terraform apply -replace}. */
  @Test
  void aPersonWhomTerraformReplacesIsSomebodyElse() {
    stage.pat();
    sent();
    stage.delete(stage.user());
    stage.post("/users", stage.personJson(Optional.empty()));
    assertDeleted("owner_removed", stage.name, stage.name + "-api");
    assertThat(sent()).hasSize(1);
  }

  // keycloak-config-cli.

  /** It writes what its file has of a client, and its scopes one by one. */
  @Test
  void aClientThatConfigCliWritesKeepsItsKeys() {
    stage.apiKey();
    ObjectNode api = stage.apiJson(Optional.of(stage.api));
    api.remove(List.of("protocolMappers", "defaultClientScopes", "optionalClientScopes"));
    stage.put(stage.client("-api"), api);
    stage.unassignScope(stage.scope);
    assertThat(stage.outcome()).isEqualTo("without the scope");
    stage.assignScope(stage.scope);
    assertThat(stage.outcome()).isEqualTo("accepted");
  }

  // The operator's KeycloakRealmImport.

  @Test
  void aRealmThatExistsIsNotImportedAgain() {
    stage.pat();
    URI realms = URI.create(realm.server().baseUri() + "/admin/realms");
    Http.json("POST", realms, realm.asAdmin(), TestRealm.shipped(NAME)).expect(409);
    assertThat(stage.outcome()).isEqualTo("accepted");
  }
}
