package io.accesskeys.bench;

import java.net.URI;
import java.nio.file.Path;
import org.testcontainers.containers.ContainerLaunchException;

/** A server in a container of the official image. */
final class ContainedKeycloak implements KeycloakServer {

  private final String version;
  private final KeycloakImage container;
  private final Path log;
  private final Thread hook;

  private ContainedKeycloak(String version, KeycloakImage container, Path log) {
    this.version = version;
    this.container = container;
    this.log = log;
    this.hook = new Thread(container::stop, "stop-keycloak-container");
  }

  static KeycloakServer start(Settings settings) {
    Path log = InstanceFolder.create(BenchProperties.homes()).log();
    KeycloakImage image =
        BenchProperties.hostNetwork()
            ? KeycloakImage.onHostNetwork(settings)
            : KeycloakImage.mapped(settings);
    ContainedKeycloak server = new ContainedKeycloak(settings.version(), image, log);
    // Testcontainers' own reaper does this too, but it is often switched off.
    Runtime.getRuntime().addShutdownHook(server.hook);
    server.run();
    return server;
  }

  @Override
  public URI baseUri() {
    return URI.create(container.getAuthServerUrl());
  }

  @Override
  public URI managementUri() {
    return URI.create(container.getMgmtServerUrl());
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Path log() {
    return log;
  }

  @Override
  public String databaseDump() {
    throw new UnsupportedOperationException("The database is inside the container");
  }

  @Override
  public void close() {
    container.stop();
    Runtime.getRuntime().removeShutdownHook(hook);
  }

  private void run() {
    try {
      container.withLogConsumer(new LogFile(log)).start();
    } catch (ContainerLaunchException e) {
      close();
      throw new IllegalStateException(
          "Keycloak %s did not get ready. The errors in %s:%n%s%nIts end:%n%s"
              .formatted(version, log, Folders.errors(log), Folders.tail(log)),
          e);
    }
  }
}
