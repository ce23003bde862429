package io.accesskeys.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The clock of a running server, which a test can move: every instant that Keycloak and this
 * extension look at follows. A provider jar of its own does it, which is no part of what ships.
 */
public final class TestClock {

  private static final String FOLDER = "io/accesskeys/testclock/";
  private static final List<String> CLASSES =
      List.of("TestClockFactory", "TestClockFactory$1", "TestClockResource");
  private static final String SERVICE =
      "META-INF/services/org.keycloak.services.resource.RealmResourceProviderFactory";

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

  private void set(Duration ahead) {
    URI uri = URI.create(server.baseUri() + "/realms/master/test-clock?ahead=" + ahead.toSeconds());
    try {
      HttpResponse<String> reply =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build(),
                  HttpResponse.BodyHandlers.ofString());
      Instant shown = Instant.ofEpochMilli(Long.parseLong(reply.body()));
      Duration off = Duration.between(Instant.now().plus(ahead), shown).abs();
      if (off.compareTo(Duration.ofMinutes(1)) > 0) {
        throw new IllegalStateException("The server's clock shows " + shown);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The jar for {@code providers/}; equal every time, so that the server is built once. */
  static Path jar(Path folder) {
    Path jar = folder.resolve("access-keys-test-clock.jar");
    try {
      Files.createDirectories(folder);
      try (OutputStream file = Files.newOutputStream(jar);
          ZipOutputStream zip = new ZipOutputStream(file)) {
        for (String name : CLASSES) {
          add(zip, FOLDER + name + ".class", bytes(FOLDER + name + ".class"));
        }
        add(zip, "META-INF/beans.xml", new byte[0]);
        add(
            zip,
            SERVICE,
            "io.accesskeys.testclock.TestClockFactory".getBytes(StandardCharsets.UTF_8));
      }
      return jar;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not write " + jar, e);
    }
  }

  private static void add(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTime(0);
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] bytes(String resource) throws IOException {
    try (InputStream stream = TestClock.class.getClassLoader().getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IOException("No " + resource);
      }
      return stream.readAllBytes();
    }
  }
}
