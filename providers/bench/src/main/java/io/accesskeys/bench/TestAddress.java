package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a running server makes of the addresses of a request. A provider jar of its own says it,
 * which is no part of what ships.
 */
public final class TestAddress {

  private static final String FACTORY = "io.accesskeys.testaddress.TestAddressFactory";

  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI resource;

  private TestAddress(URI resource) {
    this.resource = resource;
  }

  /**
   * What Keycloak hands over, null as text where it is null, and what we make of it.
   *
   * @param address {@code ClientConnection.getRemoteAddr()}
   * @param host {@code ClientConnection.getRemoteHost()}
   * @param client what restrictions look at; {@code unknown} if nobody can tell
   */
  public record Seen(String address, String host, String client) {}

  /** The eyes of a realm of a server that runs with the test's own jar. */
  public static TestAddress of(KeycloakServer server, String realm) {
    return new TestAddress(URI.create(server.baseUri() + "/realms/" + realm + "/test-address"));
  }

  /**
   * What it sees of a request with these headers, one line each; empty if it never answers.
   *
   * @param version which proxies speak; of HTTP/2 the second request on a connection
   */
  public Optional<Seen> seen(HttpClient.Version version, List<Map.Entry<String, String>> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(resource).version(version);
    headers.forEach(header -> request.header(header.getKey(), header.getValue()));
    return answer(request)
        .map(body -> body.split("\n", -1))
        .map(said -> new Seen(said[0], said[1], said[2]));
  }

  /** The address that the server's JVM finds for a name; {@code none} if it finds none. */
  public String resolved(String name) {
    String query = "/resolved?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    return answer(HttpRequest.newBuilder(URI.create(resource + query))).orElseThrow();
  }

  private Optional<String> answer(HttpRequest.Builder request) {
    try {
      HttpResponse<String> reply =
          client.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
      if (reply.statusCode() != 200) {
        throw new IllegalStateException(reply.statusCode() + " " + reply.body());
      }
      return Optional.of(reply.body());
    } catch (HttpTimeoutException e) {
      return Optional.empty();
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
        folder.resolve("access-keys-test-address.jar"),
        List.of(FACTORY, FACTORY + "$1", "io.accesskeys.testaddress.TestAddressResource"),
        "org.keycloak.services.resource.RealmResourceProviderFactory");
  }
}
