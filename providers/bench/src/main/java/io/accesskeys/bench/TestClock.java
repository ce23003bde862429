package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The clock of a running server, which a test can move: every instant that Keycloak and this
 * extension look at follows. A provider jar of its own does it, which is no part of what ships.
 */
public final class TestClock {

  private static final String FACTORY = "io.accesskeys.testclock.TestClockFactory";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final KeycloakServer server;

  private TestClock(KeycloakServer server) {
    this.server = server;
  }

  /** The clock of a server that runs with the test's own jar. */
  public static TestClock of(KeycloakServer server) {
    return new TestClock(server);
  }

  /** Does something while the clock is ahead, and puts it right afterwards. */
  public void ahead(Duration by, Runnable what) {
    try {
      set(by);
      what.run();
    } finally {
      set(Duration.ZERO);
    }
  }

  /**
   * Runs tasks of the server's timer now, such as {@code access-keys-upkeep}, one after the other,
   * each to its end. A run that the timer itself has begun comes to its end before.
   */
  public void run(String... tasks) {
    for (String task : tasks) {
      String ran = post("/run?task=" + task);
      if (!ran.equals(task)) {
        throw new IllegalStateException("The task " + task + " did not run: " + ran);
      }
    }
  }

  private void set(Duration ahead) {
    Instant shown = Instant.ofEpochMilli(Long.parseLong(post("?ahead=" + ahead.toSeconds())));
    Duration off = Duration.between(Instant.now().plus(ahead), shown).abs();
    if (off.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalStateException("The server's clock shows " + shown);
    }
  }

  private String post(String what) {
    URI uri = URI.create(server.baseUri() + "/realms/master/test-clock" + what);
    try {
      return CLIENT
          .send(
              HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
              HttpResponse.BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The jar for {@code providers/}. */
  static Path jar(Path folder) {
    return TestJar.write(
        folder.resolve("access-keys-test-clock.jar"),
        List.of(FACTORY, FACTORY + "$1", "io.accesskeys.testclock.TestClockResource"),
        "org.keycloak.services.resource.RealmResourceProviderFactory");
  }
}
