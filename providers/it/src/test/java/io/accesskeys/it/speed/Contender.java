package io.accesskeys.it.speed;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.Wrk;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * One row of the table: requests that are sent in turn, all answered with the same status.
 *
 * @param server who answers them
 * @param rival the row that it is compared with, if it is with one
 */
record Contender(
    String name,
    KeycloakServer server,
    int status,
    List<Wrk.Request> requests,
    Optional<Rival> rival) {

  /**
   * Who it is compared with.
   *
   * @param name of that row
   * @param limit how many times its cost the other may cost by the design, if that says so
   */
  record Rival(String name, OptionalDouble limit) {}

  /** A row that others are compared with. */
  static Contender alone(String name, KeycloakServer server, int status, Wrk.Request request) {
    return new Contender(name, server, status, List.of(request), Optional.empty());
  }

  Contender against(String other) {
    return against(new Rival(other, OptionalDouble.empty()));
  }

  Contender against(String other, double atMost) {
    return against(new Rival(other, OptionalDouble.of(atMost)));
  }

  private Contender against(Rival other) {
    return new Contender(name, server, status, requests, Optional.of(other));
  }

  /** Sends each request once, and looks at the answer as every test does. */
  void tryOut() {
    for (Wrk.Request request : requests) {
      Reply reply =
          Http.anything(
              request.method(),
              URI.create(server.baseUri() + request.uri()),
              withoutType(request.headers()),
              request.headers().get("Content-Type"),
              request.body());
      reply.expect(status);
    }
  }

  private static Map<String, String> withoutType(Map<String, String> headers) {
    return headers.entrySet().stream()
        .filter(header -> !header.getKey().equals("Content-Type"))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
