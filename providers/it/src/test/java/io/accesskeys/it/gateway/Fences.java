package io.accesskeys.it.gateway;

import io.accesskeys.bench.Gateway;
import io.accesskeys.bench.Gateway.Place;
import io.accesskeys.bench.Nginx;
import io.accesskeys.bench.RecordingApi;
import io.accesskeys.bench.RecordingApi.Arrived;
import io.accesskeys.bench.StubGateway;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything in {@code docker} that stands before an API, by a short name of its file. */
final class Fences implements AutoCloseable {

  private static final List<String> NGINX =
      List.of("forward-auth", "jwt", "cached", "phantom-token", "techniques", "rate-limits");

  /** The real ones. */
  static final List<String> NAMES =
      List.of(
          "forward-auth",
          "jwt",
          "cached",
          "phantom-token",
          "techniques",
          "rate-limits",
          "compose.yaml",
          "Caddy",
          "Apache",
          "HAProxy");

  /** Those that only do what the real ones are documented to do. */
  static final List<String> STUBS = List.of("Traefik", "Envoy");

  private final RecordingApi api = RecordingApi.start();
  private final Map<String, URI> uris = new HashMap<>();
  private final Deque<Runnable> ends = new ArrayDeque<>();

  private Fences() {}

  /** Starts them all. */
  static Fences of(TestRealm realm) {
    String publicKey = Http.get(realm.uri(""), Map.of()).expect(200).text("public_key");
    Fences fences = new Fences();
    Place place = new Place(realm.uri(""), publicKey, fences.api.uri());
    for (String name : NGINX) {
      fences.add(name, Gateway.start("nginx/" + name + ".conf", place));
    }
    fences.add("Caddy", Gateway.start("caddy/Caddyfile", place));
    fences.add("Apache", Gateway.start("apache/access-keys.conf", place));
    fences.add("HAProxy", Gateway.start("haproxy/haproxy.cfg", place));
    Nginx composed = ComposedNginx.start(realm, fences.api.uri());
    fences.add("compose.yaml", composed.uri(), composed::close);
    StubGateway traefik = StubGateway.traefik(place);
    fences.add("Traefik", traefik.uri(), traefik::close);
    StubGateway envoy = StubGateway.envoy(place);
    fences.add("Envoy", envoy.uri(), envoy::close);
    return fences;
  }

  private void add(String name, Gateway gateway) {
    add(name, gateway.uri(), gateway::close);
  }

  private void add(String name, URI uri, Runnable end) {
    uris.put(name, uri);
    ends.push(end);
  }

  /** This path, as {@link #at} has it, at this gateway. */
  URI uri(String gateway, String path) {
    return URI.create(uris.get(gateway) + at(gateway, path));
  }

  /** The same route as this one of the others: the file with limits has another name for it. */
  static String at(String gateway, String path) {
    return gateway.equals("rate-limits") ? path.replace("/orders", "/repositories") : path;
  }

  /** What has arrived at the API since this was last asked. */
  List<Arrived> arrived() {
    return api.take();
  }

  @Override
  public void close() {
    ends.forEach(Runnable::run);
    api.close();
  }
}
