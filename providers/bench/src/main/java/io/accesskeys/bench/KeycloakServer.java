package io.accesskeys.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A running Keycloak with this project's jar in its {@code providers/}: a child process or a
 * container, as {@code -Dkeycloak.mode} says.
 */
public interface KeycloakServer extends AutoCloseable {

  /** Name of the administrator of the master realm. */
  String ADMIN_USER = "admin";

  /** Password of {@link #ADMIN_USER}. */
  String ADMIN_PASSWORD = "admin";

  /**
   * Gives the one server of this JVM. The first call starts it, which takes some seconds, or
   * attaches to the one {@code -Dkeycloak.attach} names; the end of the JVM ends it.
   *
   * @throws IllegalStateException when it does not get ready, with the end of its log
   */
  static KeycloakServer shared() {
    return SharedServer.get();
  }

  /** The log of the server that {@link #shared()} has started, if it has. */
  static Optional<Path> sharedLog() {
    return SharedServer.startedLog();
  }

  /**
   * Starts a server of its own, for the demo and for tests that need special settings.
   *
   * @return the server, ready to answer; its caller closes it
   * @throws IllegalStateException when it does not get ready, with the errors and the end of its
   *     log
   */
  static KeycloakServer start(Settings settings) {
    return ServerMode.current().start(settings);
  }

  /** Does what takes longest of a start, for a server that is to be a process. */
  static void build(Settings settings) {
    new KeycloakHome(BenchProperties.homes()).built(settings);
  }

  /** The URI of the server's root, without a slash at its end. */
  URI baseUri();

  /** The URI of health and metrics, without a slash at its end. */
  URI managementUri();

  /** The Keycloak release that runs, such as {@code 26.7.3}. */
  String version();

  /** The file with everything the server has logged so far. */
  Path log();

  /** Everything in its database, as text to search in. */
  String databaseDump();

  /** Ends it at once, as a power cut would. Only a server of its own, as a process, can. */
  default void kill() {
    throw new UnsupportedOperationException("This server cannot be killed");
  }

  /** Lets it do nothing at all until it is resumed. Only a server of its own, as a process, can. */
  default void pause() {
    throw new UnsupportedOperationException("This server cannot be paused");
  }

  /** Goes on after a pause. */
  default void resume() {
    throw new UnsupportedOperationException("This server cannot be paused");
  }

  /** Its JVM, which a benchmark watches. Only a server that is a process has one. */
  default ProcessHandle jvm() {
    throw new UnsupportedOperationException("This server's JVM is out of reach");
  }

  /** Ends the server and all its processes; does nothing on the shared one. */
  @Override
  void close();

  /** How much a server writes to its log file. */
  enum LogDetail {
    /** Everything, SQL statements included. */
    DEBUG,
    /** What an operator would see. */
    INFO
  }

  /**
   * What to start a server with. Begin with {@link #standard()} and change what differs.
   *
   * @param version the Keycloak release
   * @param providers the jars for {@code providers/}
   * @param realms the realm files to import
   * @param database where it keeps its data
   * @param httpPort the port to listen on; 0 is any free one
   * @param buildOptions options of {@code kc.sh build}
   * @param options further options of {@code kc.sh start}; they replace the bench's own of the same
   *     name
   * @param logDetail what its log file holds
   * @param javaOptions of its JVM
   * @param place where it runs and listens
   * @param start what it finds ready
   */
  record Settings(
      String version,
      List<Path> providers,
      List<Path> realms,
      Database database,
      int httpPort,
      List<String> buildOptions,
      List<String> options,
      LogDetail logDetail,
      String javaOptions,
      Place place,
      Start start) {

    /** Takes its own copies of the lists. */
    public Settings {
      providers = List.copyOf(providers);
      realms = List.copyOf(realms);
      buildOptions = List.copyOf(buildOptions);
      options = List.copyOf(options);
    }

    /**
     * What the shared server starts with: release, jar, database and realm files from the system
     * properties.
     */
    public static Settings standard() {
      return standard(BenchProperties.database());
    }

    private static Settings standard(Database database) {
      return new Settings(
          BenchProperties.version(),
          List.of(BenchProperties.providerJar()),
          List.of(Checkout.root().resolve("realm-config/realms/acme.json")),
          database,
          0,
          List.of("--health-enabled=true", "--metrics-enabled=true"),
          List.of(),
          BenchProperties.logDetail(),
          KeycloakCommand.JAVA_OPTIONS,
          Place.LOOPBACK,
          Start.COLD);
    }

    /**
     * What a test begins with that needs a server of its own: an empty database of the shared
     * PostgreSQL, the test providers and no realm. All such servers have one home, which is warm.
     */
    public static Settings ofItsOwn() {
      return with(
          standard(BenchProperties.databaseOfItsOwn()).withTestProviders(),
          draft -> {
            draft.realms = List.of();
            draft.logDetail = LogDetail.INFO;
            draft.start = BenchProperties.warm() ? Start.WARM : Start.COLD;
          });
    }

    /**
     * The same with a clock that {@link TestClock} can move, {@link TestLog}, {@link
     * TestRestriction}, {@link TestAddress}, {@link TestFederation} and {@link TestThemes}; so is
     * the shared server, and one built home serves both.
     */
    public Settings withTestProviders() {
      Path folder = BenchProperties.homes();
      return withProviders(
          Stream.of(
                  providers.stream(),
                  Stream.of(
                      TestClock.jar(folder),
                      TestLog.jar(folder),
                      TestRestriction.jar(folder),
                      TestDelivery.jar(folder),
                      TestAddress.jar(folder),
                      TestFederation.jar(folder),
                      TestThemes.jar(folder)),
                  TestRivals.jars(folder).stream())
              .flatMap(jars -> jars)
              .toList());
    }

    private Settings with(Consumer<Draft> change) {
      return with(this, change);
    }

    private static Settings with(Settings settings, Consumer<Draft> change) {
      Draft draft = new Draft(settings);
      change.accept(draft);
      return draft.settings();
    }

    /** The same with these jars in {@code providers/}, in a home that is not warm. */
    public Settings withProviders(List<Path> jars) {
      return with(
          draft -> {
            draft.providers = jars;
            draft.start = Start.COLD;
          });
    }

    /** The same with these realm files imported. */
    public Settings withRealms(List<Path> files) {
      return with(draft -> draft.realms = files);
    }

    /** The same with its data there. */
    public Settings withDatabase(Database there) {
      return with(draft -> draft.database = there);
    }

    /** All that {@code kc.sh build} is told. */
    List<String> allBuildOptions() {
      return Stream.concat(Stream.of(database.buildOption()), buildOptions.stream()).toList();
    }

    /** The same on this port; 0 is any free one. */
    public Settings withHttpPort(int port) {
      return with(draft -> draft.httpPort = port);
    }

    /** The same with a home that was built with these options; of what is warm, the tables stay. */
    public Settings withBuildOptions(List<String> built) {
      return with(
          draft -> {
            draft.buildOptions = built;
            draft.start = start == Start.COLD ? Start.COLD : Start.TABLES;
          });
    }

    /** The same started with these further options. */
    public Settings withOptions(List<String> further) {
      return with(draft -> draft.options = further);
    }

    /** The same with this much in its log file. */
    public Settings withLogDetail(LogDetail detail) {
      return with(draft -> draft.logDetail = detail);
    }

    /** The same in a JVM with these options. */
    public Settings withJavaOptions(String java) {
      return with(draft -> draft.javaOptions = java);
    }

    /** The same on another machine of a {@link Network}, or at another address of this one. */
    public Settings withPlace(Place there) {
      return with(draft -> draft.place = there);
    }
  }

  /** Settings that are about to differ in one thing. */
  final class Draft {

    private final String version;
    private List<Path> providers;
    private List<Path> realms;
    private Database database;
    private int httpPort;
    private List<String> buildOptions;
    private List<String> options;
    private LogDetail logDetail;
    private String javaOptions;
    private Place place;
    private Start start;

    private Draft(Settings settings) {
      version = settings.version;
      providers = settings.providers;
      realms = settings.realms;
      database = settings.database;
      httpPort = settings.httpPort;
      buildOptions = settings.buildOptions;
      options = settings.options;
      logDetail = settings.logDetail;
      javaOptions = settings.javaOptions;
      place = settings.place;
      start = settings.start;
    }

    private Settings settings() {
      return new Settings(
          version,
          providers,
          realms,
          database,
          httpPort,
          buildOptions,
          options,
          logDetail,
          javaOptions,
          place,
          start);
    }
  }

  /** What a server finds ready. */
  enum Start {
    /** Nothing: it reads its classes and makes its tables. */
    COLD,
    /**
     * The tables of a {@link #WARM} one, on PostgreSQL. It reads its classes: an archive of them is
     * good for one home only.
     */
    TABLES,
    /**
     * What the first server of its home has left: its classes in an archive and, on PostgreSQL, its
     * tables. That one takes longer than a cold one, so it pays from the third on.
     */
    WARM
  }

  /**
   * Where a server runs.
   *
   * @param machine only for a server that is a process
   * @param address the one it listens on, which is reached from here
   */
  record Place(Network.Machine machine, String address) {

    /** This machine, which nobody else reaches. */
    public static final Place LOOPBACK = new Place(Network.here(), "127.0.0.1");

    /** What runs this command there. */
    List<String> command(List<String> words) {
      return machine.command(words.toArray(String[]::new));
    }
  }
}
