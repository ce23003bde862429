package io.accesskeys.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.accesskeys.bench.StubGateway.Arrived;
import io.accesskeys.bench.StubGateway.Asked;
import io.accesskeys.bench.StubGateway.Contract;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * Traefik's ForwardAuth: GET, with the headers that are listed and {@code X-Forwarded-*} of its
 * own; of a good answer it copies the headers that fit, after it has dropped the client's that do.
 */
final class TraefikContract implements Contract {

  private final Map<String, Object> http;

  TraefikContract(String yaml) {
    Map<String, Object> root = new Yaml().load(yaml);
    this.http = map(root.get("http"));
  }

  /** A service of Traefik's own stands for no service at all. */
  @Override
  public Optional<Integer> refuse(Arrived request) {
    Optional<Map<String, Object>> router = router(request);
    if (router.isEmpty()) {
      return Optional.of(404);
    }
    return router.get().get("service").equals("noop@internal")
        ? Optional.of(418)
        : Optional.empty();
  }

  @Override
  public Asked ask(Arrived request) {
    Map<String, Object> auth = forwardAuth(request);
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (Object name : (List<?>) auth.get("authRequestHeaders")) {
      List<String> values = request.headers().get(name);
      if (values != null) {
        headers.put(name.toString(), values);
      }
    }
    headers.put("X-Forwarded-Method", List.of(request.method()));
    headers.put("X-Forwarded-Proto", List.of("http"));
    headers.put("X-Forwarded-Host", request.headers().get("Host"));
    headers.put("X-Forwarded-Uri", List.of(request.target()));
    headers.put("X-Forwarded-For", List.of("127.0.0.1"));
    return new Asked("GET", URI.create(auth.get("address").toString()), headers);
  }

  @Override
  public Map<String, List<String>> upstream(Arrived request, Map<String, List<String>> answer) {
    Map<String, Object> auth = forwardAuth(request);
    Pattern ours = Pattern.compile(auth.get("authResponseHeadersRegex").toString());
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    headers.keySet().removeIf(name -> ours.matcher(name).find());
    answer.forEach(
        (name, values) -> {
          if (ours.matcher(name).find()) {
            headers.put(name, values);
          }
        });
    for (Object middleware : middlewares(router(request).orElseThrow())) {
      Map<String, Object> settings = map(map(http.get("middlewares")).get(middleware));
      if (settings.containsKey("headers")) {
        map(map(settings.get("headers")).get("customRequestHeaders"))
            .keySet()
            .forEach(headers::remove);
      }
    }
    headers.put("X-Forwarded-For", List.of("127.0.0.1"));
    return headers;
  }

  @Override
  public int onError() {
    return 500;
  }

  private Map<String, Object> forwardAuth(Arrived request) {
    return middlewares(router(request).orElseThrow()).stream()
        .map(name -> map(map(http.get("middlewares")).get(name)))
        .filter(middleware -> middleware.containsKey("forwardAuth"))
        .map(middleware -> map(middleware.get("forwardAuth")))
        .findFirst()
        .orElseThrow();
  }

  /** Of the routers whose rule fits the one with the highest priority. */
  private Optional<Map<String, Object>> router(Arrived request) {
    String path = decoded(request.path());
    return map(http.get("routers")).values().stream()
        .map(TraefikContract::map)
        .filter(router -> fits(router.get("rule").toString(), path))
        .max(Comparator.comparingInt(TraefikContract::priority));
  }

  /** Decoded once; what is no UTF-8 becomes a sign that says so. */
  private static String decoded(String path) {
    String sent = new String(path.getBytes(ISO_8859_1), UTF_8);
    return URLDecoder.decode(sent.replace("+", "%2B"), UTF_8);
  }

  /** The longer rule comes first, unless the router says otherwise. */
  private static int priority(Map<String, Object> router) {
    return router.containsKey("priority")
        ? (Integer) router.get("priority")
        : router.get("rule").toString().length();
  }

  private static boolean fits(String rule, String path) {
    String argument = rule.split("`", -1)[1];
    return switch (rule.substring(0, rule.indexOf('('))) {
      case "PathPrefix" -> path.startsWith(argument);
      case "PathRegexp" -> Pattern.compile(argument).matcher(path).find();
      default -> throw new IllegalStateException("No such rule is known: " + rule);
    };
  }

  private static List<?> middlewares(Map<String, Object> router) {
    return (List<?>) router.get("middlewares");
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object yaml) {
    return (Map<String, Object>) yaml;
  }
}
