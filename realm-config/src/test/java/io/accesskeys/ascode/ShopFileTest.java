package io.accesskeys.ascode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The realm file of configuration-as-code.md is like those of the stories, and has no default. */
final class ShopFileTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static List<JsonNode> actions(String file) throws IOException {
    List<JsonNode> actions = new ArrayList<>();
    JSON.readTree(Checkout.root().resolve("realm-config").resolve(file).toFile())
        .path("requiredActions")
        .forEach(action -> actions.add(((ObjectNode) action).without("config")));
    return actions;
  }

  @Test
  void itListsAllRequiredActions() throws IOException {
    assertThat(actions("as-code/shop.json")).isEqualTo(actions("realms/acme.json")).isNotEmpty();
  }

  @Test
  void itsSecretsHaveNoDefaultThatEverybodyKnows() throws IOException {
    Matcher secrets =
        Pattern.compile("\"secret\": \"([^\"]*)\"").matcher(Files.readString(ShopFile.FILE));
    assertThat(secrets.results().map(secret -> secret.group(1)).toList())
        .hasSize(2)
        .allSatisfy(secret -> assertThat(secret).matches("\\$\\{[A-Z_]+}"));
  }
}
