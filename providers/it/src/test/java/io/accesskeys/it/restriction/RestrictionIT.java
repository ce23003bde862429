package io.accesskeys.it.restriction;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A key restricted to an address range, on every entry point. */
class RestrictionIT {

  private static TestRealm realm;
  private static TestKey key;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("restriction");
    key =
        realm.pat(
            "alice",
            Map.of(
                "scopes",
                List.of("orders:read"),
                "restrictions",
                List.of(
                    Map.of(
                        "type", "ip",
                        "allow", List.of("203.0.113.0/24", "2001:db8::/32"),
                        "not", List.of("203.0.113.7")))));
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @Test
  void theRestrictionIsShown() {
    assertThat(Http.get(realm.uri("/access-keys/" + key.id()), realm.as("alice")).body())
        .contains("\"restrictions\":[{\"type\":\"ip\",\"allow\":[\"203.0.113.0/24\"");
  }

  @Test
  void introspectionGoesByTheAddressThatTheCallerNames() {
    assertThat(active(key.text(), "203.0.113.9")).isTrue();
    assertThat(active(key.text(), "2001:db8::1")).isTrue();
    assertThat(active(key.text(), "::ffff:203.0.113.9")).isTrue();
    assertThat(active(key.text(), "203.0.113.7")).isFalse();
    assertThat(active(key.text(), "198.51.100.1")).isFalse();
    assertThat(active(key.text(), "unknown")).isFalse();
    assertThat(active(key.text(), "localhost")).isFalse();
    assertThat(active(key.text(), "")).isFalse();
    assertThat(realm.introspect(key.text(), Map.of()).json().path("active").asBoolean()).isFalse();
  }

  @Test
  void forwardAuthAndGrantGoByTheAddressThatKeycloakResolves() {
    assertThat(verify("203.0.113.9").status()).isEqualTo(200);
    assertThat(verify("2001:db8::1").status()).isEqualTo(200);
    assertThat(verify("203.0.113.7").status()).isEqualTo(401);
    assertThat(verify("198.51.100.1").status()).isEqualTo(401);
    assertThat(verify("unknown").status()).isEqualTo(401);
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
    assertThat(realm.grant(key.text(), Map.of()).text("error")).isEqualTo("invalid_grant");
    assertThat(grant("203.0.113.9").status()).isEqualTo(200);
  }

  @Test
  void aTokenMintedFromItIsActiveOnlyFromTheRange() {
    String jwt = grant("203.0.113.9").expect(200).text("access_token");
    // The issuer is that of the address the request seemed to come to.
    assertThat(introspectAt(jwt, "203.0.113.9")).isTrue();
    assertThat(introspectAt(jwt, "198.51.100.1")).isFalse();
    assertThat(introspectAt(jwt, null)).isFalse();
  }

  private static boolean active(String token, String clientIp) {
    return realm
        .introspect(token, Map.of("client_ip", clientIp))
        .expect(200)
        .json()
        .path("active")
        .asBoolean();
  }

  private static boolean introspectAt(String jwt, String clientIp) {
    return Http.form(
            realm.uri("/protocol/openid-connect/token/introspect"),
            TestRealm.and(
                TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"),
                Map.of("X-Forwarded-Proto", "https")),
            clientIp == null ? Map.of("token", jwt) : Map.of("token", jwt, "client_ip", clientIp))
        .expect(200)
        .json()
        .path("active")
        .asBoolean();
  }

  private static Reply verify(String address) {
    return Http.get(
        realm.uri("/access-keys/verify?client=acme-api"),
        TestRealm.and(TestRealm.bearer(key.text()), from(address)));
  }

  private static Reply grant(String address) {
    return Http.form(
        realm.uri("/protocol/openid-connect/token"),
        from(address),
        Map.of("grant_type", TestRealm.GRANT, "client_id", "acme-api", "access_key", key.text()));
  }

  /** As a proxy says that the server trusts; over HTTPS, since such an address is external. */
  private static Map<String, String> from(String address) {
    return Map.of("X-Forwarded-For", address, "X-Forwarded-Proto", "https");
  }
}
