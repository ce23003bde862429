package io.accesskeys.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.RequiresTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the top README tells people to type works. */
@Contract
class ReadmeIT {

  private static final Path ROOT = Checkout.root();
  private static final Pattern BASH = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

  @Test
  @RequiresTool({"bash", "curl"})
  void theFirstKeyWithCurl() throws IOException, InterruptedException {
    String shown =
        blocks().stream().filter(block -> block.startsWith("KC=")).findFirst().orElseThrow();
    String here = "KC=" + KeycloakServer.shared().baseUri();
    Process bash =
        new ProcessBuilder("bash", "-euo", "pipefail", "-c", shown.replaceFirst("KC=\\S+", here))
            .redirectErrorStream(true)
            .start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(bash.exitValue()).as(output).isZero();
    assertThat(output)
        .contains("200 OK")
        .contains("X-Auth-Client: acme-api")
        .contains("X-Auth-Username: service-account-billing-worker")
        .contains("\"active\":true")
        .containsPattern("\"expires_in\":(300|29\\d)");
  }

  @Test
  void theInstallationCopiesTheJarThatTheBuildMakes() {
    String install =
        blocks().stream().filter(block -> block.startsWith("cp ")).findFirst().orElseThrow();
    Path jar = Path.of(System.getProperty("access-keys.jar"));
    assertThat(install.lines()).hasSize(3);
    assertThat(install).contains("providers/target/" + jar.getFileName());
    assertThat(jar).exists();
  }

  @Test
  void theContinuousIntegrationRunsTheTwoCommands() throws IOException {
    assertThat(blocks()).contains("mvn -Pdemo verify\n", "mvn verify\n");
    assertThat(Files.readString(ROOT.resolve(".ci/run")))
        .contains("mvn -B -ntp verify -Dstrict \"$@\"\n")
        .contains("mvn -B -ntp -Pdemo verify\n");
  }

  @Test
  void everyLinkToAFileLeadsToOne() {
    List<String> links =
        Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)")
            .matcher(readme())
            .results()
            .map(link -> link.group(1))
            .toList();
    assertThat(links)
        .hasSizeGreaterThan(5)
        .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
  }

  private static List<String> blocks() {
    return BASH.matcher(readme()).results().map((MatchResult block) -> block.group(1)).toList();
  }

  private static String readme() {
    try {
      return Files.readString(ROOT.resolve("README.md"));
    } catch (IOException e) {
      throw new AssertionError("No README", e);
    }
  }
}
