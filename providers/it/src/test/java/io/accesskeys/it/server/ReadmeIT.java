package io.accesskeys.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.Contract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the top README tells people to type works. */
@Contract
class ReadmeIT {

  private static final Path ROOT = Checkout.root();

  @Test
  void theInstallationCopiesTheJarThatTheBuildMakes() {
    String install =
        Readme.blocks().stream().filter(block -> block.startsWith("cp ")).findFirst().orElseThrow();
    Path jar = Path.of(System.getProperty("access-keys.jar"));
    assertThat(install.lines()).hasSize(3);
    assertThat(install).contains("providers/target/" + jar.getFileName());
    assertThat(jar).exists();
  }

  @Test
  void theContinuousIntegrationRunsTheTwoCommands() throws IOException {
    assertThat(Readme.blocks()).contains("mvn -Pdemo verify\n", "mvn verify\n");
    assertThat(Files.readString(ROOT.resolve(".ci/run")))
        .contains("mvn -B -ntp verify -Dstrict \"$@\"\n")
        .contains("mvn -B -ntp -Pdemo verify\n");
  }

  @Test
  void everyLinkToAFileLeadsToOne() {
    List<String> links =
        Pattern.compile("]\\(([^)#:]+)(#[^)]*)?\\)")
            .matcher(Readme.text())
            .results()
            .map(link -> link.group(1))
            .toList();
    assertThat(links)
        .hasSizeGreaterThan(5)
        .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
  }
}
