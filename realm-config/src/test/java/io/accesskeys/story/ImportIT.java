package io.accesskeys.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.FreePorts;
import io.accesskeys.bench.Full;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Shell;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The script that we ship for other people's jobs, with all our files. */
@RequiresTool({"bash", "curl", "jq", "openssl"})
@Full
class ImportIT {

  @Test
  void everyFileIsImportedTwiceAndComesBackFromAnExport() {
    String version = System.getProperty("keycloak.version");
    Path archive =
        Path.of(System.getProperty("keycloak.distributions"), version)
            .resolve("keycloak-quarkus-dist-" + version + ".tar.gz");
    Stream<Path> files =
        Stream.concat(
            Stream.of(archive, Path.of(System.getProperty("access-keys.jar"))),
            StoryFilesTest.all().map(Story::file));
    String script =
        files
            .map(file -> "'" + file.toAbsolutePath() + "'")
            .collect(Collectors.joining(" ", "exec bash realm-config/ci/check-import.sh ", ""));
    Shell.Outcome outcome =
        Shell.run(
            Checkout.root(),
            script,
            Map.of(
                "HTTP_PORT", String.valueOf(FreePorts.any()),
                "MANAGEMENT_PORT", String.valueOf(FreePorts.any())),
            Duration.ofMinutes(8));
    assertThat(outcome.code()).as(outcome.output()).isZero();
    assertThat(outcome.output()).contains("a refresh token has lived through it");
  }
}
