package io.accesskeys.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A real PostgreSQL on the loopback interface, in a folder of its own, of the programs that the
 * machine has. Tests that use it carry {@code @RequiresTool("initdb")}.
 */
public final class Postgres implements AutoCloseable {

  /** Who owns every database; nobody is asked for a password. */
  static final String USER = "keycloak";

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static Postgres shared;

  private final AtomicInteger databases = new AtomicInteger();
  private final Path folder;
  private final List<String> command;
  private final int port;
  private GuardedProcess process;

  private Postgres(Path folder, List<String> command, int port) {
    this.folder = folder;
    this.command = command;
    this.port = port;
    this.process = serve();
  }

  /** How much a power cut may take. */
  public enum Durability {
    /** Everything: for speed. */
    NONE,
    /**
     * Nothing that was committed synchronously. What a transaction commits asynchronously is lost
     * for certain, since nobody writes it down in the ten seconds before somebody has to.
     */
    FULL
  }

  /** The one of this JVM, which keeps nothing; its end ends it. */
  public static synchronized Postgres shared() {
    if (shared == null) {
      shared = start(Durability.NONE);
    }
    return shared;
  }

  /** Whether the machine has the programs. */
  static boolean isInstalled() {
    return Tools.find("initdb").isPresent();
  }

  /**
   * Starts one and waits until it answers.
   *
   * @throws IllegalStateException when it does not, with what it says
   */
  public static Postgres start(Durability durability) {
    return start(durability, List.of());
  }

  /**
   * The same, which listens on these addresses too.
   *
   * @throws IllegalStateException when it does not, with what it says
   */
  public static Postgres start(Durability durability, List<String> addresses) {
    try {
      Path folder = Files.createTempDirectory("postgres-");
      Path data = folder.resolve("data");
      if (Programs.asRoot()) {
        run(folder, List.of("chown", "postgres", folder.toString()));
      }
      run(
          folder,
          asPostgres(
              "initdb",
              "-D",
              data.toString(),
              "-U",
              USER,
              "--auth=trust",
              "-E",
              "UTF8",
              "--no-sync"));
      for (String address : addresses) {
        String network = address.substring(0, address.lastIndexOf('.')) + ".0/24";
        Files.writeString(
            data.resolve("pg_hba.conf"),
            "host all all " + network + " trust\n",
            StandardOpenOption.APPEND);
      }
      int port = FreePorts.any();
      Postgres postgres =
          new Postgres(folder, command(folder, data, port, durability, addresses), port);
      postgres.awaitReady();
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not make a folder for PostgreSQL", e);
    }
  }

  /** A new, empty database. */
  public Database database() {
    String name = "keycloak_" + databases.incrementAndGet();
    sql("postgres", "create database " + name);
    return new Database.OnPostgres(this, name);
  }

  /** Ends it, and with it all connections; what was committed stays. */
  public void stop() {
    // A fast shutdown, which ends connections. SIGTERM waits for clients to let them go, and
    // whoever
    // has started PostgreSQL kills it meanwhile.
    List<ProcessHandle> first = programs().stream().limit(1).toList();
    first.forEach(one -> ProcessTree.signal("INT", List.of(one)));
    Waiting.until(() -> first.stream().allMatch(ProcessTree::hasEnded), LIMIT);
    process.close();
  }

  /** Ends it at once, as a power cut would: what it had only in memory is lost. */
  public void kill() {
    // The first one first: it would start the others again.
    programs().forEach(ProcessHandle::destroyForcibly);
    process.close();
  }

  /** Not the shell around them, so that whoever starts it again finds them collected. */
  private List<ProcessHandle> programs() {
    List<ProcessHandle> programs =
        ProcessTree.deepestFirst(process.handle())
            .filter(
                each ->
                    each.info().command().filter(name -> name.endsWith("/postgres")).isPresent())
            .collect(Collectors.toList());
    Collections.reverse(programs);
    return programs;
  }

  /** Starts it again where it was, and waits until it answers. */
  public void startAgain() {
    process = serve();
    awaitReady();
  }

  /** Lets it do nothing at all until it is resumed; connections stay open. */
  public void pause() {
    new ProcessTree(process.handle()).pause();
  }

  /** Goes on after a pause. */
  public void resume() {
    new ProcessTree(process.handle()).resume();
  }

  /** The port of all its addresses. */
  public int port() {
    return port;
  }

  /** Where Keycloak finds this database. */
  public String jdbcUrl(String name) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + name;
  }

  /** What psql prints for statements: unaligned rows without headers. */
  public String sql(String name, String statements) {
    return run(
        folder,
        List.of(
            tool("psql"),
            "-h",
            "127.0.0.1",
            "-p",
            String.valueOf(port),
            "-U",
            USER,
            "-d",
            name,
            "-v",
            "ON_ERROR_STOP=1",
            "-At",
            "-c",
            statements));
  }

  /** Runs the statements of a file, which may be compressed by gzip. */
  public void load(String name, Path file) {
    Path plain = folder.resolve("load.sql");
    try (InputStream raw = Files.newInputStream(file);
        InputStream content = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      Files.copy(content, plain, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + file, e);
    }
    run(
        folder,
        List.of(
            tool("psql"),
            "-h",
            "127.0.0.1",
            "-p",
            String.valueOf(port),
            "-U",
            USER,
            "-d",
            name,
            "-v",
            "ON_ERROR_STOP=1",
            "-q",
            "-f",
            plain.toString()));
  }

  /** Logs the plan and the time of every statement from now on. */
  public void explain() {
    sql("postgres", "alter system set auto_explain.log_min_duration = 0");
    sql("postgres", "select pg_reload_conf()");
  }

  /** Logs them no more. */
  public void explainNoMore() {
    sql("postgres", "alter system reset auto_explain.log_min_duration");
    sql("postgres", "select pg_reload_conf()");
  }

  /** What it logs. */
  public Path log() {
    return folder.resolve("console.log");
  }

  /** The schema and data of a database as SQL. */
  public String dump(String name) {
    return dump(name, List.of());
  }

  /** The same without owners and privileges, for any other server of PostgreSQL. */
  public String plainDump(String name) {
    return dump(name, List.of("--no-owner", "--no-privileges"));
  }

  private String dump(String name, List<String> options) {
    List<String> command =
        new ArrayList<>(
            List.of(tool("pg_dump"), "-h", "127.0.0.1", "-p", String.valueOf(port), "-U", USER));
    command.addAll(options);
    command.add(name);
    return run(folder, command);
  }

  /** Ends it and deletes its data. */
  @Override
  public void close() {
    process.close();
    Folders.delete(folder);
  }

  private GuardedProcess serve() {
    return GuardedProcess.start(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile())));
  }

  private static List<String> command(
      Path folder, Path data, int port, Durability durability, List<String> addresses) {
    List<String> command =
        new ArrayList<>(
            asPostgres(
                "postgres",
                "-D",
                data.toString(),
                "-p",
                String.valueOf(port),
                "-h",
                Stream.concat(Stream.of("127.0.0.1"), addresses.stream())
                    .collect(Collectors.joining(",")),
                "-k",
                folder.toString(),
                "-c",
                "max_connections=300",
                "-c",
                "log_line_prefix=%m [%p] %d ",
                "-c",
                "shared_preload_libraries=auto_explain",
                "-c",
                "auto_explain.log_analyze=on"));
    // Not synchronous_commit, which costs nothing without fsync: a test sees who switches it off.
    List<String> settings =
        durability == Durability.NONE
            ? List.of("fsync=off", "full_page_writes=off")
            : List.of("wal_writer_delay=10s");
    settings.forEach(setting -> command.addAll(List.of("-c", setting)));
    return command;
  }

  private void awaitReady() {
    boolean ready =
        Waiting.until(() -> !process.isAlive() || accepts(), LIMIT) && process.isAlive();
    if (!ready) {
      String said = Folders.tail(folder.resolve("console.log"));
      close();
      throw new IllegalStateException("PostgreSQL did not start: " + said);
    }
  }

  private boolean accepts() {
    try {
      sql("postgres", "select 1");
      return true;
    } catch (IllegalStateException e) {
      return false;
    }
  }

  /** PostgreSQL refuses to run as root; Debian's package brings a user for it. */
  private static List<String> asPostgres(String tool, String... arguments) {
    Stream<String> user =
        Programs.asRoot() ? Stream.of("runuser", "-u", "postgres", "--") : Stream.empty();
    return Stream.of(user, Stream.of(tool(tool)), Stream.of(arguments))
        .flatMap(words -> words)
        .toList();
  }

  private static String tool(String name) {
    return Programs.path(name);
  }

  private static String run(Path folder, List<String> command) {
    return Programs.run(folder, command);
  }
}
