package io.accesskeys.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MenuTest {

  private static JsonNode extended(String menu) throws IOException {
    return new ObjectMapper().readTree(Menu.withPage(menu.getBytes(UTF_8), "theme"));
  }

  @Test
  void goesIntoTheFirstGroupAndNoOther() throws IOException {
    JsonNode menu =
        extended(
            """
            [{"label":"personalInfo","path":""},
             {"label":"security","children":[{"label":"signingIn","path":"signing-in"}]},
             {"label":"more","children":[]}]
            """);
    assertThat(menu).hasSize(3);
    assertThat(menu.path(1).path("children").findValuesAsText("path"))
        .containsExactly("signing-in", "content/:componentId", "content/api-keys");
    assertThat(menu.path(2).path("children")).isEmpty();
  }

  @Test
  void comesSecondWhereThereIsNoGroup() throws IOException {
    assertThat(extended("[{\"path\":\"\"},{\"path\":\"last\"}]").findValuesAsText("path"))
        .containsExactly("", "content/:componentId", "content/api-keys", "last");
    assertThat(extended("[]")).hasSize(2);
  }

  @Test
  void isShownOnceAndCanBeLinkedTo() throws IOException {
    JsonNode menu = extended("[]");
    assertThat(menu.path(0).has("isVisible")).isFalse();
    assertThat(menu.path(1).path("isVisible").asText()).isEqualTo("never");
    assertThat(menu.findValuesAsText("modulePath"))
        .containsExactly("/access-keys/loader.js", "/access-keys/loader.js");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{ no json",
        "{\"an\":\"object\"}",
        "null",
        "[{\"path\":\"content/:componentId\",\"modulePath\":\"/theirs.js\"}]",
        "[{\"children\":[{\"path\":\"content/:componentId\"}]}]"
      })
  void whatIsForeignStaysAsItIs(String menu) throws IOException {
    assertThat(Menu.withPage(menu.getBytes(UTF_8), "theme")).isEqualTo(menu.getBytes(UTF_8));
  }
}
