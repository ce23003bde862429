package io.accesskeys.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.stream.Collectors;

/** The API behind a gateway: it answers with what the gateway says about the caller. */
final class EchoApi implements AutoCloseable {

  private final HttpServer server;

  private EchoApi(HttpServer server) {
    this.server = server;
  }

  /** Starts one at any free port of 127.0.0.1. */
  static EchoApi start() {
    try {
      EchoApi api =
          new EchoApi(
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
      api.server.createContext("/", EchoApi::answer);
      api.server.start();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URI it answers at, without a slash at its end. */
  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    byte[] told =
        exchange.getRequestHeaders().entrySet().stream()
            .filter(header -> header.getKey().matches("(?i)X-Auth-.*|Authorization|X-API-Key"))
            .map(
                header ->
                    header.getKey().toLowerCase(Locale.ROOT)
                        + ": "
                        + String.join(", ", header.getValue()))
            .sorted()
            .collect(Collectors.joining("\n", "", "\n"))
            .getBytes(UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, told.length);
    exchange.getResponseBody().write(told);
    exchange.close();
  }
}
