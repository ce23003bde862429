package io.accesskeys.it.gateway;

import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.FreePorts;
import io.accesskeys.bench.Nginx;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The nginx of {@code docker/compose.yaml}, without TLS and with another API behind it. */
final class ComposedNginx {

  private static final Path DOCKER = Checkout.root().resolve("docker");

  private ComposedNginx() {}

  /** Starts it; it answers as the API's guard. */
  static Nginx start(TestRealm realm, URI api) {
    String file = read(DOCKER.resolve("nginx/nginx.conf"));
    String http =
        file.substring(file.indexOf("http {") + "http {".length(), file.lastIndexOf('}'))
            .replaceAll("(?m)^ *ssl_.*$", "")
            .replace("listen 8443 ssl;", "listen 127.0.0.1:@other@;")
            .replace("listen 8444 ssl", "listen 127.0.0.1:@port@")
            .replace("listen 127.0.0.1:8081;", "listen 127.0.0.1:@sample@;")
            .replace("127.0.0.1:8081", "@api@")
            .replace("keycloak:8080", "@keycloak@")
            .replace("/realms/acme", "/realms/" + realm.name())
            .replace(
                "include access-keys/",
                "include " + DOCKER.resolve("gateways/nginx/access-keys") + "/");
    return Nginx.start(
        http,
        Map.of(
            "keycloak",
            realm.uri("").getAuthority(),
            "api",
            api.getAuthority(),
            "other",
            String.valueOf(FreePorts.any()),
            "sample",
            String.valueOf(FreePorts.any())));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
