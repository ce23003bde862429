package io.accesskeys.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.FreePorts;
import io.accesskeys.bench.RequiresTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that we ship for other people's jobs, with all our files. */
@RequiresTool({"bash", "curl", "jq", "openssl"})
class ImportIT {

  private static final Path ROOT = Checkout.root();

  @Test
  void everyFileIsImportedTwiceAndComesBackFromAnExport(@TempDir Path folder)
      throws IOException, InterruptedException {
    String version = System.getProperty("keycloak.version");
    List<String> command =
        new ArrayList<>(
            List.of(
                "bash",
                ROOT.resolve("realm-config/ci/check-import.sh").toString(),
                Path.of(System.getProperty("keycloak.distributions"), version)
                    .resolve("keycloak-quarkus-dist-" + version + ".tar.gz")
                    .toString(),
                System.getProperty("access-keys.jar")));
    StoryFilesTest.all().forEach(story -> command.add(story.file().toString()));
    Path output = folder.resolve("output.txt");
    ProcessBuilder script =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    script.environment().put("TMPDIR", folder.toString());
    script.environment().put("HTTP_PORT", String.valueOf(FreePorts.any()));
    script.environment().put("MANAGEMENT_PORT", String.valueOf(FreePorts.any()));
    script.environment().put("no_proxy", "127.0.0.1");
    Process process = script.start();
    try {
      assertThat(process.waitFor(8, TimeUnit.MINUTES)).isTrue();
    } finally {
      // Asked first, it ends its Keycloak and deletes what it has unpacked.
      process.destroy();
      process.waitFor(30, TimeUnit.SECONDS);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    assertThat(Files.readString(output)).contains("a refresh token has lived through it");
  }
}
