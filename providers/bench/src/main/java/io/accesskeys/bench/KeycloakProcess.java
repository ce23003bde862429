package io.accesskeys.bench;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server of the unpacked distribution, as a child process. */
final class KeycloakProcess implements KeycloakServer {

  private static final Duration READY_LIMIT = Duration.ofMinutes(3);
  private static final Duration ARCHIVING_LIMIT = Duration.ofMinutes(2);

  private final String version;
  private final Database database;
  private final InstanceFolder folder;
  private final Place place;
  private final int httpPort;
  private final int managementPort;
  private final GuardedProcess process;

  private KeycloakProcess(Settings settings, Path home, InstanceFolder folder) {
    this.version = settings.version();
    this.database = settings.database();
    this.folder = folder;
    this.place = settings.place();
    this.httpPort = settings.httpPort() == 0 ? FreePorts.any() : settings.httpPort();
    this.managementPort = FreePorts.anyBut(httpPort);
    this.process =
        GuardedProcess.start(
            new KeycloakCommand(home, folder.path(), "start")
                .with(options(settings), settings.javaOptions() + archive(settings, home), place)
                .redirectErrorStream(true)
                .redirectOutput(folder.console().toFile()));
  }

  static KeycloakServer start(Settings settings) {
    Path home = new KeycloakHome(BenchProperties.homes()).built(settings);
    WarmStart.fill(home, settings);
    return startFrom(home, settings);
  }

  static KeycloakProcess startFrom(Path home, Settings settings) {
    long begin = System.nanoTime();
    InstanceFolder folder =
        InstanceFolder.create(BenchProperties.homes()).linkedTo(home, settings.realms());
    KeycloakProcess server = new KeycloakProcess(settings, home, folder);
    server.awaitReady();
    Timing.add("start", home, begin);
    return server;
  }

  // The one that makes it has none yet.
  private static String archive(Settings settings, Path home) {
    return settings.start() == Start.WARM ? WarmStart.javaOption(home) : "";
  }

  @Override
  public URI baseUri() {
    return uri(httpPort);
  }

  private URI uri(int port) {
    return URI.create("http://" + place.address() + ":" + port);
  }

  @Override
  public URI managementUri() {
    return uri(managementPort);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Path log() {
    return folder.log();
  }

  @Override
  public String databaseDump() {
    return database.dump(folder.log());
  }

  @Override
  public void kill() {
    ProcessTree.deepestFirst(process.handle()).forEach(ProcessHandle::destroyForcibly);
    close();
  }

  @Override
  public void pause() {
    new ProcessTree(process.handle()).pause();
  }

  @Override
  public void resume() {
    new ProcessTree(process.handle()).resume();
  }

  @Override
  public ProcessHandle jvm() {
    // The shell before it, and the guard before that, are no java.
    return ProcessTree.deepestFirst(process.handle())
        .filter(each -> each.info().command().filter(name -> name.endsWith("/java")).isPresent())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("The server has ended"));
  }

  @Override
  public void close() {
    process.close();
  }

  /** Ends it when its JVM has written what it was told to write at its end. */
  void endSlowly() {
    process.close(ARCHIVING_LIMIT);
  }

  private List<String> options(Settings settings) {
    return StartOptions.common()
        .and(
            List.of(
                "--optimized",
                "--import-realm",
                "--http-host=" + place.address(),
                "--http-port=" + httpPort,
                "--http-management-port=" + managementPort,
                "--log=console,file",
                StartOptions.logLevel(settings.logDetail()),
                "--log-console-level=info",
                "--log-file=" + folder.log(),
                // A test that looks for a leaked key has to see all that was ever written.
                "--log-file-rotation-enabled=false"))
        .and(settings.database().startOptions())
        .and(settings.options())
        .list();
  }

  private void awaitReady() {
    // Not the line "Listening on": in 26.7 it comes before the database is migrated.
    HealthCheck health = new HealthCheck(managementUri());
    boolean ready = false;
    try {
      ready =
          Waiting.until(() -> !process.isAlive() || health.isReady(), READY_LIMIT)
              && process.isAlive();
    } finally {
      if (!ready) {
        close();
      }
    }
    if (!ready) {
      throw new IllegalStateException(
          "Keycloak %s did not get ready. The errors in %s:%n%s%nIts end:%n%s"
              .formatted(
                  version,
                  folder.console(),
                  Folders.errors(folder.console()),
                  Folders.tail(folder.console())));
    }
  }
}
