package io.accesskeys.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The API behind a gateway: answers 200 to everything, with the headers that say who is calling as
 * lines of text, and remembers what arrived.
 */
public final class RecordingApi implements AutoCloseable {

  private static final Pattern CALLER =
      Pattern.compile("X-Auth-.*|Authorization|X-API-Key", Pattern.CASE_INSENSITIVE);

  static {
    // Head and body of an answer go out one after the other. On a connection that is used again the
    // second would wait for the client to acknowledge the first, 40 ms.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final ConcurrentLinkedQueue<Arrived> arrived = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  private RecordingApi(HttpServer server) {
    this.server = server;
  }

  /**
   * A request as it arrived.
   *
   * @param method of it
   * @param uri path and query
   * @param headers by their names, the first letter of which is upper case and all others lower
   */
  public record Arrived(String method, URI uri, Map<String, List<String>> headers) {

    /** The value of the only header of this name. */
    public Optional<String> header(String name) {
      List<String> values =
          headers.entrySet().stream()
              .filter(header -> header.getKey().equalsIgnoreCase(name))
              .flatMap(header -> header.getValue().stream())
              .toList();
      if (values.size() > 1) {
        throw new AssertionError("Several of " + name + ": " + values);
      }
      return values.stream().findFirst();
    }
  }

  /** Starts it at a free port of 127.0.0.1. */
  public static RecordingApi start() {
    try {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.any());
      RecordingApi api = new RecordingApi(HttpServer.create(address, 0));
      api.server.setExecutor(api.threads);
      api.server.createContext("/", api::answer);
      api.server.start();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URI it answers at, without a slash at its end. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** What has arrived since this was last asked. */
  public List<Arrived> take() {
    List<Arrived> taken = List.copyOf(arrived);
    arrived.removeAll(taken);
    return taken;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    arrived.add(
        new Arrived(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            Map.copyOf(exchange.getRequestHeaders())));
    byte[] told = told(exchange.getRequestHeaders()).getBytes(StandardCharsets.UTF_8);
    boolean hasBody = told.length > 0 && !exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(200, hasBody ? told.length : -1);
    if (hasBody) {
      exchange.getResponseBody().write(told);
    }
    exchange.close();
  }

  private static String told(Map<String, List<String>> headers) {
    return headers.entrySet().stream()
        .filter(header -> CALLER.matcher(header.getKey()).matches())
        .map(
            header ->
                header.getKey().toLowerCase(Locale.ROOT)
                    + ": "
                    + String.join(", ", header.getValue())
                    + "\n")
        .sorted()
        .collect(Collectors.joining());
  }
}
