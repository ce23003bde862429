package io.accesskeys.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Gateway;
import io.accesskeys.bench.Gateway.Place;
import io.accesskeys.bench.Gateway.Shipped;
import io.accesskeys.bench.RecordingApi;
import io.accesskeys.bench.RecordingApi.Arrived;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The files of {@code docker/gateways} in real gateways, before an API that shows what arrives. */
@RequiresTool({"nginx", "caddy", "apache2", "mod_auth_openidc.so", "haproxy"})
class GatewayIT {

  private static final Map<Shipped, Gateway> GATEWAYS = new EnumMap<>(Shipped.class);
  private static final Set<Shipped> JWTS = EnumSet.of(Shipped.HAPROXY, Shipped.SPRING_JWT);

  private static TestRealm realm;
  private static RecordingApi api;
  private static TestKey token;
  private static TestKey apiKey;

  @BeforeAll
  static void create() {
    realm = ManyScopes.create("gateways");
    api = RecordingApi.start();
    token = realm.pat("alice", "orders:read");
    apiKey = realm.apiKey("orders:read");
    for (Shipped shipped : Shipped.values()) {
      GATEWAYS.put(shipped, Gateway.start(shipped, place(realm.uri(""))));
    }
  }

  @AfterAll
  static void remove() {
    GATEWAYS.values().forEach(Gateway::close);
    api.close();
    realm.close();
  }

  @BeforeEach
  void forget() {
    api.take();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "SPRING.*")
  void theApiIsToldWhoCallsAndNotWithWhat(Shipped shipped) {
    assertThat(get(shipped, "/orders/7?full=true", List.of(bearer(shipped, apiKey))).status())
        .isEqualTo(200);
    Arrived arrived = only();
    assertThat(arrived.uri()).hasToString("/orders/7?full=true");
    assertCaller(shipped, arrived, apiKey, "service-account-billing-worker");
    assertThat(arrived.headers()).doesNotContainKeys("Authorization", "X-api-key");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "SPRING.*")
  void aBodyReachesTheApiAndNotKeycloak(Shipped shipped) {
    URI uri = URI.create(GATEWAYS.get(shipped).uri() + "/orders/");
    List<String> lines = List.of(bearer(shipped, apiKey), "Content-Type: text/plain");
    assertThat(RawHttp.send("POST", uri, lines, "an order").status()).isEqualTo(200);
    Arrived arrived = only();
    assertThat(arrived.method()).isEqualTo("POST");
    assertThat(arrived.header("Content-Length")).contains("8");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "SPRING.*")
  void whatKeycloakRefusesNeverArrives(Shipped shipped) {
    assertThat(get(shipped, "/orders/", List.of()).status()).isEqualTo(401);
    assertThat(get(shipped, "/orders/", List.of("Authorization: Bearer x")).status())
        .isEqualTo(401);
    RawHttp.Head forbidden =
        get(shipped, "/orders/", List.of(bearer(shipped, realm.pat("alice", "orders:write"))));
    assertThat(forbidden.status()).isEqualTo(403);
    assertThat(forbidden.header("WWW-Authenticate").orElse("")).contains("insufficient_scope");
    assertThat(get(shipped, "/jobs/", List.of(bearer(shipped, token))).status()).isIn(401, 403);
    assertThat(get(shipped, "/people/", List.of(bearer(shipped, apiKey))).status()).isIn(401, 403);
    assertThat(get(shipped, "/elsewhere", List.of(bearer(shipped, apiKey))).status())
        .isIn(404, 403);
    assertThat(api.take()).isEmpty();

    assertThat(get(shipped, "/jobs/", List.of(bearer(shipped, apiKey))).status()).isEqualTo(200);
    assertThat(get(shipped, "/people/", List.of(bearer(shipped, token))).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "SPRING.*")
  void theClientCannotSayWhatItsKeyMustBeGoodFor(Shipped shipped) {
    List<String> lines = new ArrayList<>();
    lines.add(bearer(shipped, realm.pat("alice", "orders:write")));
    lines.add("X-Required-Client: acme-api");
    lines.add("X-Required-Kind: personal-access-token");
    lines.add("X-Required-Scope: orders:write");
    lines.add("X-Required-Any-Scope: orders:write");
    assertThat(get(shipped, "/orders/?client=acme-api&scope=orders:write", lines).status())
        .isEqualTo(403);
  }

  /** HAProxy looks at no address: Keycloak did, when it gave the JWT. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "HAPROXY|SPRING.*")
  void theClientCannotClaimAnotherAddress(Shipped shipped) {
    TestKey here = restrictedTo("127.0.0.1");
    TestKey elsewhere = restrictedTo("203.0.113.9");
    List<String> claims =
        List.of(
            "X-Forwarded-For: 203.0.113.9",
            "x-forwarded-for: 203.0.113.9",
            "X_Forwarded_For: 203.0.113.9",
            "X-Real-IP: 203.0.113.9",
            "Forwarded: for=203.0.113.9",
            "Connection: X-Forwarded-For");
    assertThat(get(shipped, "/orders/", and(claims, bearer(shipped, elsewhere))).status())
        .isIn(401, 403);
    assertThat(api.take()).isEmpty();
    int status = get(shipped, "/orders/", and(claims, bearer(shipped, here))).status();
    if (shipped == Shipped.APACHE) {
      assertThat(status).as("it cannot tell Keycloak the address").isIn(401, 403);
      return;
    }
    assertThat(status).isEqualTo(200);
    assertThat(only().headers().toString())
        .contains("127.0.0.1")
        .doesNotContainIgnoringCase("forwarded-for=[203")
        .doesNotContain("X_forwarded_for");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "SPRING.*")
  void nothingThatTheClientClaimsToBeArrives(Shipped shipped) {
    for (List<String> claim : ForgedHeaders.all()) {
      RawHttp.Head answer = get(shipped, "/orders/", and(claim, bearer(shipped, token)));
      if (answer.status() == 400 || answer.status() == 403) {
        // So does a gateway that takes no such line.
        assertThat(api.take()).as(claim.toString()).isEmpty();
        continue;
      }
      assertThat(answer.status()).as(claim.toString()).isEqualTo(200);
      Arrived arrived = only();
      assertThat(arrived.headers().toString())
          .as(claim.toString())
          .doesNotContain(ForgedHeaders.VALUE);
      assertCaller(shipped, arrived, token, "alice");
      assertThat(arrived.headers().keySet())
          .as(claim.toString())
          .allMatch(name -> name.matches("[A-Za-z0-9-]+"));
    }
  }

  /** It reads a path once, for the rule and for what answers: with "orders" if at all. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "SPRING.*")
  void noPathLeadsAroundARuleOfSpring(Shipped shipped) {
    List<String> lines = List.of(bearer(shipped, token));
    for (String path : Paths.UNCLEAR) {
      RawHttp.Head answer = RawHttp.target(GATEWAYS.get(shipped).uri(), path, lines);
      if (answer.status() == 200) {
        assertThat(answer.header("Content-Length")).as(path).contains("6");
      } else {
        assertThat(answer.status()).as(path).isIn(400, 401, 404);
      }
    }
  }

  /** HAProxy does not ask it. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "HAPROXY|SPRING.*")
  void withoutKeycloakNothingPasses(Shipped shipped) {
    URI nobody = URI.create("http://127.0.0.1:1/realms/" + realm.name());
    try (Gateway alone = Gateway.start(shipped, place(nobody))) {
      URI orders = URI.create(alone.uri() + "/orders/");
      assertThat(RawHttp.get(orders, List.of(bearer(shipped, token))).status())
          .isBetween(shipped == Shipped.APACHE ? 400 : 500, 599);
      assertThat(RawHttp.get(orders, List.of()).status()).isBetween(400, 599);
    }
    assertThat(api.take()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "SPRING.*")
  void aRevokedKeyPassesOnlyWhereAnswersAreKept(Shipped shipped) {
    TestKey revoked = realm.pat("alice", "orders:read");
    List<String> lines = List.of(bearer(shipped, revoked));
    assertThat(get(shipped, "/orders/", lines).status()).isEqualTo(200);
    realm.revoke("alice", revoked).expect(204);
    boolean keeps = shipped == Shipped.NGINX_CACHED || shipped == Shipped.HAPROXY;
    assertThat(get(shipped, "/orders/", lines).status()).isEqualTo(keeps ? 200 : 401);
    assertThat(get(shipped, "/people/", lines).status())
        .as("another question")
        .isEqualTo(shipped == Shipped.HAPROXY ? 200 : 401);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_NONE, names = "SPRING.*")
  void noLogOfAGatewayHasAKey(Shipped shipped) throws IOException {
    get(shipped, "/orders/", List.of(bearer(shipped, token)));
    get(shipped, "/orders/", List.of("X-API-Key: " + apiKey.text(), "X-API-Key: x"));
    ShownSecrets.sentInUrl(apiKey.text());
    get(shipped, "/orders/?access_token=" + apiKey.text(), List.of());
    Gateway gateway = GATEWAYS.get(shipped);
    for (String log : List.of("console.log", "orders.log", "access.log")) {
      if (Files.exists(gateway.file(log))) {
        assertThat(Files.readString(gateway.file(log)))
            .as(log)
            .doesNotContain(secret(token), secret(apiKey));
      }
    }
  }

  private static void assertCaller(Shipped shipped, Arrived arrived, TestKey key, String name) {
    if (shipped == Shipped.NGINX_JWT) {
      JsonNode claims = TestRealm.claims(arrived.header("X-Auth-Jwt").orElseThrow());
      assertThat(claims.path("access_key_id").asText()).isEqualTo(key.id());
      assertThat(arrived.headers()).doesNotContainKeys("X-auth-subject", "X-auth-username");
      return;
    }
    assertThat(arrived.header("X-Auth-Subject").orElse("")).hasSize(36);
    assertThat(arrived.header("X-Auth-Client")).contains("acme-api");
    assertThat(arrived.header("X-Auth-Scope")).contains("orders:read");
    assertThat(arrived.header("X-Auth-Key-Id")).contains(key.id());
    assertThat(arrived.header("X-Auth-Key-Kind").orElse(""))
        .startsWith(key.equals(apiKey) ? "api-key" : "personal");
    if (shipped != Shipped.HAPROXY) {
      // A JWT that was minted from a key does not name its owner.
      assertThat(arrived.header("X-Auth-Username")).contains(name);
    }
  }

  private static Place place(URI uri) {
    return new Place(uri, Http.get(realm.uri(""), Map.of()).text("public_key"), api.uri());
  }

  /** An API that guards itself: nothing stands before it. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "SPRING.*")
  void springSecurityAsksForTheScopeAndTheKind(Shipped shipped) {
    assertThat(get(shipped, "/orders/", List.of(bearer(shipped, apiKey))).status()).isEqualTo(200);
    assertThat(get(shipped, "/jobs/", List.of(bearer(shipped, apiKey))).status()).isEqualTo(200);
    assertThat(get(shipped, "/people/", List.of(bearer(shipped, apiKey))).status()).isEqualTo(403);
    assertThat(get(shipped, "/jobs/", List.of(bearer(shipped, token))).status()).isEqualTo(403);
    assertThat(get(shipped, "/orders/", List.of()).status()).isEqualTo(401);
    assertThat(get(shipped, "/orders/", List.of("Authorization: Bearer x")).status())
        .isEqualTo(401);
    RawHttp.Head forbidden =
        get(shipped, "/orders/", List.of(bearer(shipped, realm.pat("alice", "orders:write"))));
    assertThat(forbidden.status()).isEqualTo(403);
    assertThat(forbidden.header("WWW-Authenticate").orElse("")).contains("insufficient_scope");
    TestKey revoked = realm.pat("alice", "orders:read");
    List<String> lines = List.of(bearer(shipped, revoked));
    realm.revoke("alice", revoked).expect(204);
    assertThat(get(shipped, "/orders/", lines).status())
        .isEqualTo(shipped == Shipped.SPRING_JWT ? 200 : 401);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "SPRING.*")
  void springSecurityTakesAKeyWithManyScopes(Shipped shipped) {
    TestKey wide = realm.pat("alice", ManyScopes.all());
    assertThat(get(shipped, "/orders/", List.of(bearer(shipped, wide))).status()).isEqualTo(200);
  }

  private static String secret(TestKey key) {
    return key.text().substring(key.text().indexOf(key.id()) + key.id().length());
  }

  private static TestKey restrictedTo(String address) {
    return realm.patFrom("alice", address);
  }

  /** Some take no keys, but the JWTs that they are traded for. */
  private static String bearer(Shipped shipped, TestKey key) {
    return "Authorization: Bearer " + (JWTS.contains(shipped) ? realm.jwt(key) : key.text());
  }

  private static List<String> and(List<String> lines, String line) {
    List<String> all = new ArrayList<>(lines);
    all.add(line);
    return all;
  }

  private static RawHttp.Head get(Shipped shipped, String path, List<String> lines) {
    return RawHttp.get(URI.create(GATEWAYS.get(shipped).uri() + path), lines);
  }

  private static Arrived only() {
    List<Arrived> arrived = api.take();
    assertThat(arrived).hasSize(1);
    return arrived.get(0);
  }
}
