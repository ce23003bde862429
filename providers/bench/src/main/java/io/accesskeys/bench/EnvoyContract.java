package io.accesskeys.bench;

import io.accesskeys.bench.StubGateway.Arrived;
import io.accesskeys.bench.StubGateway.Asked;
import io.accesskeys.bench.StubGateway.Contract;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.yaml.snakeyaml.Yaml;

/**
 * Envoy's ext_authz over HTTP: the method of the request, its path and query behind the path
 * prefix, the headers that are listed and those that the file adds; the headers of a good answer
 * that are listed override the client's.
 */
final class EnvoyContract implements Contract {

  private static final String PREFIX = "/orders/";

  private final Map<String, Object> authz;
  private final List<?> removed;

  EnvoyContract(String yaml) {
    Map<String, Object> root = new Yaml().load(yaml);
    Map<String, Object> listener = first(map(root.get("static_resources")).get("listeners"));
    Map<String, Object> manager =
        map(first(first(listener.get("filter_chains")).get("filters")).get("typed_config"));
    this.authz = map(first(manager.get("http_filters")).get("typed_config"));
    this.removed =
        (List<?>)
            first(map(manager.get("route_config")).get("virtual_hosts"))
                .get("request_headers_to_remove");
  }

  @Override
  public Asked ask(Arrived request) {
    if (!request.target().getPath().startsWith(PREFIX)) {
      return null;
    }
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
    removed.forEach(headers::remove);
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
