package io.accesskeys.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The one server of this JVM; closing it does nothing, since other tests still need it. */
record SharedServer(KeycloakServer server) implements KeycloakServer {

  private static final Object LOCK = new Object();
  private static SharedServer started;
  private static String failure;

  static KeycloakServer get() {
    synchronized (LOCK) {
      if (failure != null) {
        // Every further test class would otherwise wait for the same failure again.
        throw new IllegalStateException("The shared Keycloak did not start before: " + failure);
      }
      if (started == null) {
        started = new SharedServer(BenchProperties.attached().orElseGet(SharedServer::start));
      }
      return started;
    }
  }

  /** Where the one that was started here logs; whoever attaches to another looks themselves. */
  static Optional<Path> startedLog() {
    synchronized (LOCK) {
      return Optional.ofNullable(started)
          .map(SharedServer::server)
          .filter(server -> !(server instanceof AttachedServer))
          .map(KeycloakServer::log);
    }
  }

  @Override
  public URI baseUri() {
    return server.baseUri();
  }

  @Override
  public URI managementUri() {
    return server.managementUri();
  }

  @Override
  public String version() {
    return server.version();
  }

  @Override
  public Path log() {
    return server.log();
  }

  @Override
  public String databaseDump() {
    return server.databaseDump();
  }

  @Override
  public ProcessHandle jvm() {
    return server.jvm();
  }

  @Override
  public void close() {
    // The end of the JVM ends it.
  }

  private static KeycloakServer start() {
    try {
      return KeycloakServer.start(Settings.standard().withTestProviders());
    } catch (IllegalStateException e) {
      failure = e.getMessage();
      throw e;
    }
  }
}
