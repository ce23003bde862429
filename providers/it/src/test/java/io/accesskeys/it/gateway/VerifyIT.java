package io.accesskeys.it.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Forward-auth, as gateways ask. */
class VerifyIT {

  private static final String VERIFY = "/access-keys/verify";
  private static final String REQUEST = VERIFY + "/request";
  private static final String CLIENT = "?client=acme-api";
  private static final String PAGE = "https://app.acme.test";
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final List<String> IDENTITY =
      List.of(
          "X-Auth-Subject",
          "X-Auth-Username",
          "X-Auth-Client",
          "X-Auth-Scope",
          "X-Auth-Key-Id",
          "X-Auth-Key-Kind",
          "X-Auth-Jwt",
          "X-Access-Key-Retires-At");

  private static TestRealm realm;
  private static TestKey pat;
  private static TestKey apiKey;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("verify");
    realm.change(realm.client("acme-api"), Map.of("webOrigins", List.of(PAGE)));
    pat = realm.pat("alice", "orders:read");
    apiKey = realm.apiKey("orders:read", "orders:write");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  private static Reply ask(String path, Map<String, String> headers) {
    return Http.get(realm.uri(path), headers);
  }

  private static Reply verify(String query, Map<String, String> headers) {
    return ask(VERIFY + query, headers);
  }

  private static Map<String, String> withPat(Map<String, String> headers) {
    return TestRealm.and(TestRealm.bearer(pat.text()), headers);
  }

  /** A request with repeated headers, which no HTTP client would send. */
  private static String wire(String method, String path, String... headers) {
    URI uri = realm.uri("");
    return Wire.send(uri, method + " " + uri.getRawPath() + path, List.of(headers));
  }

  private static int status(String method, String path, String... headers) {
    return Wire.status(wire(method, path, headers));
  }

  private static void assertDenied(Reply reply, int status, String error) {
    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.header("X-Auth-Error")).hasValue(error);
    assertThat(reply.header("Cache-Control")).hasValue("no-store");
    assertThat(reply.header("Content-Type").orElse("")).startsWith("application/problem+json");
    assertThat(reply.json().path("status").asInt()).isEqualTo(status);
    assertThat(reply.header("WWW-Authenticate").orElse("")).startsWith("Bearer realm=\"verify\"");
    IDENTITY.forEach(name -> assertThat(reply.header(name)).as(name).isEmpty());
  }

  private static String lastReason() {
    JsonNode events =
        realm.admin("GET", "/events?type=INTROSPECT_TOKEN_ERROR&max=1", null).expect(200).json();
    return events.path(0).path("details").path("reason").asText();
  }

  @Nested
  class ACredential {

    @Test
    void isTakenFromEveryCarrier() {
      for (Map<String, String> carrier :
          List.of(
              TestRealm.bearer(pat.text()),
              TestRealm.bearer("secret-token:" + pat.text()),
              Map.of("X-API-Key", pat.text()),
              Map.of("x-api-key", "secret-token:" + pat.text()),
              TestRealm.basic(pat.text(), ""),
              TestRealm.basic("secret-token:" + pat.text(), ""),
              TestRealm.basic("alice", pat.text()),
              TestRealm.basic("ALICE", pat.text()),
              TestRealm.basic("alice", "secret-token:" + pat.text()),
              TestRealm.basic("", pat.text()),
              TestRealm.basic("", "secret-token:" + pat.text()))) {
        assertThat(verify(CLIENT, carrier).expect(200).header("X-Auth-Username")).hasValue("alice");
      }
      assertThat(
              verify(CLIENT, TestRealm.basic("service-account-billing-worker", apiKey.text()))
                  .status())
          .isEqualTo(200);
    }

    @Test
    void ofSomebodyElseIsRefused() {
      assertDenied(verify(CLIENT, TestRealm.basic("bob", pat.text())), 401, "invalid_token");
      assertThat(lastReason()).isEqualTo("wrong_user");
      assertDenied(verify(CLIENT, TestRealm.basic("nobody", pat.text())), 401, "invalid_token");
      assertDenied(verify(CLIENT, TestRealm.basic("alice", apiKey.text())), 401, "invalid_token");
    }

    @Test
    void isOneAndNotSeveral() {
      assertDenied(
          verify(CLIENT, withPat(Map.of("X-API-Key", apiKey.text()))), 401, "invalid_request");
      assertThat(lastReason()).isEqualTo("several_credentials");
      assertDenied(
          verify(CLIENT, TestRealm.basic(pat.text(), apiKey.text())), 401, "invalid_request");
      String bearer = "Authorization: Bearer " + pat.text();
      String other = "X-API-Key: " + apiKey.text();
      assertThat(status("GET", VERIFY + CLIENT, bearer)).as("the control").isEqualTo(200);
      assertThat(status("GET", VERIFY + CLIENT, other, "X-API-Key: " + pat.text())).isEqualTo(401);
      assertThat(status("GET", VERIFY + CLIENT, bearer, "Authorization: Basic x")).isEqualTo(401);
    }

    @Test
    void inSeveralPlacesIsOneIfItIsTheSame() {
      String key = realm.pat("alice", "orders:read").text();
      String bearer = "Authorization: Bearer " + key;
      String apiKeyHeader = "X-API-Key: " + key;
      String ofAlice = "Authorization: " + authorization("alice", key);
      String ofBob = "Authorization: " + authorization("bob", key);
      for (List<String> lines :
          List.of(
              List.of(bearer, apiKeyHeader),
              List.of(bearer, "X-API-Key: secret-token:" + key),
              List.of(bearer, bearer),
              List.of(apiKeyHeader, apiKeyHeader),
              List.of(ofAlice, apiKeyHeader),
              List.of(ofAlice, bearer),
              List.of("Authorization: " + authorization("", key), apiKeyHeader),
              List.of("Authorization: " + authorization(key, key)),
              List.of("Authorization: Bearer", apiKeyHeader))) {
        assertThat(status("GET", VERIFY + CLIENT, lines.toArray(String[]::new)))
            .as("%s", lines)
            .isEqualTo(200);
      }
      assertThat(status("GET", VERIFY + CLIENT, ofBob, apiKeyHeader)).isEqualTo(401);
      assertThat(status("GET", VERIFY + CLIENT, ofBob, ofAlice)).isEqualTo(401);
    }

    private static String authorization(String user, String password) {
      return TestRealm.basic(user, password).get("Authorization");
    }

    @Test
    void thatIsSentEmptyIsNone() {
      assertThat(
              status("GET", VERIFY + CLIENT, "X-API-Key:", "Authorization: Bearer " + pat.text()))
          .isEqualTo(200);
      assertThat(wire("GET", VERIFY + CLIENT, "X-API-Key:", "Authorization:"))
          .startsWith("HTTP/1.1 401")
          .contains("WWW-Authenticate: Bearer realm=\"verify\"\r\n");
    }

    @Test
    void thatIsAPasswordIsRefused() {
      Reply refused = verify(CLIENT, TestRealm.basic("alice", "alice"));
      assertDenied(refused, 401, "invalid_token");
      assertThat(refused.text("detail")).contains("Passwords are not taken");
      assertThat(lastReason()).isEqualTo("account_password");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"Basic", "Basic ", "Basic !", "Basic a", "Basic YWxpY2U=", "Basic Og=="})
    void thatCannotBeReadIsRefused(String header) {
      assertThat(status("GET", VERIFY + CLIENT, "Authorization: " + header)).isEqualTo(401);
    }

    @Test
    void isMalformedIfBasicCannotBeRead() {
      assertDenied(verify(CLIENT, Map.of("Authorization", "Basic !")), 401, "invalid_token");
      assertThat(lastReason()).isEqualTo("malformed");
    }
  }

  @Nested
  class ADemand {

    @Test
    void isOfAllScopesOrOfAny() {
      assertThat(verify(CLIENT + "&scope=orders:read", withPat(Map.of())).status()).isEqualTo(200);
      assertThat(
              verify(CLIENT + "&any_scope=orders:write%20orders:read", withPat(Map.of())).status())
          .isEqualTo(200);
      Reply all = verify(CLIENT + "&scope=orders:read+orders:write", withPat(Map.of()));
      assertDenied(all, 403, "insufficient_scope");
      assertThat(all.header("WWW-Authenticate").orElse(""))
          .endsWith("error=\"insufficient_scope\", scope=\"orders:read orders:write\"");
      Reply any = verify(CLIENT + "&any_scope=orders:write+stock", withPat(Map.of()));
      assertDenied(any, 403, "insufficient_scope");
      assertThat(any.text("detail"))
          .isEqualTo("The key needs one of the scopes orders:write stock");
    }

    @Test
    void keepsAKindFromTheRoutesOfTheOther() {
      Map<String, String> withApiKey = TestRealm.bearer(apiKey.text());
      String people = CLIENT + "&kind=personal-access-token";
      String services = CLIENT + "&kind=api-key";
      assertThat(verify(people, withPat(Map.of())).status()).isEqualTo(200);
      assertThat(verify(services, withApiKey).status()).isEqualTo(200);
      assertDenied(verify(people, withApiKey), 401, "invalid_token");
      assertThat(lastReason()).isEqualTo("wrong_kind");
      assertDenied(verify(services, withPat(Map.of())), 401, "invalid_token");
    }

    @Test
    void ofAHeaderOnlyTightens() {
      for (Map<String, String> met :
          List.of(
              Map.of("X-Required-Client", "acme-api"),
              Map.of("X-Required-Kind", "personal-access-token"),
              Map.of("X-Required-Scope", "orders:read"),
              Map.of("X-Required-Any-Scope", "orders:read stock"))) {
        assertThat(verify(CLIENT + "&scope=orders:read", withPat(met)).status()).isEqualTo(200);
        assertThat(verify(CLIENT + "&scope=orders:write", withPat(met)).status())
            .as("%s takes nothing away", met)
            .isEqualTo(403);
        assertThat(verify("?client=other", withPat(met)).status()).isEqualTo(401);
        assertThat(verify(CLIENT + "&kind=api-key", withPat(met)).status()).isEqualTo(401);
        assertThat(verify(CLIENT + "&any_scope=stock", withPat(met)).status()).isEqualTo(403);
      }
      for (Map<String, String> unmet :
          List.of(
              Map.of("X-Required-Client", "other"),
              Map.of("X-Required-Kind", "api-key"),
              Map.of("X-Required-Scope", "orders:write"),
              Map.of("X-Required-Any-Scope", "stock"))) {
        assertThat(verify(CLIENT, withPat(unmet)).status()).as("%s", unmet).isIn(401, 403);
      }
    }

    @Test
    void ofEveryLineOfAHeaderMustHold() {
      String key = "Authorization: Bearer " + pat.text();
      String met = "X-Required-Scope: orders:read";
      String unmet = "X-Required-Scope: orders:write";
      assertThat(status("GET", VERIFY, key, met, met)).isEqualTo(200);
      assertThat(status("GET", VERIFY, key, met, unmet)).isEqualTo(403);
      assertThat(status("GET", VERIFY, key, unmet, met)).isEqualTo(403);
      assertThat(
              status("GET", VERIFY, key, "X-Required-Client: acme-api", "X-Required-Client: other"))
          .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "?client=",
          "?scope=",
          "?any_scope=",
          "?kind=",
          "?kind=cookie",
          "?jwt=1",
          "?deny=500",
          "?basic=yes",
          "?client=acme-api%FF",
          "?client=acme-api&scope=orders:read%C3",
          "?scope=a&scope=b",
          "?nonsense=1"
        })
    void thatCannotBeReadIsAMistakeOfTheGateway(String query) {
      Reply refused = verify(query, withPat(Map.of()));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(query).contains(refused.text("field"));
      assertThat(verify(query, Map.of()).status()).isEqualTo(400);
    }

    @Test
    void ofAHeaderThatIsEmptyIsAMistakeToo() {
      String key = "Authorization: Bearer " + pat.text();
      assertThat(status("GET", VERIFY + CLIENT, key, "X-Required-Scope:")).isEqualTo(400);
      assertThat(status("GET", VERIFY + CLIENT, key, "X-Required-Kind: x")).isEqualTo(400);
    }
  }

  @Nested
  class TheRequestForm {

    @Test
    void takesAnyPathAndQueryAndAsksByHeadersOnly() {
      for (String path :
          List.of(
              "/", "/orders", "/orders/1/items?client=other&scope=x&kind=y", "/a%2Fb/%e4?x=%ff")) {
        String key = "Authorization: Bearer " + pat.text();
        assertThat(status("GET", REQUEST + path, key)).as(path).isEqualTo(200);
        assertThat(status("GET", REQUEST + path)).as(path).isEqualTo(401);
        assertThat(status("GET", REQUEST + path, key, "X-Required-Scope: orders:write"))
            .isEqualTo(403);
        assertThat(status("GET", REQUEST + path, key, "X-Required-Client: other")).isEqualTo(401);
      }
    }

    /** Keycloak's server does, on every path and before any extension is asked. */
    @ParameterizedTest
    @ValueSource(
        strings = {"/{}", "/a|b", "/a^b", "/%zz", "/%", "/?x={y}", "/?x=a|b", "/?x=100%", "/?x=`"})
    void isRefusedWhereTheRequestHasNoUri(String path) {
      String key = "Authorization: Bearer " + pat.text();
      assertThat(status("GET", REQUEST + path, key)).isEqualTo(400);
      assertThat(status("GET", "/nothing" + path, key)).isEqualTo(400);
      assertThat(status("GET", VERIFY + CLIENT, key, "X-Forwarded-Uri: " + path)).isEqualTo(200);
    }

    @Test
    void refusesAKeyInTheUrlOfTheRequest() {
      TestKey key = realm.pat("alice", "orders:read");
      ShownSecrets.sentInUrl(key.text());
      Reply inQuery = ask(REQUEST + "/orders?api_key=" + key.text(), withPat(Map.of()));
      assertThat(inQuery.status()).isEqualTo(400);
      assertThat(inQuery.text("detail")).contains("in a URL");
      assertThat(ask(REQUEST + "/" + key.text() + "/orders", withPat(Map.of())).status())
          .isEqualTo(400);
      for (String query :
          List.of(
              "client=acme-api;access_key=" + key.text(),
              "x=1&y=a;" + key.text() + ";b",
              "uri=https%3A%2F%2Fapi.example%2F%3Fkey%3D" + key.text(),
              "key=" + key.text().replace("_", "%255F"))) {
        assertThat(ask(VERIFY + "?" + query, withPat(Map.of())).text("detail"))
            .as(query)
            .contains("in a URL");
        assertThat(ask(REQUEST + "/orders?" + query, withPat(Map.of())).text("detail"))
            .contains("in a URL");
      }
      assertThat(ask(REQUEST + "/orders," + key.text(), withPat(Map.of())).status()).isEqualTo(400);
      assertThat(ask(VERIFY + "?deny=403&api_key=" + key.text(), withPat(Map.of())).status())
          .isEqualTo(403);
    }

    /**
     * What follows is the path of somebody's request. If dots in it led elsewhere, the gateway
     * would take the 200 of a public endpoint for ours.
     */
    @ParameterizedTest
    @ValueSource(strings = {"../", "%2e%2e/", "..%2f", ".%2E/", "..;/", "..\\", "//../", "..%5c"})
    void cannotBeLeftByDots(String up) {
      String configuration = "/verify/.well-known/openid-configuration";
      assertThat(Http.get(realm.root("/realms" + configuration), Map.of()).status())
          .as("the control")
          .isEqualTo(200);
      for (int depth = 1; depth < 8; depth++) {
        assertThat(status("GET", REQUEST + "/" + up.repeat(depth) + "realms" + configuration))
            .isIn(400, 401);
        assertThat(status("GET", REQUEST + "/" + up.repeat(depth) + configuration.substring(1)))
            .isIn(400, 401);
      }
    }

    @Test
    void isNotMetByLess() {
      String key = "Authorization: Bearer " + pat.text();
      for (String method : METHODS) {
        assertThat(status(method, REQUEST, key)).isBetween(400, 499);
        assertThat(status(method, REQUEST + "*", key)).isBetween(400, 499);
      }
    }
  }

  @Nested
  class AMethod {

    @Test
    void changesNothing() {
      String key = "Authorization: Bearer " + pat.text();
      for (String method : METHODS) {
        for (String path : List.of(VERIFY, REQUEST + "/orders")) {
          String allowed = wire(method, path, key);
          assertThat(Wire.status(allowed)).as(method + path).isEqualTo(200);
          IDENTITY.forEach(name -> assertThat(allowed).containsIgnoringCase("\r\n" + name + ":"));
          String denied = wire(method, path);
          assertThat(Wire.status(denied)).as(method + path).isEqualTo(401);
          assertThat(denied).contains("\r\nWWW-Authenticate: Bearer ");
          assertThat(status(method, path, key, "X-Required-Scope: orders:write")).isEqualTo(403);
        }
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROPFIND", "TRACE", "QUERY", "get"})
    void thatIsNotKnownIsRefused(String method) {
      String key = "Authorization: Bearer " + pat.text();
      assertThat(status(method, VERIFY, key)).isBetween(400, 499);
      assertThat(status(method, REQUEST + "/orders", key)).isBetween(400, 499);
    }

    @Test
    void bringsABodyThatNobodyReads() {
      for (String type :
          List.of(
              "application/json",
              "application/x-www-form-urlencoded",
              "multipart/form-data",
              "image/png",
              "garbage",
              "/",
              "a/b/c; d")) {
        String[] headers = {
          "Authorization: Bearer " + pat.text(), "Content-Type: " + type, "Content-Length: 0"
        };
        assertThat(status("POST", VERIFY, headers)).as(type).isEqualTo(200);
        assertThat(status("PUT", REQUEST + "/orders", headers)).as(type).isEqualTo(200);
        assertThat(status("POST", VERIFY, "Content-Type: " + type)).as(type).isEqualTo(401);
      }
      assertThat(
              Http.json("POST", realm.uri(VERIFY), withPat(Map.of()), "{".repeat(10_000)).status())
          .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
    void takesAFormThatNeverComesOrIsNone(String type) {
      List<String> form = List.of("Content-Type: " + type, "Authorization: Bearer " + pat.text());
      for (String method : METHODS) {
        for (String path : List.of(VERIFY, VERIFY + "/", REQUEST + "/orders")) {
          for (List<String> rest :
              List.of(
                  List.of("Content-Length: 20"),
                  List.of("Content-Length: 20", "Expect: 100-continue"),
                  List.of("Transfer-Encoding: chunked"))) {
            List<String> lines = Stream.concat(form.stream(), rest.stream()).toList();
            assertThat(inTime(method, path, lines, "")).as(method + path + rest).isEqualTo(200);
          }
          assertThat(inTime(method, path, form, "a=%zz")).as(method + path).isEqualTo(200);
        }
      }
    }

    /** The status, long before Keycloak would give up to wait for a form. */
    private static int inTime(String method, String path, List<String> lines, String body) {
      return assertTimeout(
          PATIENCE, () -> RawHttp.send(method, realm.uri(path), lines, body).status());
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "application/json", "garbage", "text/html, */*;q=0.1"})
    void acceptsWhateverTypeTheClientWants(String accept) {
      assertThat(verify(CLIENT, withPat(Map.of("Accept", accept))).status()).isEqualTo(200);
      assertThat(verify(CLIENT, Map.of("Accept", accept)).status()).isEqualTo(401);
    }
  }

  @Nested
  class APermission {

    @Test
    void setsEveryIdentityHeaderEmptyIncluded() {
      TestKey bare = realm.pat("alice");
      Reply reply = verify(CLIENT, TestRealm.bearer(bare.text())).expect(200);
      IDENTITY.forEach(
          name -> assertThat(reply.response().headers().allValues(name)).as(name).hasSize(1));
      assertThat(reply.header("X-Auth-Scope")).hasValue("");
      assertThat(reply.header("X-Auth-Jwt")).hasValue("");
      assertThat(reply.header("X-Access-Key-Retires-At")).hasValue("");
      assertThat(reply.header("X-Auth-Client")).hasValue("acme-api");
      assertThat(reply.header("X-Auth-Key-Id")).hasValue(bare.id());
      assertThat(reply.header("X-Auth-Key-Kind")).hasValue("personal-access-token");
    }

    @Test
    void saysWhenTheSecretRetires() {
      TestKey old = realm.pat("alice", "orders:read");
      Reply rolled = realm.roll("alice", old, "{\"overlap\":\"PT1H\"}", Map.of()).expect(200);
      assertThat(verify(CLIENT, TestRealm.bearer(old.text())).header("X-Access-Key-Retires-At"))
          .hasValue(rolled.text("retiresAt"));
      assertThat(
              verify(CLIENT, TestRealm.bearer(rolled.text("secret")))
                  .header("X-Access-Key-Retires-At"))
          .hasValue("");
    }

    @Test
    void saysHowLongItHoldsAndForWhom() {
      Reply reply = verify(CLIENT, withPat(Map.of()));
      assertThat(reply.header("Cache-Control")).hasValue("max-age=30");
      String vary = reply.header("Vary").orElse("");
      assertThat(vary.length()).as("nginx keeps no answer with more").isLessThanOrEqualTo(128);
      assertThat(vary.split(", ", -1))
          .contains(
              "Authorization",
              "X-API-Key",
              "X-Required-Client",
              "X-Required-Kind",
              "X-Required-Scope",
              "X-Required-Any-Scope");
    }

    @Test
    void isNotKeptPastTheEndOfTheSecret() {
      TestKey old = realm.pat("alice", "orders:read");
      realm.roll("alice", old, "{\"overlap\":\"PT10S\"}", Map.of()).expect(200);
      String cache =
          verify(CLIENT, TestRealm.bearer(old.text())).header("Cache-Control").orElse("");
      assertThat(Integer.parseInt(cache.replace("max-age=", ""))).isLessThan(10);
    }

    @Test
    void bringsAJwtWhereOneIsWanted() {
      for (Reply reply :
          List.of(
              verify(CLIENT + "&jwt=true", withPat(Map.of())),
              verify(CLIENT, withPat(Map.of("X-Required-Jwt", "true"))),
              verify(CLIENT + "&jwt=true", withPat(Map.of("X-Required-Jwt", "false"))),
              ask(REQUEST + "/orders?jwt=false", withPat(Map.of("X-Required-Jwt", "true"))))) {
        String jwt = reply.expect(200).header("X-Auth-Jwt").orElse("");
        JsonNode claims = TestRealm.claims(jwt);
        assertThat(claims.path("preferred_username").asText("alice")).isEqualTo("alice");
        assertThat(claims.path("sub").asText())
            .isEqualTo(reply.header("X-Auth-Subject").orElse(""));
        assertThat(claims.path("azp").asText()).isEqualTo("acme-api");
        assertThat(claims.path("scope").asText()).isEqualTo("orders:read");
        assertThat(claims.path("aud").toString()).contains("acme-gateway");
        assertThat(claims.path("access_key_id").asText()).isEqualTo(pat.id());
        assertThat(claims.path("access_key_kind").asText()).isEqualTo("personal-access-token");
        assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean()).isTrue();
      }
      assertThat(verify(CLIENT + "&jwt=false", withPat(Map.of())).header("X-Auth-Jwt"))
          .hasValue("");
    }

    /** Whoever gets the JWT may look at nothing but its signature. */
    @Test
    void bringsAJwtThatEndsWithTheRevocationBudget() {
      Reply reply = verify(CLIENT + "&jwt=true", withPat(Map.of()));
      JsonNode claims = TestRealm.claims(reply.header("X-Auth-Jwt").orElse(""));
      long seconds = Instant.now().getEpochSecond();
      assertThat(claims.path("exp").asLong() - seconds).isBetween(25L, 30L);
      assertThat(seconds - claims.path("iat").asLong()).as("a slow clock").isBetween(5L, 11L);
      assertThat(reply.header("Cache-Control"))
          .as("a JWT that was kept has the other half to live")
          .hasValue("max-age=15");
      realm.policy(Map.of("revocation-budget", "PT0S")).expect(204);
      try {
        Reply now = verify(CLIENT + "&jwt=true", withPat(Map.of()));
        JsonNode shortest = TestRealm.claims(now.header("X-Auth-Jwt").orElse(""));
        assertThat(shortest.path("exp").asLong() - shortest.path("iat").asLong())
            .as("six seconds for clocks that are fast, and six for those that are slow")
            .isEqualTo(12);
        assertThat(now.header("Cache-Control")).hasValue("max-age=0");
      } finally {
        realm.policy(Map.of()).expect(204);
      }
    }

    @Test
    void bringsNoJwtForAClientThatHasNone() {
      String client = realm.client("acme-api");
      realm.change(client, Map.of("consentRequired", true));
      try {
        Reply refused = verify(CLIENT + "&jwt=true", withPat(Map.of()));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("field")).isEqualTo("jwt");
        assertThat(verify(CLIENT, withPat(Map.of())).status()).isEqualTo(200);
      } finally {
        realm.change(client, Map.of("consentRequired", false));
      }
    }

    @Test
    void ofARestrictedKeyIsNotKept() {
      TestKey here = realm.patFrom("alice", "127.0.0.0/8", "::1");
      assertThat(verify(CLIENT, TestRealm.bearer(here.text())).expect(200).header("Cache-Control"))
          .hasValue("no-store");
    }
  }

  @Nested
  class ADenial {

    @Test
    void isA403WhereTheGatewayWantsIt() {
      String deny = CLIENT + "&deny=403";
      assertDenied(verify(deny, Map.of()), 403, "invalid_request");
      assertDenied(verify(deny, TestRealm.bearer("nonsense")), 403, "invalid_token");
      assertDenied(verify(deny, TestRealm.basic("alice", "alice")), 403, "invalid_token");
      assertDenied(verify(deny, TestRealm.basic("bob", pat.text())), 403, "invalid_token");
      assertDenied(verify(deny, withPat(Map.of("X-API-Key", "x"))), 403, "invalid_request");
      assertDenied(verify(deny + "&kind=api-key", withPat(Map.of())), 403, "invalid_token");
      assertDenied(verify(deny + "&scope=x", withPat(Map.of())), 403, "insufficient_scope");
      assertThat(verify(deny, withPat(Map.of())).status()).isEqualTo(200);
      assertDenied(verify(CLIENT + "&deny=401", Map.of()), 401, "invalid_request");
    }

    /** Browsers ask people for a password wherever Basic is offered. */
    @Test
    void offersBasicOnlyToWhoIsKnownToWantIt() {
      assertThat(challenges(verify(CLIENT, Map.of()))).containsExactly("Bearer realm=\"verify\"");
      assertThat(challenges(verify(CLIENT, TestRealm.bearer("x")))).hasSize(1);
      for (Reply reply :
          List.of(
              verify(CLIENT, TestRealm.basic("alice", "x")),
              verify(CLIENT + "&basic=true", Map.of()),
              verify(CLIENT + "&basic=true&scope=x", withPat(Map.of())))) {
        assertThat(challenges(reply)).hasSize(2);
        assertThat(challenges(reply).get(0)).startsWith("Bearer ");
        assertThat(challenges(reply).get(1)).isEqualTo("Basic realm=\"verify\", charset=\"UTF-8\"");
      }
    }

    private static List<String> challenges(Reply reply) {
      return new ArrayList<>(reply.response().headers().allValues("WWW-Authenticate"));
    }
  }

  @Nested
  class ABrowser {

    private static final Map<String, String> FROM_PAGE = Map.of("Origin", PAGE);
    private static final Map<String, String> FROM_ELSEWHERE = Map.of("Origin", "https://evil.test");

    @Test
    void readsAnswersAndDenialsOnPagesOfTheApiClient() {
      for (String query : List.of(CLIENT, "")) {
        for (Reply reply : List.of(verify(query, FROM_PAGE), verify(query, withPat(FROM_PAGE)))) {
          assertThat(reply.header("Access-Control-Allow-Origin")).hasValue(PAGE);
          assertThat(reply.header("Access-Control-Expose-Headers").orElse("").split(", "))
              .contains("WWW-Authenticate", "X-Auth-Error", "X-Access-Key-Retires-At");
        }
      }
    }

    @Test
    void readsNothingElsewhereButIsNotRefused() {
      Reply allowed = verify(CLIENT, withPat(FROM_ELSEWHERE)).expect(200);
      assertThat(allowed.header("Access-Control-Allow-Origin")).isEmpty();
      assertThat(verify(CLIENT, FROM_ELSEWHERE).header("Access-Control-Allow-Origin")).isEmpty();
      assertThat(verify("?client=other", FROM_PAGE).header("Access-Control-Allow-Origin"))
          .isEmpty();
      Map<String, String> claims = TestRealm.and(FROM_PAGE, Map.of("X-Required-Client", "other"));
      assertThat(verify(CLIENT, claims).header("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void getsKeycloaksAnswerToAPreflight() {
      String answer =
          wire("OPTIONS", VERIFY + CLIENT, "Origin: " + PAGE, "Access-Control-Request-Method: GET");
      assertThat(Wire.status(answer)).isEqualTo(200);
      assertThat(answer)
          .contains("Access-Control-Allow-Origin: " + PAGE)
          .containsPattern("Access-Control-Allow-Headers: .*Authorization");
      IDENTITY.forEach(
          name -> assertThat(answer).as(name).containsIgnoringCase("\r\n" + name + ": \r\n"));
    }

    /** A 200 would let the request pass without a key. */
    @ParameterizedTest
    @ValueSource(
        strings = {
          "X-Forwarded-Method: OPTIONS",
          "X-Forwarded-Method: GET",
          "X-Forwarded-Uri: /orders",
          "X-Original-Method: OPTIONS",
          "X-Original-URI: /orders",
          "X-Original-URL: https://api.acme.test/orders",
          "X-Forwarded-Method:"
        })
    void isNotTakenForOneBehindAGateway(String header) {
      String[] preflight = {"Origin: " + PAGE, "Access-Control-Request-Method: GET", header};
      assertThat(status("OPTIONS", VERIFY + CLIENT, preflight)).isEqualTo(401);
      assertThat(status("GET", VERIFY + CLIENT, preflight)).isEqualTo(401);
    }

    @Test
    void getsNoPreflightWhereTheMethodIsThatOfTheRequest() {
      String[] preflight = {"Origin: " + PAGE, "Access-Control-Request-Method: GET"};
      assertThat(status("OPTIONS", REQUEST + "/orders", preflight)).isEqualTo(401);
      assertThat(status("OPTIONS", VERIFY + CLIENT)).isEqualTo(401);
      assertThat(status("OPTIONS", VERIFY + CLIENT, "Origin: " + PAGE)).isEqualTo(401);
    }
  }
}
