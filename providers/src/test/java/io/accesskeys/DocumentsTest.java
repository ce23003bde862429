package io.accesskeys;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.health.FindingKind;
import io.accesskeys.http.Problem;
import io.accesskeys.notice.NoticeKind;
import io.accesskeys.oauth.directgrant.ApiKeyAuthenticatorFactory;
import io.accesskeys.oauth.directgrant.PersonalAccessTokenAuthenticatorFactory;
import io.accesskeys.policy.PolicySetting;
import io.accesskeys.signin.address.ClientAddressCondition;
import io.accesskeys.signin.address.IpRestrictionAuthenticator;
import io.accesskeys.verification.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
  void everyFindingIsDescribedWithItsWayOut() {
    String table =
        Stream.of(FindingKind.values())
            .map(
                kind ->
                    "| `%s` | %s | %s. | %s. |"
                        .formatted(
                            kind.wireName(),
                            kind.severity().wireName(),
                            kind.meaning(),
                            kind.wayOut()))
            .collect(Collectors.joining("\n"));
    assertThat(MainSources.read(DOCS.resolve("health.md"))).contains("|---|\n" + table + "\n\n");
  }

  @Test
  void everySettingOfAStepIsDescribed() {
    String flows = MainSources.read(DOCS.resolve("flows.md"));
    for (AuthenticatorFactory step :
        List.of(new IpRestrictionAuthenticator(), new ClientAddressCondition())) {
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
  void everyMailIsDescribed() {
    String readme = MainSources.read(Path.of("README.md"));
    String table = readme.substring(readme.indexOf("| mail | sent when |"));
    List<String> rows =
        Pattern.compile("(?m)^\\| `([a-z_]+)` \\|")
            .matcher(table.substring(0, table.indexOf("\n\n")))
            .results()
            .map(row -> row.group(1))
            .toList();
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(NoticeKind.values())
                .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                .toList());
  }

  @Test
  void everyReasonToRefuseIsNamed() {
    String readme = MainSources.read(Path.of("README.md"));
    int start = readme.indexOf("\nThe reasons: ");
    String list = readme.substring(start, readme.indexOf("\n\n", start + 1));
    assertThat(Arrays.stream(Reason.values()).map(reason -> reason.name().toLowerCase(Locale.ROOT)))
        .containsExactlyInAnyOrderElementsOf(
            Pattern.compile("`([a-z_]+)`")
                .matcher(list)
                .results()
                .map(name -> name.group(1))
                .toList());
  }

  /** What the table of the top README says where to add. */
  @Test
  void whatTheReadmeSendsPeopleToIsThere() {
    String readme = MainSources.read(Path.of("../README.md"));
    String table =
        readme.substring(readme.indexOf("### Where to add what"), readme.indexOf("## Not yet"));
    List<String> known =
        MainSources.all().stream()
            .flatMap(
                source ->
                    Stream.of(
                        source.packageName(),
                        source.className().replaceFirst("^io\\.accesskeys\\.", "")))
            .toList();
    assertThat(
            Pattern.compile("`((?:[a-z]+\\.)+[A-Za-z]+)`")
                .matcher(table)
                .results()
                .map(name -> name.group(1))
                .filter(name -> !name.endsWith(".json")))
        .hasSizeGreaterThan(15)
        .isSubsetOf(known);
  }

  /** Documents say which test shows what; a test that has another name by now shows nothing. */
  @Test
  void everyTestThatADocumentNamesIsThere() throws IOException {
    Set<String> tests = new HashSet<>();
    files(Path.of(".."), ".java").forEach(file -> tests.add(name(file).replace(".java", "")));
    List<String> missing = new ArrayList<>();
    files(Path.of(".."), ".md")
        .forEach(
            file ->
                Pattern.compile("`([A-Z]\\w+(?:IT|Test))`")
                    .matcher(MainSources.read(file))
                    .results()
                    .map(test -> test.group(1))
                    .filter(test -> !tests.contains(test))
                    .forEach(test -> missing.add(file + " names " + test)));
    assertThat(tests).contains("DocumentsTest", "VerifyIT");
    assertThat(missing).isEmpty();
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> name(file).endsWith(end))
          .filter(file -> !file.toString().matches(".*/(target|node_modules|\\.git)/.*"))
          .toList();
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
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

  /**
   * The integration tests play many of these rows; here is that each names a test that there is.
   */
  @Test
  void everyRowOfWhatDisappearsIsTested() {
    Pattern row = Pattern.compile("(?m)^\\| (?!what |tool ).*?([^|]*) \\|$");
    Pattern test = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`");
    List<String> rows =
        row.matcher(MainSources.read(DOCS.resolve("removals.md")))
            .results()
            .map(MatchResult::group)
            .toList();
    assertThat(rows).hasSizeGreaterThan(60);
    assertThat(rows)
        .allSatisfy(
            line -> {
              Matcher named =
                  test.matcher(line.substring(line.lastIndexOf('|', line.length() - 2)));
              assertThat(named.find()).as("a test in " + line).isTrue();
              String text = MainSources.read(testNamed(named.group(1)));
              if (named.group(2) != null) {
                assertThat(text).contains("void " + named.group(2) + "(");
              }
            });
  }

  private static Path testNamed(String name) {
    return List.of("src/test", "it/src/test").stream()
        .flatMap(folder -> filesOf(folder).stream())
        .filter(file -> file.endsWith(name + ".java"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("No test " + name));
  }

  private static List<Path> filesOf(String folder) {
    try (Stream<Path> files = Files.walk(Path.of(folder))) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
