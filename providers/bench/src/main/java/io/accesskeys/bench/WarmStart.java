package io.accesskeys.bench;

import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.KeycloakServer.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the first server of a home leaves to the others: {@link Start#WARM}. */
final class WarmStart {

  /** Where it is in the home. */
  static final String FOLDER = "warm";

  private WarmStart() {}

  /** Starts a server on an empty database, ends it, and keeps its classes and its tables. */
  static void make(Path home, Settings settings) throws IOException {
    long begin = System.nanoTime();
    Settings cold =
        Settings.ofItsOwn()
            .withJavaOptions(settings.javaOptions() + " -XX:ArchiveClassesAtExit=" + classes(home));
    KeycloakProcess.startFrom(home, cold).endSlowly();
    if (cold.database() instanceof Database.OnPostgres database) {
      Files.writeString(tables(home), database.dump(home));
    }
    Timing.add("warm-up", home, begin);
  }

  /** The option of the JVM, with a space before it; empty where the home has no archive. */
  static String javaOption(Path home) {
    return Files.exists(classes(home)) ? " -XX:SharedArchiveFile=" + classes(home) : "";
  }

  /** Fills the database of a server that is about to start, if there is nothing in it yet. */
  static void fill(Path home, Settings settings) {
    if (settings.start() != Start.COLD
        && settings.database() instanceof Database.OnPostgres database
        && database.isEmpty()) {
      // The options of a build differ, the jars do not: so these are its tables too.
      Path warm =
          settings.start() == Start.WARM
              ? home
              : new KeycloakHome(BenchProperties.homes()).built(Settings.ofItsOwn());
      database.server().load(database.name(), tables(warm));
    }
  }

  private static Path classes(Path home) {
    return home.resolve(FOLDER).resolve("classes.jsa");
  }

  private static Path tables(Path home) {
    return home.resolve(FOLDER).resolve("tables.sql");
  }
}
