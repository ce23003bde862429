package io.accesskeys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.accesskeys.bench.Gateway.Place;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped files in a real nginx, before a Keycloak that lets everybody in. */
@RequiresTool("nginx")
final class NginxFilesTest {

  private final ConcurrentLinkedQueue<Headers> asked = new ConcurrentLinkedQueue<>();
  private HttpServer keycloak;
  private RecordingApi api;

  @BeforeEach
  void start() throws IOException {
    InetSocketAddress address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePorts.any());
    keycloak = HttpServer.create(address, 0);
    keycloak.createContext("/", this::letIn);
    keycloak.start();
    api = RecordingApi.start();
  }

  @AfterEach
  void stop() {
    api.close();
    keycloak.stop(0);
  }

  private void letIn(HttpExchange exchange) throws IOException {
    asked.add(exchange.getRequestHeaders());
    exchange.getResponseHeaders().set("Cache-Control", "max-age=30");
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /**
   * The two requests of a pair differ in what they send and what is demanded of it, but put one
   * after the other with a sign between them their parts are the same text.
   */
  @Test
  void anAnswerIsKeptForTheVeryQuestionOnly() throws IOException {
    try (Gateway gateway = start("cached", UnaryOperator.identity())) {
      for (char sign : "|;, \t&".toCharArray()) {
        String s = String.valueOf(sign);
        List<String> first =
            List.of(
                "Authorization: a", "X-API-Key: b", "Origin: c", "X-Ios-Bundle-Identifier: " + s);
        List<String> second = List.of("Authorization: a" + s + "b", "X-API-Key: c");
        assertThat(questions(gateway, "/orders/", first, "/orders/", second)).as(s).isEqualTo(2);
      }
      String orders = "&scope=orders:read";
      String jobs = "&kind=api-key&scope=orders:read";
      List<String> first =
          List.of(
              "Host: [x",
              "X-API-Key: k",
              "Referer: ]",
              "X-Android-Package: " + jobs,
              "X-Android-Cert: 127.0.0.1",
              "X-Ios-Bundle-Identifier: |k|||||");
      List<String> second = List.of("Host: [x|" + orders + "|127.0.0.1||k||]", "X-API-Key: k");
      assertThat(questions(gateway, "/orders/", first, "/jobs/", second)).isEqualTo(2);

      assertThat(questions(gateway, "/orders/", second, "/orders/", second))
          .as("the same question, known since the first of them")
          .isEqualTo(1);
    }
  }

  /** How often Keycloak is asked by one request and another one. */
  private int questions(
      Gateway gateway, String path, List<String> lines, String nextPath, List<String> nextLines)
      throws IOException {
    asked.clear();
    assertThat(get(gateway, path, lines)).isEqualTo(200);
    assertThat(get(gateway, nextPath, nextLines)).isEqualTo(200);
    return asked.size();
  }

  /** A cache key is right if it has everything that Keycloak gets. */
  @Test
  void whereAnswersAreKeptKeycloakGetsWhatTheCacheKeyHasAndNothingElse() throws IOException {
    try (Gateway gateway = start("cached", UnaryOperator.identity())) {
      get(
          gateway,
          "/orders/",
          List.of(
              "Authorization: Bearer a",
              "Origin: http://a",
              "Origin: http://b",
              "Referer: http://c",
              "X-Android-Package: d",
              "X-Android-Cert: e",
              "X-Ios-Bundle-Identifier: f",
              "Accept: g/h",
              "Content-Type: i",
              "Cookie: j=k",
              "Via: l",
              "X-Required-Scope: m",
              "X-Own: n"));
      Headers headers = asked.remove();
      assertThat(headers.keySet())
          .containsExactlyInAnyOrder(
              "Host",
              "X-forwarded-host",
              "X-forwarded-for",
              "X-forwarded-proto",
              "Authorization",
              "Origin",
              "Referer",
              "X-android-package",
              "X-android-cert",
              "X-ios-bundle-identifier");
      assertThat(headers.values()).allMatch(values -> values.size() == 1);
      String keycloakItself =
          keycloak.getAddress().getHostString() + ":" + keycloak.getAddress().getPort();
      assertThat(headers.getFirst("Host")).isEqualTo(keycloakItself);
      assertThat(headers.getFirst("X-Forwarded-Host")).isEqualTo(keycloakItself);
    }
  }

  @Test
  void aRouteThatDemandsNothingLetsNobodyIn() throws IOException {
    UnaryOperator<String> without = file -> file.replaceFirst("set \\$demand [^;]*;", "");
    for (String file : List.of("forward-auth", "jwt", "phantom-token", "techniques", "cached")) {
      try (Gateway gateway = start(file, without)) {
        assertThat(get(gateway, "/orders/", List.of())).as(file).isEqualTo(403);
        assertThat(get(gateway, "/people/", List.of())).as(file).isEqualTo(200);
      }
    }
  }

  /** Whoever has one address of a network of IPv6 has all of them. */
  @Test
  void theLimitOfOneAddressIsThatOfItsWholeNetwork() throws IOException {
    UnaryOperator<String> behindAnother =
        file -> "set_real_ip_from 127.0.0.1; real_ip_header X-Real-IP;\n" + file;
    try (Gateway gateway = start("rate-limits", behindAnother)) {
      List<Integer> network = new ArrayList<>();
      for (String address : each(i -> "2001:db8:0:a:" + i + "::" + i)) {
        network.add(get(gateway, "/catalog/", List.of("X-Real-IP: " + address)));
      }
      assertThat(network).startsWith(200).endsWith(429);
      for (String address :
          Stream.concat(
                  each(i -> "2001:db8:0:b" + i + "::1").stream(),
                  each(i -> "198.51.100." + i).stream())
              .toList()) {
        assertThat(get(gateway, "/catalog/", List.of("X-Real-IP: " + address)))
            .as(address)
            .isEqualTo(200);
      }
    }
  }

  /** Where nobody is asked for a credential, nobody is anybody. */
  @Test
  void onAnOpenRouteNobodyClaimsToBeSomebody() throws IOException {
    try (Gateway gateway = start("rate-limits", UnaryOperator.identity())) {
      List<String> lines =
          List.of("X-Auth-Subject: forged", "X_Auth_Subject: forged", "X-Auth-Jwt: forged");
      assertThat(get(gateway, "/catalog/", lines)).isEqualTo(200);
      assertThat(asked).isEmpty();
      assertThat(api.take().toString()).contains("catalog").doesNotContain("forged");
    }
  }

  private static List<String> each(IntFunction<String> address) {
    return IntStream.rangeClosed(1, 8).mapToObj(address).toList();
  }

  private Gateway start(String file, UnaryOperator<String> change) {
    URI realm = URI.create("http://127.0.0.1:" + keycloak.getAddress().getPort() + "/realms/r");
    return Gateway.start("nginx/" + file + ".conf", new Place(realm, "", api.uri()), change);
  }

  /** The status of a request with exactly these lines, and a host if there is none among them. */
  private static int get(Gateway gateway, String path, List<String> lines) throws IOException {
    List<String> head = new ArrayList<>(List.of("GET " + path + " HTTP/1.1"));
    if (lines.stream().noneMatch(line -> line.startsWith("Host:"))) {
      head.add("Host: localhost");
    }
    head.addAll(lines);
    head.add("Connection: close");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.uri().getPort())) {
      socket.setSoTimeout(20_000);
      String request = String.join("\r\n", head) + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      InputStream answer = socket.getInputStream();
      return Integer.parseInt(
          new String(answer.readNBytes(12), StandardCharsets.ISO_8859_1).substring(9));
    }
  }
}
