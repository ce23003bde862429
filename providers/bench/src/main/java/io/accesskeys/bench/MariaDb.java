package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real MariaDB on the loopback interface, in a folder of its own, of the programs that the
 * machine has. It keeps nothing.
 */
final class MariaDb implements AutoCloseable {

  /** Who owns every database. */
  static final String USER = "keycloak";

  static final String PASSWORD = "keycloak";

  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private static MariaDb shared;

  private final AtomicInteger databases = new AtomicInteger();
  private final Path folder;
  private final int port;
  private final GuardedProcess process;

  private MariaDb(Path folder, int port, GuardedProcess process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** The one of this JVM; its end ends it. */
  static synchronized MariaDb shared() {
    if (shared == null) {
      shared = start();
    }
    return shared;
  }

  /** Whether the machine has the programs. */
  static boolean isInstalled() {
    return Tools.find("mariadbd").isPresent();
  }

  private static MariaDb start() {
    try {
      Path folder = Files.createTempDirectory("mariadb-");
      if (Programs.asRoot()) {
        Programs.run(folder, List.of("chown", "mysql", folder.toString()));
      }
      Programs.run(
          folder,
          command(
              folder,
              "mariadb-install-db",
              "--auth-root-authentication-method=normal",
              "--skip-test-db"));
      int port = FreePorts.any();
      MariaDb server = new MariaDb(folder, port, serve(folder, port));
      server.awaitReady();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not make a folder for MariaDB", e);
    }
  }

  /** A new, empty database, with the character set that Keycloak asks for. */
  Database database() {
    String name = "keycloak_" + databases.incrementAndGet();
    sql("create database " + name + " character set utf8mb4");
    sql("create or replace user '%s' identified by '%s'".formatted(USER, PASSWORD));
    sql("grant all on *.* to '" + USER + "'");
    return new Database.OnMariaDb(this, name);
  }

  /** Where Keycloak finds this database. */
  String jdbcUrl(String name) {
    return "jdbc:mariadb://127.0.0.1:" + port + "/" + name;
  }

  /** The schema and data of a database as SQL. */
  String dump(String name) {
    return Programs.run(folder, client("mariadb-dump", name));
  }

  /** Ends it and deletes its data. */
  @Override
  public void close() {
    process.close();
    Folders.delete(folder);
  }

  private void sql(String statement) {
    Programs.run(folder, client("mariadb", "-e", statement));
  }

  private List<String> client(String tool, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Programs.path(tool),
                "--no-defaults",
                "--socket=" + folder.resolve("socket"),
                "--user=root"));
    command.addAll(List.of(arguments));
    return command;
  }

  private static GuardedProcess serve(Path folder, int port) {
    return GuardedProcess.start(
        new ProcessBuilder(
                command(
                    folder,
                    "mariadbd",
                    "--bind-address=127.0.0.1",
                    "--port=" + port,
                    "--socket=" + folder.resolve("socket"),
                    "--pid-file=" + folder.resolve("pid"),
                    "--max-connections=300",
                    "--innodb-flush-log-at-trx-commit=0",
                    "--innodb-doublewrite=0"))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("console.log").toFile()));
  }

  /** Debian's package brings a user to run as in place of root. */
  private static List<String> command(Path folder, String tool, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(Programs.path(tool), "--no-defaults", "--datadir=" + folder.resolve("data")));
    if (Programs.asRoot()) {
      command.add("--user=mysql");
    }
    command.addAll(List.of(arguments));
    return command;
  }

  private void awaitReady() {
    boolean ready =
        Waiting.until(() -> !process.isAlive() || accepts(), START_LIMIT) && process.isAlive();
    if (!ready) {
      String said = Folders.tail(folder.resolve("console.log"));
      close();
      throw new IllegalStateException("MariaDB did not start: " + said);
    }
  }

  private boolean accepts() {
    try {
      sql("select 1");
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }
}
