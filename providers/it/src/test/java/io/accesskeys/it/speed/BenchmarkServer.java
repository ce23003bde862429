package io.accesskeys.it.speed;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.LogDetail;
import io.accesskeys.bench.KeycloakServer.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** Servers as they are in production, but for what they share: one core, the first. */
final class BenchmarkServer {

  /** As shipped: nothing here looks at a use a second later. */
  private static final List<String> SHIPPED_INTERVALS =
      List.of(
          "--spi-access-key-store--jpa--usage-interval=",
          "--spi-access-key-jobs--default--interval=",
          "--spi-access-key-jobs--default--mail-interval=",
          "--spi-access-key-jobs--default--mail-retry=");

  private BenchmarkServer() {}

  /**
   * What to start one with. {@code -Dspeed.heap} is for the JIT of production, which starts too
   * slow for a test that only says that it works; {@code -Dspeed.java} adds options of the JVM.
   */
  static Settings settings() {
    return like(Settings.standard().withTestProviders().withRealms(List.of()));
  }

  /** The same database, ports and options with the rest as in production. */
  static Settings like(Settings settings) {
    String java = System.getProperty("speed.heap", settings.javaOptions());
    return settings
        .withLogDetail(LogDetail.INFO)
        .withJavaOptions(java + System.getProperty("speed.java", ""))
        .withOptions(
            Stream.concat(settings.options().stream(), SHIPPED_INTERVALS.stream()).toList());
  }

  /** Starts it and keeps it to its core; its caller closes it. */
  static KeycloakServer start(Settings settings) {
    KeycloakServer server = KeycloakServer.start(settings);
    try {
      new ProcessBuilder("taskset", "-acp", "0", String.valueOf(server.jvm().pid()))
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return server;
  }
}
