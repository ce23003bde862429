package io.accesskeys.it;

import io.accesskeys.bench.Wrk;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One row of the table: requests that are sent in turn, all answered with the same status.
 *
 * @param rival the name of the row that it is compared with; empty for one that stands alone
 * @param limit how many times the rival's cost it may cost, by the design
 */
record Contender(String name, int status, List<Wrk.Request> requests, String rival, double limit) {

  /** A row that others are compared with. */
  static Contender alone(String name, int status, Wrk.Request request) {
    return new Contender(name, status, List.of(request), "", 0);
  }

  Contender against(String other, double atMost) {
    return new Contender(name, status, requests, other, atMost);
  }

  /** Sends each request once, and looks at the answer as every test does. */
  void tryOut(String server) {
    for (Wrk.Request request : requests) {
      Reply reply =
          Http.anything(
              request.method(),
              URI.create(server + request.uri()),
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
