package io.accesskeys.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.Full;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the Dockerfile, as a script, in a folder in place of an image. */
@RequiresTool("bash")
@Full
class ImageIT {

  private static final Path ROOT = Checkout.root();

  /** What the first stage does: its copies and commands, in their order. */
  private static List<String> steps(Path home) throws IOException {
    return Files.readAllLines(ROOT.resolve("docker/Dockerfile")).stream()
        .dropWhile(line -> !line.endsWith(" AS builder"))
        .skip(1)
        .takeWhile(line -> !line.startsWith("FROM "))
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .map(
            line ->
                line.replaceFirst("^COPY --chown=\\S+ ", "cp ")
                    .replaceFirst("^RUN ", "")
                    .replace("/opt/keycloak", home.toString()))
        .toList();
  }

  private static Shell.Outcome run(String script) {
    Map<String, String> variables = Map.of("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
    return Shell.run(ROOT, "set -eu\n" + script, variables, Duration.ofMinutes(4));
  }

  @Test
  void theStepsMakeAKeycloakThatStartsOptimized(@TempDir Path folder) throws IOException {
    Path home = Files.createDirectory(folder.resolve("keycloak"));
    String version = System.getProperty("keycloak.version");
    Path archive =
        Path.of(System.getProperty("keycloak.distributions"), version)
            .resolve("keycloak-quarkus-dist-" + version + ".tar.gz");
    String unpack = "tar -xzf %s --strip-components=1 -C %s".formatted(archive, home);
    List<String> steps = steps(home);
    assertThat(steps).hasSize(3);

    Shell.Outcome built =
        run(Stream.concat(Stream.of(unpack), steps.stream()).collect(Collectors.joining("\n")));
    assertThat(built.code()).as(built.output()).isZero();
    try (Stream<Path> providers = Files.list(home.resolve("providers"))) {
      List<Path> jars = providers.filter(file -> file.toString().endsWith(".jar")).toList();
      assertThat(jars).hasSize(1);
      assertThat(Files.getLastModifiedTime(jars.get(0)).toInstant())
          .isEqualTo(Instant.ofEpochSecond(1_767_225_600));
    }
    // There is no database, so it ends; a jar that it took for a newer one would end it before.
    Shell.Outcome started =
        run(
            home
                + "/bin/kc.sh start --optimized --http-enabled=true --hostname-strict=false"
                + " --http-host=127.0.0.1 --cache=local --db-username=x --db-password=x"
                + " --db-url=jdbc:postgresql://127.0.0.1:1/keycloak");
    assertThat(started.code()).as(started.output()).isEqualTo(1);
    assertThat(started.output())
        .contains("Connection to 127.0.0.1:1 refused")
        .doesNotContain("since the last build");
  }
}
