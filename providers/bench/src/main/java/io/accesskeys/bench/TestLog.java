package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;

/**
 * Everything that a running server can log, for as long as this is open: servers of tests log at
 * INFO, which costs less than half as much. A provider jar of its own does it, which is no part of
 * what ships.
 */
public final class TestLog implements AutoCloseable {

  private static final String FACTORY = "io.accesskeys.testlog.TestLogFactory";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final KeycloakServer server;
  private final String category;

  private TestLog(KeycloakServer server, String category) {
    this.server = server;
    this.category = category;
  }

  /**
   * Lets a server that runs with the test's own jar log at DEBUG.
   *
   * @param category the one that does, such as {@code org.hibernate.SQL}; the empty one for all
   */
  public static TestLog debug(KeycloakServer server, String category) {
    TestLog log = new TestLog(server, category);
    log.set("true");
    return log;
  }

  /** Lets it log what it was started to log. */
  @Override
  public void close() {
    if (BenchProperties.logDetail() == KeycloakServer.LogDetail.INFO) {
      set("false");
    }
  }

  private void set(String debug) {
    String query = "?category=" + category + "&debug=" + debug;
    URI uri = URI.create(server.baseUri() + "/realms/master/test-log" + query);
    try {
      int status =
          CLIENT
              .send(
                  HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode();
      if (status != 200) {
        throw new IllegalStateException(uri + " answers " + status);
      }
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
        folder.resolve("access-keys-test-log.jar"),
        List.of(FACTORY, FACTORY + "$1", "io.accesskeys.testlog.TestLogResource"),
        "org.keycloak.services.resource.RealmResourceProviderFactory");
  }
}
