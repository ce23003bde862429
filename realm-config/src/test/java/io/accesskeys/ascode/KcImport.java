package io.accesskeys.ascode;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.KeycloakCommand;
import io.accesskeys.bench.KeycloakServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code kc.sh import}, on a database whose server is started again after it, since a running one
 * remembers realms. With {@code --override}, which is how it imports unless it is told not to.
 */
final class KcImport implements Tool, AutoCloseable {

  private final KeycloakServer.Settings settings;
  private final Path folder;
  private KeycloakServer server;

  /** Starts the server. */
  KcImport(KeycloakServer.Settings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
    this.server = KeycloakServer.start(settings);
  }

  @Override
  public String heading() {
    return "`kc.sh import`";
  }

  KeycloakServer server() {
    return server;
  }

  @Override
  public boolean apply(ObjectNode file) {
    Path written = folder.resolve(file.path("realm").asText() + ".json");
    try {
      Files.writeString(written, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + written, e);
    }
    server.close();
    boolean done =
        KeycloakCommand.run(settings, "import", List.of("--file=" + written)).code() == 0;
    server = KeycloakServer.start(settings);
    return done;
  }

  @Override
  public void close() {
    server.close();
  }
}
