package io.accesskeys.ascode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.ascode.TerraformFile.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The Terraform file asks for nothing that the provider does not document, and says what the realm
 * file says. No test applies it: the provider is in no registry of the tests.
 */
final class TerraformTest {

  private static final Path DOCUMENTED = Path.of("src/test/resources/terraform-arguments.txt");
  private static final Pattern REFERENCE = Pattern.compile("\\b(keycloak_[a-z_]+)\\.([a-z_]+)\\.");

  private static Map<String, List<String>> documented() throws IOException {
    return Files.readAllLines(DOCUMENTED).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split(": ", 2))
        .collect(Collectors.toMap(line -> line[0], line -> Arrays.asList(line[1].split(" "))));
  }

  @Test
  void everyArgumentIsDocumentedAndNoRequiredOneIsMissing() throws IOException {
    assertThat(TerraformFile.resources()).hasSizeGreaterThan(10);
    for (Resource resource : TerraformFile.resources()) {
      List<String> known = documented().get(resource.type());
      assertThat(known).as(resource.type()).isNotNull();
      assertThat(resource.arguments())
          .as(resource.type())
          .isNotEmpty()
          .isSubsetOf(known.stream().map(argument -> argument.replace("!", "")).toList())
          .containsAll(
              known.stream()
                  .filter(argument -> argument.endsWith("!"))
                  .map(argument -> argument.replace("!", ""))
                  .toList());
    }
  }

  @Test
  void everyReferenceLeadsToAResource() {
    List<String> resources =
        TerraformFile.resources().stream()
            .map(resource -> resource.type() + "." + resource.name())
            .toList();
    assertThat(REFERENCE.matcher(TerraformFile.text()).results().toList())
        .isNotEmpty()
        .allSatisfy(
            reference ->
                assertThat(resources).contains(reference.group(1) + "." + reference.group(2)));
  }

  @Test
  void thePolicyIsThatOfTheRealmFile() {
    ObjectNode action = ShopFile.policyAction(ShopFile.named("shop"));
    Map<String, String> config = new TreeMap<>();
    action
        .path("config")
        .properties()
        .forEach(setting -> config.put(setting.getKey(), setting.getValue().asText()));
    assertThat(TerraformFile.resource("keycloak_required_action", "create_access_key").pairs())
        .isEqualTo(config);
  }
}
