package io.accesskeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.endpoint.Problem;
import io.accesskeys.endpoint.directgrant.ApiKeyAuthenticatorFactory;
import io.accesskeys.endpoint.directgrant.PersonalAccessTokenAuthenticatorFactory;
import io.accesskeys.flow.ClientAddressConditionFactory;
import io.accesskeys.flow.IpRestrictionAuthenticatorFactory;
import io.accesskeys.policy.PolicySetting;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.keycloak.authentication.AuthenticatorFactory;

/** Tables in the documents that must say what the code does. */
final class DocumentsTest {

  private static final Path DOCS = Path.of("docs");

  @Test
  void everySettingOfThePolicyIsDescribed() {
    String table =
        PolicySetting.ALL.stream()
            .map(
                setting ->
                    "| `%s` | %s | %s |"
                        .formatted(
                            setting.name(),
                            setting.preset().isEmpty()
                                ? ""
                                : "`" + setting.preset().replace("##", "`, `") + "`",
                            setting.help()))
            .collect(Collectors.joining("\n"));
    assertThat(MainSources.read(DOCS.resolve("policy.md"))).contains(table);
  }

  @Test
  void everySettingOfAStepIsDescribed() {
    String flows = MainSources.read(DOCS.resolve("flows.md"));
    for (AuthenticatorFactory step :
        List.of(new IpRestrictionAuthenticatorFactory(), new ClientAddressConditionFactory())) {
      String table =
          step.getConfigProperties().stream()
              .map(
                  setting ->
                      "| `%s` | %s | %s |"
                          .formatted(
                              setting.getName(),
                              setting.getDefaultValue() == null
                                  ? ""
                                  : "`" + setting.getDefaultValue() + "`",
                              setting.getHelpText()))
              .collect(Collectors.joining("\n"));
      assertThat(flows).contains("`" + step.getId() + "`", step.getDisplayType(), table);
    }
  }

  @Test
  void stepsThatTakeKeysAreDescribedAndHaveNoSettings() {
    String flows = MainSources.read(DOCS.resolve("flows.md"));
    for (AuthenticatorFactory step :
        List.of(new PersonalAccessTokenAuthenticatorFactory(), new ApiKeyAuthenticatorFactory())) {
      assertThat(flows).contains("| *%s* | `%s` |".formatted(step.getDisplayType(), step.getId()));
      assertThat(step.isConfigurable()).isFalse();
      assertThat(step.getConfigProperties()).isEmpty();
    }
  }

  @Test
  void everyKindOfProblemIsDescribed() {
    String catalogue = MainSources.read(DOCS.resolve("problems.md"));
    List<String> rows =
        Arrays.stream(Problem.Kind.values())
            .map(kind -> Problem.of(kind, ""))
            .map(
                problem ->
                    "| `%s` | %d | %s |"
                        .formatted(problem.type(), problem.status(), problem.title()))
            .toList();
    assertThat(rows).allSatisfy(row -> assertThat(catalogue).contains(row));
    assertThat(catalogue.split("urn:access-keys:problem:", -1)).hasSize(rows.size() + 1);
  }
}
