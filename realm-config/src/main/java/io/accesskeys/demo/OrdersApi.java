package io.accesskeys.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.keycloak.common.VerificationException;
import org.keycloak.representations.AccessToken;

/**
 * A small resource server: {@code GET /orders} needs the scope {@code orders:read}, {@code POST
 * /orders} needs {@code orders:write}. It never asks Keycloak; that a token comes from a key, and
 * from which, it learns from the token.
 */
final class OrdersApi implements AutoCloseable {

  private static final String BEARER = "Bearer ";
  private static final Map<String, String> SCOPES =
      Map.of("GET", "orders:read", "POST", "orders:write");

  private final HttpServer server;
  private final OfflineVerifier verifier;

  private OrdersApi(HttpServer server, OfflineVerifier verifier) {
    this.server = server;
    this.verifier = verifier;
  }

  /** Starts one on any free loopback port; its caller closes it. */
  static OrdersApi start(OfflineVerifier verifier) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      OrdersApi api = new OrdersApi(server, verifier);
      server.createContext("/orders", api::handle);
      server.start();
      return api;
    } catch (IOException e) {
      throw new UncheckedIOException("Could not start the orders API", e);
    }
  }

  URI baseUri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String needed = SCOPES.get(exchange.getRequestMethod());
      if (needed == null) {
        answer(exchange, 405, "{\"error\":\"method_not_allowed\"}");
        return;
      }
      String credential = exchange.getRequestHeaders().getFirst("Authorization");
      if (credential == null || !credential.startsWith(BEARER)) {
        refuse(exchange, 401, "");
        return;
      }
      AccessToken token = verifier.verify(credential.substring(BEARER.length()));
      if (!scopes(token).contains(needed)) {
        refuse(exchange, 403, " error=\"insufficient_scope\", scope=\"" + needed + "\"");
        return;
      }
      answer(
          exchange,
          200,
          "{\"customer\":\"%s\",\"key\":\"%s\",\"orders\":[\"anvil\"]}"
              .formatted(token.getSubject(), token.getOtherClaims().get("access_key_id")));
    } catch (VerificationException e) {
      refuse(exchange, 401, " error=\"invalid_token\"");
    }
  }

  private static List<String> scopes(AccessToken token) {
    return token.getScope() == null ? List.of() : List.of(token.getScope().split(" ", -1));
  }

  private static void refuse(HttpExchange exchange, int status, String why) throws IOException {
    exchange.getResponseHeaders().set("WWW-Authenticate", "Bearer" + why);
    exchange.sendResponseHeaders(status, -1);
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    byte[] body = json.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
