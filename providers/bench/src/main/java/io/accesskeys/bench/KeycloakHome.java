package io.accesskeys.bench;

import io.accesskeys.bench.KeycloakServer.Start;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The folder of unpacked distributions and of homes that {@code kc.sh build} has finished. */
final class KeycloakHome {

  private static final Duration BUILD_LIMIT = Duration.ofMinutes(5);
  private static final String FINISHED = "finished";
  private static final Map<String, Object> ONE_AT_A_TIME = new ConcurrentHashMap<>();

  private final Path homes;

  KeycloakHome(Path homes) {
    this.homes = homes;
  }

  /** Gives the home built for these settings, building it when it is the first of its key. */
  Path built(KeycloakServer.Settings settings) {
    HomeKey key = HomeKey.of(settings.version(), settings.providers(), settings.allBuildOptions());
    Path distribution = distribution(settings.version());
    Path home =
        once(
            settings.version() + "-" + key.text(), folder -> build(folder, distribution, settings));
    if (settings.start() == Start.WARM) {
      once(home.getFileName() + "/" + WarmStart.FOLDER, folder -> WarmStart.make(home, settings));
    }
    return home;
  }

  /** Gives the folder of this release as it is shipped, unpacking it when it is asked for first. */
  Path distribution(String version) {
    return once("distribution-" + version, folder -> unpack(folder, version));
  }

  /** Fills a folder, unless that is done; whoever else wants the same one waits. */
  private Path once(String name, Filling filling) {
    synchronized (ONE_AT_A_TIME.computeIfAbsent(name, any -> new Object())) {
      try {
        Files.createDirectories(homes);
        try (FileChannel channel =
            FileChannel.open(
                homes.resolve(name.replace('/', '-') + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE)) {
          // For other JVMs; closing the channel gives it back.
          channel.lock();
          return filled(homes.resolve(name), filling);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Could not prepare a Keycloak in " + homes, e);
      }
    }
  }

  // A folder without its marker is what an interrupted run has left.
  private static Path filled(Path folder, Filling filling) throws IOException {
    if (!Files.exists(folder.resolve(FINISHED))) {
      Folders.delete(folder);
      Files.createDirectories(folder);
      filling.fill(folder);
      Files.createFile(folder.resolve(FINISHED));
    }
    return folder;
  }

  private static void unpack(Path folder, String version) {
    Path archive = BenchProperties.distribution(version);
    run(
        new ProcessBuilder("tar", "-xzf", archive.toString(), "--strip-components=1")
            .directory(folder.toFile()),
        folder.resolve("unpack.log"));
  }

  // A build writes to lib/quarkus alone, so the 170 MB beside it are linked, not copied.
  private static void build(Path home, Path distribution, KeycloakServer.Settings settings)
      throws IOException {
    Path lib = Files.createDirectories(home.resolve("lib"));
    Folders.copyInto(home.resolve("bin"), List.of(distribution.resolve("bin/kc.sh")));
    Folders.copyInto(lib, List.of(distribution.resolve("lib/quarkus-run.jar")));
    try (Stream<Path> quarkus = Files.list(distribution.resolve("lib/quarkus"))) {
      Folders.copyInto(lib.resolve("quarkus"), quarkus.toList());
    }
    // File by file: through a linked folder, a JVM with an archive of classes finds no resources.
    Folders.linkFiles(lib.resolve("app"), distribution.resolve("lib/app"));
    Folders.linkFiles(lib.resolve("lib"), distribution.resolve("lib/lib"));
    Folders.link(home.resolve("conf"), distribution.resolve("conf"));
    Folders.link(home.resolve("themes"), distribution.resolve("themes"));
    Folders.copyInto(home.resolve("providers"), settings.providers());

    long begin = System.nanoTime();
    KeycloakCommand command = new KeycloakCommand(home, home, "build");
    run(command.with(settings.allBuildOptions()), home.resolve("build.log"));
    Timing.add("build", home, begin);
  }

  private static void run(ProcessBuilder builder, Path output) {
    builder.redirectErrorStream(true).redirectOutput(output.toFile());
    String command = String.join(" ", builder.command());
    try (GuardedProcess process = GuardedProcess.start(builder)) {
      int code = process.exitCode(BUILD_LIMIT);
      if (code != 0) {
        throw new IllegalStateException(
            "Exit code %d of %s%n%s".formatted(code, command, Folders.tail(output)));
      }
    }
  }

  private interface Filling {
    void fill(Path folder) throws IOException;
  }
}
