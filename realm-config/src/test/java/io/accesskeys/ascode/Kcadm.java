package io.accesskeys.ascode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.AdminCli;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * {@code kcadm.sh create realms}, which sends what {@link WholeRealm} sends.
 *
 * @param folder for its files
 */
record Kcadm(KeycloakServer server, Path folder) implements Tool {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Override
  public String heading() {
    return new WholeRealm(server).heading();
  }

  @Override
  public boolean apply(ObjectNode file) {
    try {
      Path written = folder.resolve(file.path("realm").asText() + ".json");
      Files.writeString(written, file.toString());
      String script =
          """
          set -e
          kcadm.sh config credentials --server %s --realm master --user %s --password %s
          kcadm.sh create realms -f %s
          """
              .formatted(
                  server.baseUri(),
                  KeycloakServer.ADMIN_USER,
                  KeycloakServer.ADMIN_PASSWORD,
                  written);
      return Shell.run(folder, script, AdminCli.variables(folder), LIMIT).code() == 0;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write for kcadm.sh", e);
    }
  }
}
