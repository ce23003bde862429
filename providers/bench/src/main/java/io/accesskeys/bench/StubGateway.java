package io.accesskeys.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in for a gateway that cannot be had here: asks Keycloak with exactly the request that the
 * real one is documented to make for the shipped file, and does with the answer what that one does.
 */
public final class StubGateway implements AutoCloseable {

  /** What HttpClient writes itself. */
  private static final Set<String> ITS_OWN = Set.of("host", "content-length", "connection");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Contract contract;
  private final URI api;

  private StubGateway(HttpServer server, Contract contract, URI api) {
    this.server = server;
    this.contract = contract;
    this.api = api;
  }

  /** How a gateway asks, and what it makes of the answer. */
  interface Contract {

    /** The request as the gateway reads it, and hands it on. */
    default Arrived read(Arrived request) {
      return request;
    }

    /** The status of the answer to a request that no route leads anywhere; empty if one does. */
    Optional<Integer> refuse(Arrived request);

    /** The question about a request that a route leads somewhere. */
    Asked ask(Arrived request);

    /** What the API gets, when the answer is good. */
    Map<String, List<String>> upstream(Arrived request, Map<String, List<String>> answer);

    /** What the client gets when Keycloak does not answer. */
    int onError();
  }

  /**
   * A request of a client.
   *
   * @param method of it
   * @param target path and query as they were sent
   * @param headers by their names in lower case
   */
  record Arrived(String method, String target, Map<String, List<String>> headers) {

    /** The path as it was sent. */
    String path() {
      return target.split("\\?", 2)[0];
    }

    /** The same request with another path. */
    Arrived at(String path) {
      return new Arrived(method, path + target.substring(path().length()), headers);
    }
  }

  /**
   * The request to Keycloak.
   *
   * @param method of it
   * @param uri of it
   * @param headers of it
   */
  record Asked(String method, URI uri, Map<String, List<String>> headers) {}

  /** A Traefik with the shipped file. */
  public static StubGateway traefik(Gateway.Place place) {
    return start(new TraefikContract(Gateway.shipped("traefik/dynamic.yaml", place)), place.api());
  }

  /** An Envoy with the shipped file. */
  public static StubGateway envoy(Gateway.Place place) {
    return start(new EnvoyContract(Gateway.shipped("envoy/envoy.yaml", place)), place.api());
  }

  private static StubGateway start(Contract contract, URI api) {
    try {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.any());
      StubGateway stub = new StubGateway(HttpServer.create(address, 0), contract, api);
      stub.server.setExecutor(stub.threads);
      stub.server.createContext("/", stub::serve);
      stub.server.start();
      return stub;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URI it answers at, without a slash at its end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void serve(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(exchange.getRequestHeaders());
    Arrived request =
        new Arrived(exchange.getRequestMethod(), target(exchange.getRequestURI()), headers);
    try {
      answer(exchange, contract.read(request));
    } catch (IOException e) {
      exchange.sendResponseHeaders(contract.onError(), -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      exchange.close();
    }
  }

  /** Without the scheme and the host that a client may have sent with it. */
  private static String target(URI sent) {
    return sent.isAbsolute()
        ? sent.getRawPath() + (sent.getRawQuery() == null ? "" : "?" + sent.getRawQuery())
        : sent.toString();
  }

  private void answer(HttpExchange exchange, Arrived request)
      throws IOException, InterruptedException {
    Optional<Integer> refused = contract.refuse(request);
    if (refused.isPresent()) {
      exchange.sendResponseHeaders(refused.get(), -1);
      return;
    }
    HttpResponse<byte[]> decision = send(contract.ask(request));
    if (decision.statusCode() / 100 != 2) {
      decision
          .headers()
          .firstValue("WWW-Authenticate")
          .ifPresent(value -> exchange.getResponseHeaders().set("WWW-Authenticate", value));
      exchange.sendResponseHeaders(decision.statusCode(), -1);
      return;
    }
    Map<String, List<String>> upstream = contract.upstream(request, decision.headers().map());
    URI target = URI.create(api + request.target());
    exchange.sendResponseHeaders(
        send(new Asked(request.method(), target, upstream)).statusCode(), -1);
  }

  private HttpResponse<byte[]> send(Asked asked) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(asked.uri()).method(asked.method(), BodyPublishers.noBody());
    asked
        .headers()
        .forEach(
            (name, values) -> {
              if (!ITS_OWN.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }
}
