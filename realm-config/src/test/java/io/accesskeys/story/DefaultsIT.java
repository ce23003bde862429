package io.accesskeys.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Keycloak does anyway is not said: compared with a realm that says nothing. */
class DefaultsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTHING = "says-nothing";

  /** They say something in a file although Keycloak has the same: imports need them. */
  private static final Set<String> NEEDED = Set.of("enabled", "fullScopeAllowed");

  private static TestRealm saysNothing;
  private static JsonNode realm;
  private static JsonNode client;
  private static JsonNode scope;
  private static JsonNode actions;

  @BeforeAll
  static void importNothing() {
    saysNothing =
        TestRealm.imported(NOTHING, "{\"realm\":\"%s\",\"enabled\":true}".formatted(NOTHING));
    saysNothing.admin("POST", "/clients", "{\"clientId\":\"says-nothing\"}").expect(201);
    saysNothing
        .admin("POST", "/client-scopes", "{\"name\":\"x\",\"protocol\":\"openid-connect\"}")
        .expect(201);
    realm = get("");
    client = get("/clients?clientId=says-nothing").path(0);
    for (JsonNode one : get("/client-scopes")) {
      scope = one.path("name").asText().equals("x") ? one : scope;
    }
    actions = get("/authentication/required-actions");
  }

  @AfterAll
  static void remove() {
    saysNothing.close();
  }

  private static JsonNode get(String path) {
    return saysNothing.admin("GET", path, null).expect(200).json();
  }

  static Stream<Story> all() {
    return StoryFilesTest.all();
  }

  /** The members that say what is so without them, each with its path. */
  private static List<String> idle(String path, JsonNode said, JsonNode anyway) {
    List<String> idle = new ArrayList<>();
    said.fieldNames()
        .forEachRemaining(
            member -> {
              if (said.path(member).isObject()) {
                idle.addAll(idle(path + "." + member, said.path(member), anyway.path(member)));
              } else if (said.path(member).equals(anyway.path(member))
                  && !NEEDED.contains(member)) {
                idle.add(path + "." + member);
              }
            });
    return idle;
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingIsSaidThatIsSoAnyway(Story story) throws IOException {
    JsonNode file = JSON.readTree(story.file().toFile());
    List<String> idle = new ArrayList<>(idle("realm", file, realm));
    file.path("clients")
        .forEach(one -> idle.addAll(idle(one.path("clientId").asText(), one, client)));
    file.path("clientScopes")
        .forEach(
            one -> {
              List<String> members = idle(one.path("name").asText(), one, scope);
              members.removeIf(member -> member.endsWith(".protocol"));
              idle.addAll(members);
            });
    assertThat(idle).isEmpty();
  }

  /** With the file that has them all the others are compared. */
  @Test
  void theRequiredActionsOfKeycloakAreAllThere() throws IOException {
    List<String> listed =
        aliases(JSON.readTree(new Story("acme").file().toFile()).path("requiredActions"));
    List<String> own = aliases(actions);
    own.remove("create-access-key");
    assertThat(listed).containsAll(own).hasSize(own.size() + 1);
  }

  private static List<String> aliases(JsonNode actions) {
    List<String> aliases = new ArrayList<>();
    actions.forEach(action -> aliases.add(action.path("alias").asText()));
    return aliases;
  }
}
