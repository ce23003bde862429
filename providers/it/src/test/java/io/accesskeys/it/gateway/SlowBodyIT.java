package io.accesskeys.it.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Nginx;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Waiting;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bodies that never end, more of them than Keycloak has threads. Sent to Keycloak itself they hold
 * up everybody, at its own endpoints as at ours, which no extension can mend; behind a proxy that
 * waits for the whole body, as nginx does unless told otherwise, they hold up nobody.
 */
@RequiresTool("nginx")
class SlowBodyIT {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int MORE_THAN_THREADS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration LONG = Duration.ofSeconds(30);

  private static final String PROXY =
      """
      server {
        listen 127.0.0.1:@port@;
        location / {
          proxy_request_buffering @buffering@;
          proxy_pass @keycloak@;
          proxy_set_header Host $http_host;
        }
      }
      """;

  private static TestRealm realm;
  private static TestKey key;

  private final List<Socket> slow = new ArrayList<>();

  @BeforeAll
  static void create() {
    realm = TestRealm.create("slow");
    key = realm.pat("alice", "orders:read");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/protocol/openid-connect/token", "/access-keys/verify"})
  void holdUpNobodyBehindABufferingProxy(String path) throws IOException {
    try (Nginx nginx = nginx("on")) {
      sendUnfinished(nginx, path);
      for (int i = 0; i < 20; i++) {
        assertThat(serves()).isTrue();
      }
    } finally {
      hangUp();
    }
  }

  /** What is known, and what the other test would find. */
  @Test
  void holdUpEverybodyIfTheyAreSentStraightOn() throws IOException {
    try (Nginx nginx = nginx("off")) {
      sendUnfinished(nginx, "/protocol/openid-connect/token");
      assertThat(Waiting.until(() -> !serves(), LONG)).as("nobody is served").isTrue();
    } finally {
      hangUp();
    }
    assertThat(Waiting.until(SlowBodyIT::serves, LONG)).as("everybody is served").isTrue();
  }

  private static Nginx nginx(String buffering) {
    String keycloak = realm.server().baseUri().toString();
    return Nginx.start(PROXY, Map.of("keycloak", keycloak, "buffering", buffering));
  }

  private void sendUnfinished(Nginx nginx, String path) {
    for (int i = 0; i < MORE_THAN_THREADS; i++) {
      slow.add(unfinished(nginx.uri(), "/realms/slow" + path));
    }
  }

  private void hangUp() throws IOException {
    for (Socket socket : slow) {
      socket.close();
    }
  }

  private static boolean serves() {
    URI verify = realm.uri("/access-keys/verify?client=acme-api");
    HttpRequest request =
        HttpRequest.newBuilder(verify).header("X-API-Key", key.text()).timeout(PATIENCE).build();
    try {
      return CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (HttpTimeoutException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Socket unfinished(URI proxy, String path) {
    try {
      Socket socket = new Socket(proxy.getHost(), proxy.getPort());
      String head =
          String.join(
              "\r\n",
              "POST " + path + " HTTP/1.1",
              "Host: " + proxy.getAuthority(),
              "Content-Type: application/x-www-form-urlencoded",
              "Content-Length: 10000",
              "",
              "grant_type=");
      socket.getOutputStream().write(head.getBytes(US_ASCII));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
