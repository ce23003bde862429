package io.accesskeys.bench;

import io.accesskeys.bench.StubGateway.Arrived;
import io.accesskeys.bench.StubGateway.Asked;
import io.accesskeys.bench.StubGateway.Contract;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * Envoy's ext_authz over HTTP: the first route that fits the path, which was made normal before;
 * the method of the request, its path and query behind the path prefix, the headers that are listed
 * and those that the file adds; the headers of a good answer that are listed override the client's.
 */
final class EnvoyContract implements Contract {

  private static final Pattern ESCAPED_SLASH = Pattern.compile("(?i)%(2f|5c)");

  private final Map<String, Object> manager;
  private final Map<String, Object> host;
  private final Map<String, Object> authz;

  EnvoyContract(String yaml) {
    Map<String, Object> root = new Yaml().load(yaml);
    Map<String, Object> listener = first(map(root.get("static_resources")).get("listeners"));
    this.manager =
        map(first(first(listener.get("filter_chains")).get("filters")).get("typed_config"));
    this.host = first(map(manager.get("route_config")).get("virtual_hosts"));
    this.authz = map(first(manager.get("http_filters")).get("typed_config"));
  }

  /** Encoded dots are dots, and a backslash is a slash; then RFC 3986. */
  @Override
  public Arrived read(Arrived request) {
    String path = request.path();
    if (Boolean.TRUE.equals(manager.get("normalize_path"))) {
      path = withoutDots(path.replaceAll("(?i)%2e", ".").replace('\\', '/'));
    }
    if (Boolean.TRUE.equals(manager.get("merge_slashes"))) {
      path = path.replaceAll("/{2,}", "/");
    }
    return request.at(path);
  }

  private static String withoutDots(String path) {
    Deque<String> kept = new ArrayDeque<>();
    List<String> segments = List.of(path.substring(1).split("/", -1));
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      boolean dots = segment.equals(".") || segment.equals("..");
      if (segment.equals("..")) {
        kept.pollLast();
      }
      if (!dots) {
        kept.add(segment);
      } else if (i == segments.size() - 1) {
        kept.add("");
      }
    }
    return "/" + String.join("/", kept);
  }

  @Override
  public Optional<Integer> refuse(Arrived request) {
    if (ESCAPED_SLASH.matcher(request.path()).find()
        && "REJECT_REQUEST".equals(manager.get("path_with_escaped_slashes_action"))) {
      return Optional.of(400);
    }
    for (Object each : (List<?>) host.get("routes")) {
      Map<String, Object> route = map(each);
      if (fits(map(route.get("match")), request.path())) {
        return Optional.ofNullable(route.get("direct_response"))
            .map(answer -> (Integer) map(answer).get("status"));
      }
    }
    return Optional.of(404);
  }

  /** An expression has to fit the whole path. */
  private static boolean fits(Map<String, Object> match, String path) {
    return match.containsKey("prefix")
        ? path.startsWith(match.get("prefix").toString())
        : path.matches(map(match.get("safe_regex")).get("regex").toString());
  }

  @Override
  public Asked ask(Arrived request) {
    Map<String, Object> service = map(authz.get("http_service"));
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    received(request)
        .forEach(
            (name, values) -> {
              if (matches(authz.get("allowed_headers"), name)) {
                headers.put(name, values);
              }
            });
    for (Object added : (List<?>) map(service.get("authorization_request")).get("headers_to_add")) {
      headers.put(map(added).get("key").toString(), List.of(map(added).get("value").toString()));
    }
    String uri =
        map(service.get("server_uri")).get("uri").toString()
            + service.get("path_prefix")
            + request.target();
    return new Asked(request.method(), URI.create(uri), headers);
  }

  @Override
  public Map<String, List<String>> upstream(Arrived request, Map<String, List<String>> answer) {
    Object allowed =
        map(map(authz.get("http_service")).get("authorization_response"))
            .get("allowed_upstream_headers");
    Map<String, List<String>> headers = received(request);
    answer.forEach(
        (name, values) -> {
          if (matches(allowed, name)) {
            headers.put(name, values);
          }
        });
    ((List<?>) host.get("request_headers_to_remove")).forEach(headers::remove);
    return headers;
  }

  @Override
  public int onError() {
    return 503;
  }

  /** No underscores, the address of the connection behind what the client claims. */
  private static Map<String, List<String>> received(Arrived request) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(request.headers());
    headers.keySet().removeIf(name -> name.contains("_"));
    List<String> addresses = new ArrayList<>(headers.getOrDefault("X-Forwarded-For", List.of()));
    addresses.add("127.0.0.1");
    headers.put("X-Forwarded-For", List.of(String.join(",", addresses)));
    headers.put("X-Forwarded-Proto", List.of("http"));
    return headers;
  }

  private static boolean matches(Object list, String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return ((List<?>) map(list).get("patterns"))
        .stream()
            .map(EnvoyContract::map)
            .anyMatch(
                pattern ->
                    name.equals(pattern.get("exact"))
                        || (pattern.containsKey("prefix")
                            && name.startsWith(pattern.get("prefix").toString())));
  }

  private static Map<String, Object> first(Object list) {
    return map(((List<?>) list).get(0));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object yaml) {
    return (Map<String, Object>) yaml;
  }
}
