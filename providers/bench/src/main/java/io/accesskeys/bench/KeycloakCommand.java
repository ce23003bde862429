package io.accesskeys.bench;

import io.accesskeys.bench.KeycloakServer.Place;
import io.accesskeys.bench.KeycloakServer.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One {@code kc.sh} command of a home.
 *
 * @param home the folder with {@code bin/kc.sh}
 * @param folder what the server takes for its home: that one, or one of an instance
 * @param name such as {@code build}
 */
public record KeycloakCommand(Path home, Path folder, String name) {

  private static final Duration LIMIT = Duration.ofMinutes(3);

  /** C1 alone starts in half the CPU time, and only the long versions of tests earn C2 back. */
  static final String JAVA_OPTIONS = BenchProperties.javaOptions();

  /**
   * What a command came to.
   *
   * @param code 0 if it has done what it should
   * @param output the last that it has said
   */
  public record Outcome(int code, String output) {}

  /**
   * Runs a command to its end, with the release, the jars and the database of these settings, and
   * in a folder of its own.
   *
   * @param options its own, the name of a subcommand first
   */
  public static Outcome run(Settings settings, String name, List<String> options) {
    Path homes = BenchProperties.homes();
    Path built = new KeycloakHome(homes).built(settings);
    InstanceFolder folder = InstanceFolder.create(homes).linkedTo(built, List.of());
    List<String> all =
        new StartOptions()
            .and(options)
            .and(List.of("--optimized"))
            .and(settings.database().startOptions())
            .list();
    try (GuardedProcess process =
        GuardedProcess.start(
            new KeycloakCommand(built, folder.path(), name)
                .with(all, settings.javaOptions() + WarmStart.javaOption(built), Place.LOOPBACK)
                .redirectErrorStream(true)
                .redirectOutput(folder.console().toFile()))) {
      return new Outcome(process.exitCode(LIMIT), Folders.tail(folder.console()));
    }
  }

  ProcessBuilder with(List<String> options) {
    return with(options, JAVA_OPTIONS, Place.LOOPBACK);
  }

  ProcessBuilder with(List<String> options, String javaOptions, Place place) {
    ProcessBuilder builder =
        new ProcessBuilder(
                place.command(
                    Stream.concat(
                            Stream.of(
                                home.resolve("bin/kc.sh").toString(),
                                name,
                                // The later one counts. An archive of classes is only good for
                                // jars that were found where it was made: so kc.sh stays there.
                                "-Dkc.home.dir=" + folder),
                            options.stream())
                        .toList()))
            .directory(folder.toFile());
    Map<String, String> environment = builder.environment();
    // What a developer has set for a server of their own must not reach this one.
    environment.keySet().removeIf(key -> key.startsWith("KC_") || key.startsWith("JAVA_OPTS"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("JAVA_OPTS_APPEND", javaOptions);
    environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakServer.ADMIN_USER);
    environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakServer.ADMIN_PASSWORD);
    return builder;
  }
}
