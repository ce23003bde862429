package io.accesskeys.it.stock;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Plays requests to one server, with the cookies of its browsers, and keeps what it answers. */
final class StockRecorder {

  private final KeycloakServer server;
  private final StockVariables variables;
  private final StockMask mask;
  private final Map<String, Map<String, String>> cookies = new HashMap<>();

  StockRecorder(KeycloakServer server, Set<String> fixedIds) {
    this.server = server;
    this.variables = new StockVariables(server);
    this.mask = new StockMask(server.baseUri(), fixedIds);
  }

  /** What the server answered, in the order of the requests. */
  Map<StockRequest, StockAnswer> play(List<StockRequest> requests) {
    Map<StockRequest, StockAnswer> answers = new LinkedHashMap<>();
    requests.forEach(request -> answers.put(request, play(request)));
    return answers;
  }

  private StockAnswer play(StockRequest request) {
    Reply reply = send(request);
    request.keeps().forEach((name, where) -> keep(request, name, where, reply));
    return request.anyOrder() ? mask.inAnyOrder(reply) : mask.of(reply);
  }

  private Reply send(StockRequest request) {
    String path = variables.fill(request.path());
    Map<String, String> headers = new HashMap<>();
    request.headers().forEach((name, value) -> headers.put(name, variables.fill(value)));
    headers.remove("Content-Type");
    request
        .browser()
        .map(this::jar)
        .filter(jar -> !jar.isEmpty())
        .ifPresent(jar -> headers.put("Cookie", line(jar)));
    String type = request.contentType();
    String body = request.isForm() ? encoded(request.body()) : variables.fill(request.body());
    URI uri = URI.create(path.startsWith("http") ? path : server.baseUri() + path);
    Reply reply = Http.anything(request.method(), uri, headers, type, body);
    request.browser().map(this::jar).ifPresent(jar -> take(reply, jar));
    return reply;
  }

  private Map<String, String> jar(String browser) {
    return cookies.computeIfAbsent(browser, unused -> new LinkedHashMap<>());
  }

  private static String line(Map<String, String> jar) {
    return jar.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  private static void take(Reply reply, Map<String, String> jar) {
    for (String cookie : reply.response().headers().allValues("Set-Cookie")) {
      String[] pair = cookie.split(";", 2)[0].split("=", 2);
      if (pair[1].isEmpty()) {
        jar.remove(pair[0]);
      } else {
        jar.put(pair[0], pair[1]);
      }
    }
  }

  private String encoded(String form) {
    return Arrays.stream(form.split("&", -1))
        .map(field -> field.split("=", 2))
        .map(field -> Http.encode(field[0]) + "=" + Http.encode(variables.fill(field[1])))
        .collect(Collectors.joining("&"));
  }

  private void keep(StockRequest request, String name, String where, Reply reply) {
    Optional<String> found =
        where.startsWith("/")
            ? Optional.of(reply.json().at(where).asText())
            : match(Pattern.compile(where), reply);
    variables.keep(
        name,
        found
            .filter(value -> !value.isEmpty())
            .orElseThrow(
                () -> new AssertionError("No " + name + " for " + request + ": " + reply)));
  }

  private static Optional<String> match(Pattern pattern, Reply reply) {
    String location = reply.header("Location").map(to -> "Location: " + to + "\n").orElse("");
    Matcher found = pattern.matcher(location + reply.body());
    return found.find() ? Optional.of(found.group(1).replace("&amp;", "&")) : Optional.empty();
  }
}
