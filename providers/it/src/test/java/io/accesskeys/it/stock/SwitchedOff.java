package io.accesskeys.it.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A server with every switch off that the documentation knows, and keys in its database.
 *
 * @param realm of the keys
 * @param pat which was good until then
 * @param secret of billing-worker, which was good until then
 */
record SwitchedOff(KeycloakServer server, TestRealm realm, TestKey pat, TestKey secret)
    implements AutoCloseable {

  static final String REALM = "switches";

  private static final Pattern SWITCH =
      Pattern.compile("(?m)^\\| `(--spi-[^`]+=false)` \\| (build|start) \\|");
  private static final Map<String, String> CLIENT_CREDENTIALS =
      Map.of("grant_type", "client_credentials");

  /** Starts one on a database that a server with nothing switched off has left. */
  static SwitchedOff started() throws IOException {
    Settings on = Settings.ofItsOwn();
    TestKey pat;
    TestKey secret;
    try (KeycloakServer server = KeycloakServer.start(on)) {
      TestRealm realm = TestRealm.create(server, REALM);
      letTheWorkerReachTheGateway(realm);
      realm.policy(Map.of("revocation-endpoint", "access-keys")).expect(204);
      pat = realm.pat("alice", "orders:read");
      secret = realm.clientSecret("billing-worker", Map.of());
      assertAllOfItWorks(realm, pat, secret);
    }
    KeycloakServer off =
        KeycloakServer.start(
            on.withProviders(Settings.standard().providers())
                .withBuildOptions(
                    Stream.concat(on.buildOptions().stream(), switches("build")).toList())
                .withOptions(switches("start").toList()));
    return new SwitchedOff(off, TestRealm.existing(off, REALM), pat, secret);
  }

  private static void letTheWorkerReachTheGateway(TestRealm realm) {
    realm
        .admin(
            "POST",
            realm.client("billing-worker") + "/protocol-mappers/models",
            "{\"name\":\"gateway\",\"protocol\":\"openid-connect\",\"protocolMapper\":"
                + "\"oidc-audience-mapper\",\"config\":{\"included.client.audience\":"
                + "\"acme-gateway\",\"access.token.claim\":\"true\"}}")
        .expect(201);
  }

  private static void assertAllOfItWorks(TestRealm realm, TestKey pat, TestKey secret) {
    assertThat(realm.introspect(pat.text(), Map.of()).json().path("active").asBoolean()).isTrue();
    asWorker(realm, secret.text()).expect(200);
    realm.jwt(pat);
    assertThat(WithoutUs.discovery(realm.server()).toString()).contains(TestRealm.GRANT);
  }

  private static Stream<String> switches(String when) throws IOException {
    return SWITCH
        .matcher(Files.readString(Checkout.root().resolve("providers/docs/switches.md")))
        .results()
        .filter(row -> row.group(2).equals(when))
        .map(row -> row.group(1));
  }

  /** A token for billing-worker with this secret. */
  Reply asWorker(String clientSecret) {
    return asWorker(realm, clientSecret);
  }

  private static Reply asWorker(TestRealm at, String clientSecret) {
    return at.oidc("token", TestRealm.basic("billing-worker", clientSecret), CLIENT_CREDENTIALS);
  }

  @Override
  public void close() {
    server.close();
  }
}
