package io.accesskeys.ascode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * keycloak-config-cli, as it is without options.
 *
 * @param command that starts it, such as {@code java -jar keycloak-config-cli.jar}
 * @param folder for its files
 */
record ConfigCli(KeycloakServer server, String command, Path folder) implements Tool {

  /** The system property with the command: it is in no Maven repository. */
  static final String COMMAND = "keycloak-config-cli";

  private static final Duration LIMIT = Duration.ofMinutes(3);

  @Override
  public String heading() {
    return "keycloak-config-cli";
  }

  @Override
  public boolean apply(ObjectNode file) {
    try {
      Path written = folder.resolve(file.path("realm").asText() + ".json");
      Files.writeString(written, file.deepCopy().without(List.of("components")).toString());
      String options =
          " --keycloak.url=%s --keycloak.user=%s --keycloak.password=%s --import.files.locations=%s"
              .formatted(
                  server.baseUri(),
                  KeycloakServer.ADMIN_USER,
                  KeycloakServer.ADMIN_PASSWORD,
                  written);
      return Shell.run(folder, "exec " + command + options, Map.of(), LIMIT).code() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write for keycloak-config-cli", e);
    }
  }
}
