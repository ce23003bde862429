package io.accesskeys.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.Network;
import io.accesskeys.bench.Nginx;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Waiting;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Keys that are restricted to addresses, through a real nginx that treats {@code X-Forwarded-For}
 * in one way or another. The client is on the loopback interface; nginx reaches Keycloak from an
 * address of its own.
 */
@RequiresTool("nginx")
class ProxyIT {

  private static final String NGINX = "127.0.0.9";
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String ELSEWHERE = "203.0.113.9";
  private static final Path SHIPPED = Checkout.root().resolve("docker/nginx/nginx.conf");

  private static final String SERVER =
      """
      server {
        listen @address@:@port@;
        location / {
          proxy_pass @keycloak@;
          proxy_bind @nginx@;
          proxy_set_header Host @host@;
          @headers@
        }
      }
      """;

  /** What nginx does with the header. */
  private enum Proxy {
    APPENDS("proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;"),
    OVERWRITES("proxy_set_header X-Forwarded-For $remote_addr;"),
    OVERWRITES_AS_SHIPPED(shippedHeaders()),
    DROPS("proxy_set_header X-Forwarded-For \"\";"),
    DOUBLES(
        "proxy_set_header X-Forwarded-For $http_x_forwarded_for;"
            + " proxy_set_header X-Forwarded-For $remote_addr;");

    private final String headers;

    Proxy(String headers) {
      this.headers = headers;
    }

    /** Whether Keycloak, which takes the leftmost entry, gets one that the client has written. */
    boolean lets() {
      return this == APPENDS || this == DOUBLES;
    }
  }

  /** How the client reaches nginx. */
  private enum Family {
    V4("127.0.0.1", "127.0.0.1"),
    V6("[::1]", "::1");

    private final String listen;
    private final String client;

    Family(String listen, String client) {
      this.listen = listen;
      this.client = client;
    }
  }

  private static final Map<Family, Map<Proxy, Nginx>> PROXIES = new EnumMap<>(Family.class);

  private static TestRealm realm;
  private static TestKey elsewhere;
  private static TestKey here;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("proxy");
    // Else Keycloak itself refuses whoever claims to be outside, and not for the address.
    realm.change("", Map.of("sslRequired", "none"));
    elsewhere = restricted("203.0.113.0/24");
    here = restricted("127.0.0.1", "::1");
    for (Family family : Family.values()) {
      Map<Proxy, Nginx> started = new EnumMap<>(Proxy.class);
      PROXIES.put(family, started);
      for (Proxy proxy : Proxy.values()) {
        started.put(proxy, start(proxy, family));
      }
    }
  }

  @AfterAll
  static void remove() {
    PROXIES.values().forEach(started -> started.values().forEach(Nginx::close));
    realm.close();
  }

  @AfterEach
  void backToDefaults() {
    realm.policy(Map.of()).expect(204);
  }

  @ParameterizedTest
  @EnumSource
  void withTheProxyNamedNoClaimPasses(Proxy proxy) {
    trust(NGINX);
    for (Family family : Family.values()) {
      Nginx nginx = PROXIES.get(family).get(proxy);
      for (String claim :
          List.of(
              ELSEWHERE,
              ELSEWHERE + ", " + NGINX,
              NGINX + ", " + ELSEWHERE,
              "unknown, " + ELSEWHERE,
              ELSEWHERE + ":80",
              "::ffff:" + ELSEWHERE)) {
        assertRefused(nginx, claim);
      }
    }
  }

  /** Whoever drops the header lets nobody say who the client is. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "DROPS")
  void withTheProxyNamedTheClientIsLetInWhateverItClaims(Proxy proxy) {
    trust(NGINX);
    for (Family family : Family.values()) {
      Nginx nginx = PROXIES.get(family).get(proxy);
      for (Map<String, String> claim :
          List.of(Map.<String, String>of(), claiming(ELSEWHERE), claiming("<garbage>"))) {
        assertThat(verify(nginx, here, claim).status()).as(family + " " + claim).isEqualTo(200);
        assertThat(grant(nginx, here, claim).status()).as(family + " " + claim).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void withoutItAClaimPassesOnlyAProxyThatKeepsIt(Proxy proxy) {
    for (Family family : Family.values()) {
      Nginx nginx = PROXIES.get(family).get(proxy);
      if (proxy.lets()) {
        assertThat(verify(nginx, elsewhere, claiming(ELSEWHERE)).status()).isEqualTo(200);
      } else {
        assertRefused(nginx, ELSEWHERE);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theShippedHeadersAlwaysLetTheRightClientIn(Family family) {
    Nginx nginx = PROXIES.get(family).get(Proxy.OVERWRITES_AS_SHIPPED);
    assertThat(verify(nginx, here, Map.of()).status()).isEqualTo(200);
    assertThat(verify(nginx, here, claiming(ELSEWHERE)).status()).isEqualTo(200);
    assertThat(grant(nginx, here, claiming(ELSEWHERE)).status()).isEqualTo(200);
    assertThat(verify(nginx, here, Map.of("Forwarded", "for=" + ELSEWHERE)).status())
        .isEqualTo(200);
  }

  @Test
  void aProxyThatIsNotAmongTheNamedIsTheClientItself() {
    trust("10.0.0.0/8");
    Nginx nginx = PROXIES.get(Family.V4).get(Proxy.OVERWRITES);
    assertThat(verify(nginx, here, Map.of()).status()).isEqualTo(401);
    assertThat(verify(nginx, restricted(NGINX), claiming(ELSEWHERE)).status()).isEqualTo(200);
  }

  @Test
  void whereAllAreProxiesTheLeftmostIsTheClient() {
    trust("127.0.0.0/8");
    Nginx nginx = PROXIES.get(Family.V4).get(Proxy.APPENDS);
    assertThat(verify(nginx, here, Map.of()).status()).isEqualTo(200);
    assertThat(verify(nginx, elsewhere, claiming(ELSEWHERE)).status())
        .as("who is in a trusted range is believed")
        .isEqualTo(200);
  }

  @Test
  void usesAndEventsNameTheAddressThatWasLookedAt() {
    trust(NGINX);
    Nginx nginx = PROXIES.get(Family.V6).get(Proxy.APPENDS);
    verify(nginx, restricted("203.0.113.0/24"), claiming(ELSEWHERE));
    JsonNode events =
        realm.admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR", null).expect(200).json();
    assertThat(events.path(0).path("ipAddress").asText()).isEqualTo(Family.V6.client);

    TestKey free = realm.pat("alice", "orders:read");
    assertThat(verify(nginx, free, claiming(ELSEWHERE)).status()).isEqualTo(200);
    assertThat(Waiting.until(() -> usedFrom(free).equals(Family.V6.client), LIMIT)).isTrue();
  }

  private static String usedFrom(TestKey key) {
    return realm.adminKey("GET", key, "/usage", null).expect(200).text("lastUsedFrom");
  }

  @Test
  void aProxyThatCannotBeReadIsRefused() {
    Reply refused = realm.policy(Map.of("trusted-proxies", NGINX + "##proxy.test"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text("field")).isEqualTo("trusted-proxies");
  }

  private static void assertRefused(Nginx nginx, String claim) {
    assertThat(verify(nginx, elsewhere, claiming(claim)).status()).as(claim).isEqualTo(401);
    assertThat(grant(nginx, elsewhere, claiming(claim)).text("error"))
        .as(claim)
        .isEqualTo("invalid_grant");
  }

  private static void trust(String range) {
    realm.policy(Map.of("trusted-proxies", range)).expect(204);
  }

  private static TestKey restricted(String... ranges) {
    return realm.patFrom("alice", ranges);
  }

  private static Map<String, String> claiming(String address) {
    return Map.of("X-Forwarded-For", address);
  }

  private static Reply verify(Nginx nginx, TestKey key, Map<String, String> headers) {
    return Http.get(
        through(nginx, "/access-keys/verify?client=acme-api"),
        TestRealm.and(TestRealm.bearer(key.text()), headers));
  }

  private static Reply grant(Nginx nginx, TestKey key, Map<String, String> headers) {
    return Http.form(
        through(nginx, "/protocol/openid-connect/token"),
        headers,
        Map.of("grant_type", TestRealm.GRANT, "client_id", "acme-api", "access_key", key.text()));
  }

  private static URI through(Nginx nginx, String path) {
    return URI.create(nginx.uri() + "/realms/" + realm.name() + path);
  }

  private static Nginx start(Proxy proxy, Family family) {
    URI keycloak = KeycloakServer.shared().baseUri();
    return Nginx.start(
        SERVER,
        Map.of(
            "address",
            family.listen,
            "keycloak",
            keycloak.toString(),
            "nginx",
            NGINX,
            "host",
            keycloak.getAuthority(),
            "headers",
            proxy.headers),
        Network.here(),
        family.listen);
  }

  /** Every header about addresses that the shipped set-up sends to Keycloak. */
  private static String shippedHeaders() {
    try {
      String headers =
          Files.readAllLines(SHIPPED).stream()
              .map(String::strip)
              .filter(line -> line.matches("proxy_set_header (X-Forwarded-\\w+|Forwarded) .*"))
              .distinct()
              .collect(Collectors.joining("\n"));
      assertThat(headers).contains("X-Forwarded-For", "X-Forwarded-Proto", "Forwarded \"\"");
      return headers;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
