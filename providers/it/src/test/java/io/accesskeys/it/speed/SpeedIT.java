package io.accesskeys.it.speed;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Wrk;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.key.KeyText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a verification costs, beside what it could cost at least and what Keycloak's own ways cost.
 * No figure can make it fail: it asserts that every request got its answer, and prints a table. In
 * {@code mvn verify} all rows run at once on the shared server, which shows that every request is
 * answered as it should be and measures nothing; the profile {@code benchmark} has the lengths and
 * a server as in production.
 */
@RequiresTool({"wrk", "taskset"})
class SpeedIT {

  private static final int ROUNDS = Integer.getInteger("speed.rounds", 1);
  private static final Duration WARM_UP = seconds("speed.warmup", 0);
  private static final Duration TURN = seconds("speed.turn", 1);

  /** Which rows to run, as a regular expression. */
  private static final String ONLY = System.getProperty("speed.only", ".*");

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String EMPTY = "empty resource";

  private static KeycloakServer server;
  private static TestRealm realm;

  private static Duration seconds(String property, int preset) {
    return Duration.ofSeconds(Integer.getInteger(property, preset));
  }

  @BeforeAll
  static void start() {
    boolean measures = ROUNDS > 1 || !WARM_UP.isZero();
    server = measures ? BenchmarkServer.start(BenchmarkServer.settings()) : KeycloakServer.shared();
    realm = TestRealm.create(server, "speed");
    // The tokens that are introspected must outlive the run.
    realm.change("", Map.of("accessTokenLifespan", 36_000, "ssoSessionIdleTimeout", 36_000));
  }

  @AfterAll
  static void stop() {
    realm.close();
    server.close();
  }

  @Test
  void everyWayIn() throws IOException {
    TestKey key = realm.pat("alice", "orders:read");
    TestKey revoked = realm.pat("alice", "orders:read");
    realm.revoke("alice", revoked).expect(204);
    List<Contender> contenders =
        List.of(
            get(EMPTY, 200, "/empty", key.text()),
            verify("verify", 200, key.text()).against(EMPTY, 1.18),
            get(
                    "verify, with a JWT",
                    200,
                    "/access-keys/verify?client=acme-api&jwt=true",
                    key.text())
                .against(EMPTY),
            verify("verify, malformed", 401, key.text() + "x").against(EMPTY, 1.1),
            verify("verify, unknown", 401, KeyText.generate("kcpat", new SecureRandom()).reveal())
                .against(EMPTY),
            verify("verify, revoked", 401, revoked.text()).against(EMPTY),
            introspect("introspection, no-op", "no-op", "x"),
            introspect("introspection of a key", "access_token", key.text())
                .against("introspection, no-op", 1.3),
            introspect("introspection of Keycloak's JWT", "access_token", jwtOfKeycloak()),
            introspect("introspection of a key's JWT", "access_token", realm.jwt(key))
                .against("introspection of Keycloak's JWT", 1),
            token("client_credentials", Map.of("grant_type", "client_credentials"), worker()),
            token(
                    "our grant",
                    Map.of(
                        "grant_type",
                        TestRealm.GRANT,
                        "client_id",
                        "acme-api",
                        "access_key",
                        key.text()),
                    Map.of())
                .against("client_credentials", 0.8));
    publish("Every entry point, 4 connections", 4, contenders);
  }

  @Test
  void oneKeyAndMany() throws IOException {
    List<Wrk.Request> many = new ArrayList<>();
    IntStream.range(0, 16).forEach(i -> many.add(request(realm.pat("alice", "orders:read"))));
    Contender each = new Contender("16 keys", server, 200, many, Optional.empty());
    Contender one = Contender.alone("one key", server, 200, many.get(0)).against("16 keys", 1.05);
    publish("One key from 16 connections", 16, List.of(each, one));
  }

  private static void publish(String title, int connections, List<Contender> contenders)
      throws IOException {
    Path folder = Path.of("target");
    String table =
        new Race(
                new Wrk(1, connections, folder),
                contenders.stream().filter(each -> each.name().matches(ONLY)).toList())
            .run(ROUNDS, WARM_UP, TURN)
            .table();
    System.out.printf("%n%s%n%n%s%n", title, table);
    Files.writeString(folder.resolve("speed-" + connections + ".md"), table);
  }

  private static Wrk.Request request(TestKey key) {
    return new Wrk.Request(
        "GET",
        path("/access-keys/verify?client=acme-api&scope=orders:read"),
        TestRealm.bearer(key.text()),
        null);
  }

  private static Contender verify(String name, int status, String key) {
    return get(name, status, "/access-keys/verify?client=acme-api&scope=orders:read", key);
  }

  private static Contender get(String name, int status, String path, String key) {
    return Contender.alone(
        name, server, status, new Wrk.Request("GET", path(path), TestRealm.bearer(key), null));
  }

  private static Contender introspect(String name, String hint, String token) {
    return post(
        name,
        "/protocol/openid-connect/token/introspect",
        Map.of("token", token, "token_type_hint", hint),
        TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"));
  }

  private static Contender token(
      String name, Map<String, String> fields, Map<String, String> headers) {
    return post(name, "/protocol/openid-connect/token", fields, headers);
  }

  private static Contender post(
      String name, String path, Map<String, String> fields, Map<String, String> headers) {
    return Contender.alone(
        name,
        server,
        200,
        new Wrk.Request(
            "POST",
            path(path),
            TestRealm.and(headers, Map.of("Content-Type", FORM)),
            Http.encode(fields)));
  }

  private static String path(String path) {
    return realm.uri(path).toString().substring(server.baseUri().toString().length());
  }

  private static Map<String, String> worker() {
    return TestRealm.basic("billing-worker", "billing-worker-demo-secret");
  }

  private static String jwtOfKeycloak() {
    return realm.as("alice").get("Authorization").substring("Bearer ".length());
  }
}
