package io.accesskeys.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.Network;
import io.accesskeys.bench.Network.Cable;
import io.accesskeys.bench.Network.Machine;
import io.accesskeys.bench.Nginx;
import io.accesskeys.bench.RequiresNamespaces;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two proxies deep, each on a machine with addresses of its own, and both append: two clients, an
 * outer nginx, an inner nginx, Keycloak. A key is restricted to the address of the one client.
 */
@RequiresNamespaces
@RequiresTool({"nginx", "curl"})
class ProxyChainIT {

  private static final String SERVER =
      """
      server {
        listen @listen@:@port@;
        location / {
          proxy_pass @next@;
          proxy_set_header Host @host@;
          proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
          proxy_set_header X-Forwarded-Proto https;
        }
      }
      """;

  private static Network network;
  private static Machine good;
  private static Machine bad;
  private static String goodAddress;
  private static String goodGate;
  private static String badGate;
  private static String outerAddress;
  private static Nginx inner;
  private static Nginx outer;
  private static TestRealm realm;
  private static TestKey key;

  @BeforeAll
  static void create() {
    network = Network.create();
    good = network.machine("good");
    bad = network.machine("bad");
    Machine gate = network.machine("outer");
    Cable ofGood = network.join(gate, good);
    Cable ofBad = network.join(gate, bad);
    Cable inward = network.join(Network.here(), gate);
    goodAddress = ofGood.other();
    goodGate = ofGood.one();
    badGate = ofBad.one();
    outerAddress = inward.other();
    inner = nginx(Network.here(), inward.one(), inward.one(), KeycloakServer.shared().baseUri());
    outer = nginx(gate, "0.0.0.0", outerAddress, inner.uri());

    realm = TestRealm.create("proxy-chain");
    realm.policy(Map.of("trusted-proxies", "127.0.0.1##" + outerAddress)).expect(204);
    key = realm.patFrom("alice", goodAddress);
  }

  @AfterAll
  static void remove() {
    realm.close();
    outer.close();
    inner.close();
    network.close();
  }

  @Test
  void theClientAtTheRightAddressIsLetIn() {
    assertThat(verify(good, goodGate)).isEqualTo("200");
    assertThat(grant(good, goodGate)).isEqualTo("200");
  }

  @Test
  void anyOtherIsNot() {
    assertThat(verify(bad, badGate)).isEqualTo("401");
    assertThat(grant(bad, badGate)).isEqualTo("400");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "%s, %s",
        "%s, 127.0.0.1",
        "unknown, %s",
        "%s:4711",
        "[::ffff:%s]:4711",
        " %s ,",
      })
  void whateverItClaims(String claim) {
    String header = "X-Forwarded-For: " + claim.replace("%s", goodAddress);
    assertThat(verify(bad, badGate, "-H", header)).isEqualTo("401");
    assertThat(grant(bad, badGate, "-H", header)).isEqualTo("400");
    String behindOuter = header + ", " + outerAddress;
    assertThat(verify(bad, badGate, "-H", behindOuter)).isEqualTo("401");
    assertThat(verify(bad, badGate, "-H", header, "-H", header)).isEqualTo("401");
    assertThat(verify(bad, badGate, "-H", "Forwarded: for=" + goodAddress)).isEqualTo("401");
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.1", "<garbage>", "unknown", "192.0.2.1, 192.0.2.2"})
  void theRightClientIsLetInWhateverItClaims(String claim) {
    String header = "X-Forwarded-For: " + claim;
    assertThat(verify(good, goodGate, "-H", header)).isEqualTo("200");
    assertThat(grant(good, goodGate, "-H", header)).isEqualTo("200");
  }

  private static String verify(Machine from, String gate, String... more) {
    return status(
        from,
        more,
        "-H",
        "Authorization: Bearer " + key.text(),
        at(gate, "/access-keys/verify?client=acme-api"));
  }

  private static String grant(Machine from, String gate, String... more) {
    return status(
        from,
        more,
        "-d",
        Http.encode(
            Map.of(
                "grant_type", TestRealm.GRANT, "client_id", "acme-api", "access_key", key.text())),
        at(gate, "/protocol/openid-connect/token"));
  }

  private static String status(Machine from, String[] some, String... more) {
    return from.curl(
        Stream.of(List.of("-o", "/dev/null", "-w", "%{http_code}"), List.of(some), List.of(more))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  private static String at(String gate, String path) {
    return "http://" + gate + ":" + outer.uri().getPort() + "/realms/" + realm.name() + path;
  }

  private static Nginx nginx(Machine machine, String listen, String reachedAt, URI next) {
    Map<String, String> values =
        Map.of(
            "listen", listen,
            "next", next.toString(),
            "host", KeycloakServer.shared().baseUri().getAuthority());
    return Nginx.start(SERVER, values, machine, reachedAt);
  }
}
