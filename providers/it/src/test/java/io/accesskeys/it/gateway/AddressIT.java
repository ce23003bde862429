package io.accesskeys.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Full;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.TestAddress;
import io.accesskeys.bench.TestAddress.Seen;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Keycloak makes of the headers of proxies under each configuration, and what we do. */
class AddressIT {

  private static final String X_FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED = "Forwarded";

  @Test
  void xForwardedForIsTakenAsDocumented() {
    try (TestRealm realm = TestRealm.create("address")) {
      assertAsDocumented(realm, X_FORWARDED_FOR);
    }
  }

  /** Keycloak takes the first line, but the last one of a request that asks for HTTP/2. */
  @Test
  void linesCountInTheirOrderWhateverTheProxySpeaks() {
    try (TestRealm realm = TestRealm.create("address")) {
      realm.policy(Map.of("trusted-proxies", "127.0.0.1")).expect(204);
      TestAddress eyes = TestAddress.of(realm.server(), realm.name());
      List<Map.Entry<String, String>> twoLines =
          headers(X_FORWARDED_FOR, List.of("192.0.2.1", "198.51.100.1, 203.0.113.9"));
      assertThat(eyes.seen(Version.HTTP_2, twoLines))
          .as("the request that asks for HTTP/2")
          .contains(new Seen("198.51.100.1", "198.51.100.1", "203.0.113.9"));
      assertThat(eyes.seen(Version.HTTP_2, twoLines))
          .contains(new Seen("192.0.2.1", "192.0.2.1", "203.0.113.9"));
    }
  }

  @Test
  void forwardedIsTakenAsDocumented() {
    try (KeycloakServer server = start(List.of("--proxy-headers=forwarded"));
        TestRealm realm = TestRealm.create(server, "address")) {
      assertAsDocumented(realm, FORWARDED);
      assertThat(client(realm, X_FORWARDED_FOR, "203.0.113.9")).isEqualTo("127.0.0.1");

      realm.policy(Map.of("trusted-proxies", "127.0.0.1##198.51.100.0/24")).expect(204);
      assertThat(client(realm, FORWARDED, "for=192.0.2.1, for=203.0.113.9;proto=https"))
          .isEqualTo("203.0.113.9");
      assertThat(
              client(realm, FORWARDED, "for=192.0.2.1", "for=203.0.113.9, for=\"198.51.100.7:80\""))
          .isEqualTo("203.0.113.9");
      assertThat(client(realm, FORWARDED, "for=203.0.113.9, for=unknown")).isEqualTo("unknown");
      assertThat(client(realm, X_FORWARDED_FOR, "203.0.113.9"))
          .as("a header that no proxy of this set-up looks after")
          .isEqualTo("127.0.0.1");
    }
  }

  /** Keycloak does not validate an import. */
  @Test
  void importedProxiesThatCannotBeReadMakeEveryAddressUnknown() {
    String setting = "\"personal-access-token.max-lifetime\"";
    String bad =
        TestRealm.shipped("address").replace(setting, "\"trusted-proxies\":\"x\"," + setting);
    try (TestRealm realm = TestRealm.imported("address", bad)) {
      assertThat(client(realm, X_FORWARDED_FOR)).isEqualTo("unknown");
      assertThat(client(realm, X_FORWARDED_FOR, "203.0.113.9")).isEqualTo("unknown");
    }
  }

  @Test
  void aPeerThatTheServerDoesNotTrustSpeaksForNobody() {
    try (KeycloakServer server = start(List.of("--proxy-trusted-addresses=10.0.0.0/8"));
        TestRealm realm = TestRealm.create(server, "address")) {
      assertThat(client(realm, X_FORWARDED_FOR, "203.0.113.9")).isEqualTo("127.0.0.1");
      realm.policy(Map.of("trusted-proxies", "127.0.0.1")).expect(204);
      assertThat(client(realm, X_FORWARDED_FOR, "203.0.113.9")).isEqualTo("127.0.0.1");
      List<Map.Entry<String, String>> alsoTrusted =
          List.of(
              Map.entry(X_FORWARDED_FOR, "203.0.113.9"),
              Map.entry("X-Forwarded-Trusted-Proxy", "true"));
      assertThat(seen(realm, alsoTrusted).orElseThrow().client())
          .as("it cannot say itself that it is trusted")
          .isEqualTo("127.0.0.1");
    }
  }

  @Test
  @Full
  void withoutProxyHeadersNoHeaderIsLookedAtAndNothingIsWarnedOf() throws IOException {
    try (KeycloakServer server = start(List.of("--proxy-headers=", "--proxy-trusted-addresses="));
        TestRealm realm = TestRealm.create(server, "address")) {
      realm.policy(Map.of("trusted-proxies", "127.0.0.1")).expect(204);
      assertThat(client(realm, X_FORWARDED_FOR, "203.0.113.9")).isEqualTo("127.0.0.1");
      assertThat(client(realm, FORWARDED, "for=203.0.113.9")).isEqualTo("127.0.0.1");
      JsonNode proxy = proxy(realm);
      assertThat(proxy.has("headers")).isFalse();
      assertThat(proxy.path("trustedAddresses").asBoolean()).isFalse();
      assertThat(proxy.has("warning")).isFalse();
      assertThat(warnings(server)).isZero();
    }
  }

  /**
   * The server's JVM finds names in this file and asks no DNS. A name that it can find passes for
   * its address wherever somebody looks one up.
   */
  @Test
  @Full
  void headersFromEverybodyAreWarnedOfAndNoNameIsEverLookedUp(@TempDir Path folder)
      throws IOException {
    Path hosts = folder.resolve("hosts");
    Files.writeString(hosts, "127.0.0.1 localhost\n203.0.113.9 inside.test\n");
    try (KeycloakServer server =
            start(List.of("--proxy-trusted-addresses=", "-Djdk.net.hosts.file=" + hosts));
        TestRealm realm = TestRealm.create(server, "address")) {
      assertThat(proxy(realm).path("trustedAddresses").asBoolean()).isFalse();
      assertThat(proxy(realm).path("warning").asText()).contains("--proxy-trusted-addresses");
      assertThat(warnings(server)).isEqualTo(1);
      assertNamesAreNoAddresses(realm);
    }
  }

  private static void assertNamesAreNoAddresses(TestRealm realm) {
    TestAddress eyes = TestAddress.of(realm.server(), realm.name());
    assertThat(eyes.resolved("inside.test")).as("the control").isEqualTo("203.0.113.9");
    assertThat(eyes.resolved("outside.test")).as("the control").isEqualTo("none");

    TestKey key = realm.pat("alice", restrictedTo("203.0.113.0/24"));
    assertThat(verify(realm, key, "203.0.113.9")).as("the control").isEqualTo(200);
    assertThat(verify(realm, key, "inside.test")).isEqualTo(401);
    assertThat(active(realm, key, "203.0.113.9")).as("the control").isTrue();
    assertThat(active(realm, key, "inside.test")).isFalse();
    assertThat(
            realm
                .adminKey("POST", key, "/explain", "{\"address\":\"inside.test\"}")
                .expect(200)
                .text("restrictionReason"))
        .isEqualTo("address_unknown");

    realm.policy(Map.of("trusted-proxies", "127.0.0.1")).expect(204);
    assertThat(verify(realm, key, "203.0.113.9")).as("the control").isEqualTo(200);
    assertThat(verify(realm, key, "inside.test")).isEqualTo(401);
    assertThat(realm.policy(Map.of("trusted-proxies", "inside.test")).status()).isEqualTo(400);

    String body =
        "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\","
            + "\"restrictions\":[{\"type\":\"ip\",\"allow\":[\"inside.test\"]}]}";
    assertThat(realm.create("alice", body).status()).isEqualTo(400);
  }

  private static Map<String, ?> restrictedTo(String range) {
    return Map.of(
        "scopes",
        List.of("orders:read"),
        "restrictions",
        List.of(Map.of("type", "ip", "allow", List.of(range))));
  }

  private static int verify(TestRealm realm, TestKey key, String address) {
    return Http.get(
            realm.uri("/access-keys/verify?client=acme-api"),
            TestRealm.and(
                TestRealm.bearer(key.text()),
                Map.of(X_FORWARDED_FOR, address, "X-Forwarded-Proto", "https")))
        .status();
  }

  private static boolean active(TestRealm realm, TestKey key, String address) {
    return realm
        .introspect(key.text(), Map.of("client_ip", address))
        .expect(200)
        .json()
        .path("active")
        .asBoolean();
  }

  private static void assertAsDocumented(TestRealm realm, String header) {
    SoftAssertions softly = new SoftAssertions();
    for (AddressTable.Row row : AddressTable.of(header)) {
      List<String> measured =
          seen(realm, headers(header, row.lines()))
              .map(seen -> List.of(seen.address(), seen.host(), seen.client()))
              .orElse(List.of("no answer"));
      softly.assertThat(measured).as("%s: %s", header, row.lines()).isEqualTo(row.expected());
    }
    softly.assertAll();
  }

  /** The address that restrictions see of a request with these lines of a header. */
  private static String client(TestRealm realm, String header, String... lines) {
    return seen(realm, headers(header, List.of(lines))).orElseThrow().client();
  }

  private static Optional<Seen> seen(TestRealm realm, List<Map.Entry<String, String>> headers) {
    return TestAddress.of(realm.server(), realm.name()).seen(Version.HTTP_1_1, headers);
  }

  private static List<Map.Entry<String, String>> headers(String name, List<String> lines) {
    return lines.stream().map(line -> Map.entry(name, line)).toList();
  }

  private static JsonNode proxy(TestRealm realm) {
    return realm.admin("GET", "/access-keys/health", null).expect(200).json().path("proxy");
  }

  private static long warnings(KeycloakServer server) throws IOException {
    return Files.readAllLines(server.log()).stream()
        .filter(line -> line.contains("WARN") && line.contains("without --proxy-trusted-addresses"))
        .count();
  }

  private static KeycloakServer start(List<String> options) {
    return KeycloakServer.start(Settings.ofItsOwn().withOptions(options));
  }
}
