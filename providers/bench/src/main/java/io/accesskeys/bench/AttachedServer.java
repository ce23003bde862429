package io.accesskeys.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** A server that somebody else started and ends. */
record AttachedServer(URI baseUri, Optional<URI> management, Optional<Path> file, String version)
    implements KeycloakServer {

  @Override
  public URI managementUri() {
    return management.orElseThrow(() -> unset("keycloak.attach.management"));
  }

  @Override
  public Path log() {
    return file.orElseThrow(() -> unset("keycloak.attach.log"));
  }

  @Override
  public String databaseDump() {
    return new Database.DevFile().dump(log());
  }

  @Override
  public void close() {
    // Whoever started it may have attached more than one test run to it.
  }

  private static IllegalStateException unset(String property) {
    return new IllegalStateException("This test also needs -D" + property);
  }
}
