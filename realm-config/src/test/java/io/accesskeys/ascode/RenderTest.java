package io.accesskeys.ascode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No realm file that was filled in has a variable left, which Keycloak would take for a secret. */
@RequiresTool("bash")
final class RenderTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Checkout.root().resolve("realm-config");
  private static final String ACME = "realms/acme.json";
  private static final String SHOP = "as-code/shop.json";

  private static Shell.Outcome render(String arguments, Map<String, String> variables) {
    return Shell.run(FOLDER, "./render.sh " + arguments, variables, Duration.ofMinutes(1));
  }

  static List<Path> stories() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve("realms"))) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @MethodSource("stories")
  void everyStoryHasDefaultsForAFirstLook(Path story) throws IOException {
    Shell.Outcome outcome = render("--with-defaults realms/" + story.getFileName(), Map.of());
    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(outcome.output()).doesNotContain("${");
    assertThat(JSON.readTree(outcome.output()).path("realm")).isNotNull();
  }

  @Test
  void withoutItsVariablesAFileIsRefusedAndNothingOfItPrinted() {
    Shell.Outcome outcome = render(ACME, Map.of("ACME_GATEWAY_SECRET", "one"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.output().strip())
        .isEqualTo(
            "realms/acme.json needs these environment variables:"
                + " ACME_BILLING_WORKER_SECRET ACME_ALICE_PASSWORD ACME_BOB_PASSWORD");
  }

  @Test
  void aVariableWithoutADefaultIsNeededForAFirstLookToo() {
    assertThat(render("--with-defaults " + SHOP, Map.of()).output())
        .contains("SHOP_GATEWAY_SECRET SHOP_BILLING_WORKER_SECRET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a\"b\\c", "a&b/c $HOME `x` %s", "größer", "*", "{}"})
  void aValueIsWrittenAsJson(String value) throws IOException {
    Shell.Outcome outcome =
        render(SHOP, Map.of("SHOP_GATEWAY_SECRET", value, "SHOP_BILLING_WORKER_SECRET", "other"));
    JsonNode clients = JSON.readTree(outcome.output()).path("clients");
    assertThat(clients.findValuesAsText("secret")).containsExactly(value, "other");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\tb", "${OTHER}"})
  void aValueThatCannotBeMeantIsRefused(String value) {
    Shell.Outcome outcome =
        render(SHOP, Map.of("SHOP_GATEWAY_SECRET", value, "SHOP_BILLING_WORKER_SECRET", "other"));
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.output()).startsWith("SHOP_GATEWAY_SECRET has ").doesNotContain("clients");
  }

  @Test
  void withoutAFileItSaysHowItIsUsed() {
    assertThat(render("", Map.of()).output()).startsWith("usage: ");
  }
}
