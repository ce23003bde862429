package io.accesskeys.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every file is small, has no secret of its own, and says alike what it says as others do. */
final class StoryFilesTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode ACME = read(new Story("acme"));

  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern FROM_ENVIRONMENT = Pattern.compile("\\$\\{[A-Z][A-Z0-9_]*:[^}]+}");
  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Set<String> SECRETS = Set.of("secret", "value", "privateKey", "password");
  private static final Set<String> IDS = Set.of("id", "containerId", "internalId", "_id");

  /** More than that is no story that somebody reads. */
  private static final int MOST_LINES = 160;

  static Stream<Story> all() {
    return Stream.concat(Stream.of(new Story("acme")), Story.all().stream());
  }

  static Stream<Story> walked() {
    return Story.all().stream();
  }

  private static JsonNode read(Story story) {
    try {
      return JSON.readTree(story.file().toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<JsonNode> objects(JsonNode node) {
    List<JsonNode> found = new ArrayList<>();
    if (node.isObject()) {
      found.add(node);
    }
    node.forEach(child -> found.addAll(objects(child)));
    return found;
  }

  private static Stream<JsonNode> in(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  /** The element of the array in which this member has this value. */
  private static JsonNode named(JsonNode array, String member, JsonNode like) {
    return in(array)
        .filter(element -> element.path(member).equals(like.path(member)))
        .findFirst()
        .orElse(JSON.missingNode());
  }

  private static ObjectNode without(JsonNode object, String... members) {
    return ((ObjectNode) object.deepCopy()).without(List.of(members));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theRealmHasTheNameOfItsFileAndFitsOnASheet(Story story) throws IOException {
    assertThat(read(story).path("realm").asText()).isEqualTo(story.name());
    assertThat(read(story).path("displayName").asText()).isNotBlank();
    assertThat(Files.readAllLines(story.file())).hasSizeLessThan(MOST_LINES);
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingHasAnId(Story story) throws IOException {
    assertThat(Files.readString(story.file())).doesNotContainPattern(UUID);
    for (JsonNode object : objects(read(story))) {
      assertThat(IDS).as(object.toString()).noneMatch(object::has);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everySecretComesFromTheEnvironment(Story story) {
    for (JsonNode object : objects(read(story))) {
      for (String member : SECRETS) {
        if (object.path(member).isValueNode()) {
          assertThat(object.path(member).asText()).as(object.toString()).matches(FROM_ENVIRONMENT);
        }
      }
    }
    for (JsonNode client : read(story).path("clients")) {
      assertThat(client.has("secret") || client.path("publicClient").asBoolean())
          .as("%s: a secret that Keycloak makes up is one that nobody knows", client)
          .isTrue();
    }
  }

  /** Keycloak drops its own actions when a file has others: all or none. */
  @ParameterizedTest
  @MethodSource("all")
  void requiredActionsAreAllThereOrNone(Story story) {
    JsonNode actions = read(story).path("requiredActions");
    if (!actions.isMissingNode()) {
      assertThat(in(actions).map(action -> without(action, "config")).toList())
          .isEqualTo(
              in(ACME.path("requiredActions")).map(action -> without(action, "config")).toList());
      assertThat(in(actions).filter(action -> action.has("config")).toList()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("walked")
  void whatSeveralHaveIsAlikeInAll(Story story) {
    JsonNode realm = read(story);
    assertThat(realm.path("roles")).isEqualTo(ACME.path("roles"));
    assertThat(realm.path("scopeMappings")).isEqualTo(ACME.path("scopeMappings"));
    for (JsonNode scope : ACME.path("clientScopes")) {
      assertThat(without(named(realm.path("clientScopes"), "name", scope), "attributes"))
          .isEqualTo(without(scope, "attributes"));
    }
    for (JsonNode user : realm.path("users")) {
      JsonNode known = named(ACME.path("users"), "username", user);
      assertThat(without(user, "realmRoles")).isEqualTo(without(known, "realmRoles"));
    }
    for (JsonNode client : realm.path("clients")) {
      JsonNode known = named(ACME.path("clients"), "clientId", client);
      known
          .fieldNames()
          .forEachRemaining(
              member -> {
                if (!Set.of("attributes", "protocolMappers").contains(member)) {
                  assertThat(client.path(member)).as(member).isEqualTo(known.path(member));
                }
              });
    }
  }

  /** Of a client that names some scopes Keycloak takes away all that it would have had. */
  @ParameterizedTest
  @MethodSource("all")
  void whereAClientNamesItsScopesItsTokensStillHaveASubject(Story story) {
    in(read(story).path("clients"))
        .filter(client -> client.has("optionalClientScopes"))
        .forEach(
            client ->
                assertThat(in(client.path("defaultClientScopes")).map(JsonNode::asText).toList())
                    .as(client.path("clientId").asText())
                    .contains("basic"));
  }

  /** An API client that breaks a rule would be found out late, at its first key. */
  @ParameterizedTest
  @MethodSource("all")
  void everyApiClientObeysTheRules(Story story) {
    in(read(story).path("clients"))
        .filter(client -> client.path("attributes").has("access-keys.enabled"))
        .forEach(
            client -> {
              assertThat(client.path("fullScopeAllowed").asBoolean(true)).isFalse();
              assertThat(client.path("attributes").path("use.refresh.tokens").asText())
                  .isEqualTo("false");
            });
  }

  @ParameterizedTest
  @MethodSource("walked")
  void everyStoryHasAPageThatShowsWhatComesOut(Story story) throws IOException {
    String page = Files.readString(story.page());
    assertThat(page).contains("](../realms/" + story.name() + ".json)", "\n## Walk through it\n");
    assertThat(story.walk().steps().stream().filter(step -> step.prints().isPresent()).toList())
        .hasSizeGreaterThan(1);
    assertThat(Files.readString(Path.of("README.md"))).contains("](docs/" + story.name() + ".md)");
  }

  @Test
  void noPageIsWithoutAFile() throws IOException {
    try (Stream<Path> pages = Files.list(Path.of("docs"))) {
      List<String> walks =
          pages
              .filter(page -> !Walk.of(page).steps().isEmpty())
              .map(page -> page.getFileName().toString().replace(".md", ""))
              .sorted()
              .toList();
      assertThat(walks).isEqualTo(walked().map(Story::name).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs", ".", "../docker", "../docker/gateways"})
  void everyLinkLeadsToAFile(String folder) throws IOException {
    try (Stream<Path> pages = Files.list(Path.of(folder))) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
        assertThat(LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)))
            .as(page.toString())
            .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
      }
    }
  }
}
