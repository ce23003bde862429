package io.accesskeys.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.RecordingApi.Arrived;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a client can write into a request to reach something else in the API than the gateway has
 * looked at, as somebody else, before every shipped file.
 */
@RequiresTool({"nginx", "caddy", "apache2", "mod_auth_openidc.so", "haproxy"})
class GatewayAttackIT {

  private static final String ORDERS = "/orders/7";

  private static TestRealm realm;
  private static Fences fences;
  private static TestKey token;

  @BeforeAll
  static void create() {
    realm = ManyScopes.create("gateway-attacks");
    fences = Fences.of(realm);
    token = realm.pat("alice", "orders:read");
  }

  @AfterAll
  static void remove() {
    fences.close();
    realm.close();
  }

  @BeforeEach
  void forget() {
    fences.arrived();
  }

  static Stream<String> gateways() {
    return Fences.NAMES.stream();
  }

  static Stream<String> all() {
    return Stream.concat(gateways(), Fences.STUBS.stream());
  }

  @ParameterizedTest
  @MethodSource("all")
  void aPathThatCanBeReadInTwoWaysNeverArrives(String gateway) {
    List<String> lines = bearer(gateway, token);
    for (String path : Paths.UNCLEAR) {
      int status = get(gateway, path, lines);
      if (gateway.equals("Envoy")) {
        // It resolves dots, and that is what Keycloak, its own route and the API see.
        assertThat(fences.arrived())
            .as(path)
            .allMatch(arrived -> arrived.uri().toString().matches("/orders/[a-z0-9/]*"));
      } else {
        assertThat(status).as(path).isIn(400, 404, 418);
        assertThat(fences.arrived()).as(path).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyOtherPathArrives(String gateway) {
    List<String> lines = bearer(gateway, token);
    for (String path : Paths.CLEAR) {
      assertThat(get(gateway, path, lines)).as(path).isEqualTo(200);
      URI arrived = only().uri();
      URI sent = URI.create(Fences.at(gateway, path));
      assertThat(arrived.getPath()).isEqualTo(sent.getPath());
      assertThat(arrived.getRawQuery()).isEqualTo(sent.getRawQuery());
    }
  }

  @ParameterizedTest
  @MethodSource("gateways")
  void noHeaderOfTheClientStandsInForThePath(String gateway) {
    List<String> lines = new ArrayList<>(bearer(gateway, token));
    lines.addAll(ForgedHeaders.paths());
    assertThat(get(gateway, ORDERS, lines)).isEqualTo(200);
    assertThat(only().headers().toString()).doesNotContain(ForgedHeaders.VALUE);
  }

  /** {@link GatewayIT} tries some of the files with more of these. */
  @ParameterizedTest
  @MethodSource("gateways")
  void nothingThatTheClientSaysAboutItselfArrives(String gateway) {
    List<String> lines = new ArrayList<>(bearer(gateway, token));
    lines.addAll(ForgedHeaders.names());
    assertThat(get(gateway, ORDERS, lines)).isEqualTo(200);
    assertThat(only().headers().toString()).doesNotContain(ForgedHeaders.VALUE);
  }

  /** Where nobody is asked for a credential, nobody is anybody. */
  @Test
  void onAnOpenRouteNobodyClaimsToBeSomebody() {
    assertThat(get("techniques", "/catalog/", ForgedHeaders.names())).isEqualTo(200);
    assertThat(only().headers().toString()).doesNotContain(ForgedHeaders.VALUE);
  }

  /** An API that changes to HTTP/2 takes requests on the connection that nobody has looked at. */
  @ParameterizedTest
  @MethodSource("gateways")
  void noProtocolIsChangedButToWebSocket(String gateway) {
    List<String> credential = bearer(gateway, token);
    for (String protocol : List.of("h2c", "H2C", "h2c, websocket", "websocket, h2c", "TLS/1.0")) {
      List<String> lines = new ArrayList<>(credential);
      lines.add("Connection: Upgrade, HTTP2-Settings");
      lines.add("Upgrade: " + protocol);
      lines.add("HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA");
      assertThat(get(gateway, ORDERS, lines)).as(protocol).isIn(200, 400);
      for (Arrived arrived : fences.arrived()) {
        assertThat(arrived.header("Upgrade")).as(protocol).isEmpty();
        assertThat(arrived.header("Connection").orElse("").toLowerCase(Locale.ROOT))
            .doesNotContain("upgrade", "http2");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Caddy", "HAProxy"})
  void aWebSocketIsOpenedWhereTheGatewayDoesThat(String gateway) {
    List<String> lines = new ArrayList<>(bearer(gateway, token));
    lines.add("Connection: keep-alive, Upgrade");
    lines.add("Upgrade: WebSocket");
    lines.add("Sec-WebSocket-Version: 13");
    lines.add("Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==");
    assertThat(get(gateway, ORDERS, lines)).isEqualTo(200);
    Arrived arrived = only();
    assertThat(arrived.header("Upgrade")).contains("websocket");
    assertThat(arrived.header("Connection").orElse("")).isEqualToIgnoringCase("upgrade");
  }

  /** A preflight of a browser has no key either: it is for the gateway to answer. */
  @ParameterizedTest
  @MethodSource("gateways")
  void withoutAKeyNothingArrivesWhateverTheMethod(String gateway) {
    URI orders = fences.uri(gateway, ORDERS);
    List<String> preflight = List.of("Origin: http://a", "Access-Control-Request-Method: GET");
    for (String method :
        List.of("GET", "HEAD", "OPTIONS", "POST", "TRACE", "PROPFIND", "get", "CONNECT")) {
      assertThat(RawHttp.send(method, orders, preflight, "").status())
          .as(method)
          .isGreaterThanOrEqualTo(400);
      assertThat(fences.arrived()).as(method).isEmpty();
    }
  }

  /** Where a request ends must be the same for the gateway and for the API. */
  @ParameterizedTest
  @MethodSource("gateways")
  void aRequestInTheBodyOfAnotherOneNeverArrives(String gateway) {
    String hidden = "GET /jobs/hidden HTTP/1.1\r\nHost: a\r\n\r\n";
    String chunked = "0\r\n\r\n" + hidden;
    String whole = "Content-Length: " + chunked.length();
    List<String> credential = bearer(gateway, token);
    for (List<String> lines :
        List.of(
            List.of(whole, "Transfer-Encoding: chunked"),
            List.of("Transfer-Encoding: chunked", "Content-Length: 5"),
            List.of(whole, "Transfer-Encoding : chunked"),
            List.of(whole, "Transfer-Encoding:\tchunked"),
            List.of(whole, "Transfer-Encoding: xchunked"),
            List.of(whole, "Transfer-Encoding: identity, chunked"),
            List.of(whole, "Transfer-Encoding: chunked, identity"),
            List.of(whole, "Transfer-Encoding: \u000bchunked"),
            List.of("Content-Length: 5", whole),
            List.of("Content-Length: +5"),
            List.of("Content-Length: 5, " + chunked.length()),
            List.of("Content-Length: 0x5"))) {
      List<String> head = new ArrayList<>();
      head.add("POST " + Fences.at(gateway, ORDERS) + " HTTP/1.1");
      head.add("Host: localhost");
      head.addAll(credential);
      head.addAll(lines);
      RawHttp.bytes(fences.uri(gateway, ""), String.join("\r\n", head) + "\r\n\r\n" + chunked);
    }
    get(gateway, ORDERS, bearer(gateway, token));
    assertThat(fences.arrived()).noneMatch(arrived -> arrived.uri().toString().contains("jobs"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aKeyWithManyScopesIsNoTrouble(String gateway) {
    assertThat(ManyScopes.length()).isGreaterThan(8_000);
    List<String> lines = bearer(gateway, realm.pat("alice", ManyScopes.all()));
    assertThat(get(gateway, ORDERS, lines)).isEqualTo(200);
    assertThat(only().headers().values().toString()).hasSizeGreaterThan(ManyScopes.length());
    URI orders = fences.uri(gateway, ORDERS);
    assertThat(RawHttp.send("POST", orders, lines, "x".repeat(200_000)).status())
        .as("with a body that fills what a gateway reads at once")
        .isEqualTo(200);
  }

  /** The realm has no host name of its own: its issuer is whatever Keycloak is asked by. */
  @Test
  void theClientCannotSayWhoTheIssuerOfItsJwtIs() {
    for (String host : List.of("evil.example", "evil.example.", "[::1]:1", "127.0.0.1.")) {
      List<String> lines = new ArrayList<>(List.of("Host: " + host));
      lines.addAll(bearer("jwt", token));
      lines.add("X-Forwarded-Host: evil.example");
      assertThat(RawHttp.getWithHost(fences.uri("jwt", ORDERS), lines).status())
          .as(host)
          .isEqualTo(200);
      String jwt = only().header("X-Auth-Jwt").orElseThrow();
      assertThat(TestRealm.claims(jwt).path("iss").asText()).isEqualTo(realm.uri("").toString());
    }
  }

  /** HAProxy takes no keys, but the JWTs that they are traded for. */
  private static List<String> bearer(String gateway, TestKey key) {
    String credential = gateway.equals("HAProxy") ? realm.jwt(key) : key.text();
    return List.of("Authorization: Bearer " + credential);
  }

  private static int get(String gateway, String path, List<String> lines) {
    return RawHttp.target(fences.uri(gateway, ""), Fences.at(gateway, path), lines).status();
  }

  private static Arrived only() {
    List<Arrived> arrived = fences.arrived();
    assertThat(arrived).hasSize(1);
    return arrived.get(0);
  }
}
