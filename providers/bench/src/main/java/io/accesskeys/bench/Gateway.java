package io.accesskeys.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A real gateway on the loopback interface with the very file that {@code docker/gateways} ships:
 * nothing but names and addresses is put in.
 */
public final class Gateway implements AutoCloseable {

  private static final Path SHIPPED = Checkout.root().resolve("docker/gateways");

  /** What every shipped file has; to be replaced by what runs here. */
  private static final Map<String, String> PLACES =
      Map.of("keycloak:8080", "@keycloak@", "8000", "@port@", "/realms/acme", "/realms/@realm@");

  /** Where some of them read and write; all of it happens in the folder of the test. */
  private static final List<String> FOLDERS =
      List.of("/var/log/nginx", "/run/nginx", "/var/log/apache2", "/dev/shm");

  private static final String PUBLIC_KEY = "/etc/haproxy/acme.pem";

  /** What nginx's files share; it has no names and addresses in it. */
  private static final String SHARED = "include access-keys/";

  private final ProxyServer server;

  private Gateway(ProxyServer server) {
    this.server = server;
  }

  /** A shipped file. */
  public enum Shipped {
    NGINX(ProxyProgram.NGINX, "nginx/forward-auth.conf"),
    NGINX_JWT(ProxyProgram.NGINX, "nginx/jwt.conf"),
    NGINX_CACHED(ProxyProgram.NGINX, "nginx/cached.conf"),
    CADDY(ProxyProgram.CADDY, "caddy/Caddyfile"),
    APACHE(ProxyProgram.APACHE, "apache/access-keys.conf"),
    HAPROXY(ProxyProgram.HAPROXY, "haproxy/haproxy.cfg"),
    SPRING_OPAQUE_TOKEN(ProxyProgram.SPRING, "spring/opaque-token/application.yaml"),
    SPRING_JWT(ProxyProgram.SPRING, "spring/jwt/application.yaml");

    private final ProxyProgram program;
    private final String file;

    Shipped(ProxyProgram program, String file) {
      this.program = program;
      this.file = file;
    }
  }

  /**
   * What it stands between.
   *
   * @param realm the URI of the realm that it asks
   * @param publicKey the realm's, in Base64, for who only checks signatures
   * @param api the URI of the API
   */
  public record Place(URI realm, String publicKey, URI api) {

    private String pem() {
      return "-----BEGIN PUBLIC KEY-----\n"
          + publicKey.replaceAll("(.{1,64})", "$1\n")
          + "-----END PUBLIC KEY-----\n";
    }

    private Map<String, String> values(Path key) {
      String path = realm.getPath();
      return Map.of(
          "keycloak",
          realm.getAuthority(),
          "realm",
          path.substring(path.lastIndexOf('/') + 1),
          "key",
          key.toString(),
          "api",
          api.getAuthority());
    }
  }

  /** Starts it there. */
  public static Gateway start(Shipped shipped, Place place) {
    return start(shipped.program, open(shipped.file), place);
  }

  /** Starts what this file below {@code docker/gateways} is for: its folder names the program. */
  public static Gateway start(String file, Place place) {
    return start(file, place, UnaryOperator.identity());
  }

  /**
   * Starts the same with a change to it, such as whoever installs it may make.
   *
   * @param change of the text of the file, in which names and addresses are not yet put in
   */
  public static Gateway start(String file, Place place, UnaryOperator<String> change) {
    String folder = file.substring(0, file.indexOf('/'));
    return start(
        ProxyProgram.valueOf(folder.toUpperCase(Locale.ROOT)), change.apply(open(file)), place);
  }

  private static Gateway start(ProxyProgram program, String config, Place place) {
    try {
      Path key = Files.createTempFile("realm-", ".pem");
      Files.writeString(key, place.pem());
      ProxyServer server =
          ProxyServer.start(program, config, place.values(key), Network.here(), "127.0.0.1");
      // It was read at the start.
      Files.delete(key);
      return new Gateway(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A shipped file with everything put in; nothing listens at its port. */
  static String shipped(String file, Place place) {
    return ProxyServer.fill(open(file).replace("@port@", "0"), place.values(Path.of("none.pem")));
  }

  /** A shipped file with placeholders for the names and addresses in it. */
  private static String open(String file) {
    try {
      String config =
          Files.readString(SHIPPED.resolve(file))
              .replace(PUBLIC_KEY, "@key@")
              .replace(SHARED, "include " + SHIPPED.resolve("nginx/access-keys") + "/")
              .replace("orders:8080", "@api@");
      for (String folder : FOLDERS) {
        config = config.replace(folder, "@folder@");
      }
      for (Map.Entry<String, String> place : PLACES.entrySet()) {
        if (!config.contains(place.getKey())) {
          throw new IllegalStateException(file + " does not have " + place.getKey());
        }
        config = config.replace(place.getKey(), place.getValue());
      }
      return config;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The URI it answers at, without a slash at its end. */
  public URI uri() {
    return server.uri();
  }

  /** A file that it writes, such as a log. */
  public Path file(String name) {
    return server.file(name);
  }

  /** Ends it and deletes its folder. */
  @Override
  public void close() {
    server.close();
  }
}
