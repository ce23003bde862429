package io.accesskeys.it.speed;

import io.accesskeys.bench.Database;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.LogDetail;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How much longer Keycloak takes to start with the jar than without. No figure can make it fail, as
 * in {@link SpeedIT}. It only measures and starts cold servers for a minute, so the profile {@code
 * benchmark} alone has it.
 */
@Tag("endurance")
@RequiresTool("initdb")
class StartTimeIT {

  /** The very first start makes the tables, and counts apart. */
  private static final int ROUNDS = Integer.getInteger("start.rounds", 1);

  private static final Pattern STARTED = Pattern.compile(" started in ([0-9.]+)s");

  @Test
  void withTheJarAndWithout() throws IOException {
    Settings ours =
        Settings.standard()
            .withRealms(List.of())
            .withLogDetail(LogDetail.INFO)
            .withJavaOptions(System.getProperty("speed.heap", Settings.standard().javaOptions()))
            .withDatabase(database());
    Settings bare = ours.withProviders(List.of()).withDatabase(database());
    double first = seconds(ours) - seconds(bare);
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      with.add(seconds(ours));
      without.add(seconds(bare));
    }
    String said =
        String.format(
            Locale.ROOT,
            "Longer by %.2f s the first time, which makes the tables.%nAfter that %s with the jar"
                + " and %s without.%n",
            first,
            medianAndRange(with),
            medianAndRange(without));
    System.out.println(said);
    Files.writeString(Path.of("target", "start-time.md"), said);
  }

  private static Database database() {
    return Postgres.shared().database();
  }

  private static String medianAndRange(List<Double> seconds) {
    List<Double> sorted = seconds.stream().sorted().toList();
    return String.format(
        Locale.ROOT,
        "%.2f s (%.2f to %.2f)",
        sorted.get(sorted.size() / 2),
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }

  /** As the server itself says. */
  private static double seconds(Settings settings) throws IOException {
    try (KeycloakServer server = KeycloakServer.start(settings)) {
      Matcher started = STARTED.matcher(Files.readString(server.log()));
      if (!started.find()) {
        throw new AssertionError("The server does not say how long it took to start");
      }
      return Double.parseDouble(started.group(1));
    }
  }
}
