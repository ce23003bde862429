package io.accesskeys.it.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.abuse.RawRequest.RawReply;
import io.accesskeys.it.endurance.FuzzText;
import io.accesskeys.key.KeyText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no key, or none of this realm: refused as RFC 6750 and RFC 7662 say, never a 5xx. */
class BadInputIT {

  private static final int CUT = 0;

  private static TestRealm realm;
  private static TestKey key;
  private static String jwt;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("bad");
    key = realm.pat("alice", "orders:read");
    jwt = realm.jwt(key);
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  static Stream<Arguments> malformed() {
    String text = key.text();
    return Stream.of(
        Arguments.of("wrong prefix", text.replace("kcpat_", "kcak_")),
        Arguments.of("wrong checksum", text.substring(0, text.length() - 1) + flipped(text)),
        Arguments.of("truncated", text.substring(0, text.length() - 1)),
        Arguments.of("lengthened", text + "A"),
        Arguments.of("no prefix", text.substring(6)),
        Arguments.of("another word", "password"),
        Arguments.of("underscores", "____"),
        Arguments.of("punctuation", "{}[]()<>!?*"),
        Arguments.of("tabs", "kcpat\t" + text.substring(6)),
        Arguments.of("a long one", "kcpat_" + "A".repeat(4_000)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void whatIsMalformedIsRefusedWithoutAnyLookUp(String name, String text) {
    try (SqlLog sql = SqlLog.of(realm.server())) {
      realm.verify(text, "?client=acme-api");
      realm.introspect(text, Map.of());
      realm.grant(text, Map.of());
      sql.mark();

      assertInvalidToken(realm.verify(text, "?client=acme-api"));
      assertThat(sql.statements()).isEmpty();
      assertThat(realm.introspect(text, Map.of()).expect(200).body())
          .isEqualTo("{\"active\":false}");
      Reply grant = realm.grant(text, Map.of());

      assertThat(grant.status()).isEqualTo(400);
      assertThat(grant.text("error")).isIn("invalid_grant", "invalid_request");
      assertThat(sql.statements()).noneMatch(statement -> statement.contains("ACCESS_KEY"));
    }
  }

  @Test
  void controlCharactersInAFormAreRefused() {
    for (String bad : new String[] {"kcpat_\u0000", "\r\nkcpat_", key.text() + "\u0007"}) {
      assertThat(realm.introspect(bad, Map.of()).expect(200).json().path("active").asBoolean())
          .isFalse();
    }
  }

  @Test
  void controlCharactersInAHeaderNeverCauseAServerError() {
    for (String bad : new String[] {"kcpat_\u0001\u0002", "kcpat_\u0000", "kcpat_\u00e4\u00ff"}) {
      assertThat(rawStatus("Authorization: Bearer " + bad)).isBetween(400, 499);
    }
  }

  @Test
  void aMegabyteIsRefused() {
    String huge = "kcpat_" + "A".repeat(1 << 20);
    assertThat(realm.introspect(huge, Map.of()).status()).isLessThan(500);
    assertThat(realm.introspect(huge, Map.of()).body()).doesNotContain("\"active\":true");
    assertThat(realm.grant(huge, Map.of()).status()).isBetween(400, 499);
    assertThat(rawStatus("Authorization: Bearer " + huge))
        .satisfiesAnyOf(
            status -> assertThat(status).isBetween(400, 499),
            status -> assertThat(status).isEqualTo(CUT));
  }

  @Test
  void aKeyThatWasNeverIssuedIsRefused() {
    assertRefused(KeyText.generate("kcpat", new SecureRandom()).reveal());
  }

  @Test
  void anotherSecretForAKeyThatExistsIsRefused() {
    assertRefused(KeyText.generate("kcpat", key.id(), new SecureRandom()).reveal());
  }

  @Test
  void theSameIdAndSecretUnderAnotherPrefixIsRefused() {
    String unchecked = "acme_live_" + key.text().substring(6, key.text().length() - 6);
    String text = FuzzText.checked(unchecked);
    assertThat(KeyText.parse(text)).as("well-formed").isPresent();
    assertRefused(text);
  }

  /** A database whose collation knows no upper and lower case finds the row nevertheless. */
  @Test
  void theSameSecretUnderTheIdInAnotherCaseIsRefused() {
    String swapped =
        key.id()
            .chars()
            .map(
                c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    String text = key.text().replace(key.id(), swapped);
    String unchecked = text.substring(0, text.length() - 6);
    assertRefused(FuzzText.checked(unchecked));
    assertThat(realm.admin("GET", "/access-keys/" + swapped, null).status()).isEqualTo(404);
    assertThat(Http.get(realm.uri("/access-keys/" + swapped), realm.as("alice")).status())
        .isEqualTo(404);
  }

  @Test
  void aKeyOfAnotherRealmIsRefused() {
    try (TestRealm other = TestRealm.create("bad-other")) {
      assertRefused(other.pat("alice", "orders:read").text());
    }
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);
  }

  @Test
  void theSecretTokenSchemeIsAccepted() {
    assertThat(realm.verify("secret-token:" + key.text(), "?client=acme-api").status())
        .isEqualTo(200);
  }

  @Test
  void twoCredentialsAreRefused() {
    URI verify = realm.uri("/access-keys/verify?client=acme-api");
    Reply two =
        Http.get(verify, TestRealm.and(TestRealm.bearer(key.text()), Map.of("X-API-Key", "x")));
    assertThat(two.status()).isEqualTo(401);
    assertThat(two.header("WWW-Authenticate").orElse("")).contains("invalid_request");
    String bearer = "Authorization: Bearer " + key.text();
    assertThat(rawStatus(bearer + "\r\n" + bearer + "x")).isEqualTo(401);
  }

  @Test
  void noCredentialsGetAChallengeWithoutAnError() {
    Reply none = Http.get(realm.uri("/access-keys/verify?client=acme-api"), Map.of());
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.header("WWW-Authenticate")).hasValue("Bearer realm=\"bad\"");
    Reply basic =
        Http.get(realm.uri("/access-keys/verify?client=acme-api"), TestRealm.basic("a", "b"));
    assertThat(basic.status()).isEqualTo(401);
  }

  @Test
  void aKeyInAUrlIsRefusedOnEveryWayIn() {
    TestKey key = realm.pat("alice", "orders:read");
    ShownSecrets.sentInUrl(key.text());
    String query = "access_key=" + key.text();
    URI introspect = realm.uri("/protocol/openid-connect/token/introspect?" + query);
    URI token = realm.uri("/protocol/openid-connect/token?" + query);
    Map<String, String> gateway = TestRealm.basic("acme-gateway", "acme-gateway-demo-secret");

    assertThat(realm.verify(key.text(), "?client=acme-api&" + query).status()).isEqualTo(400);
    assertThat(realm.verify(key.text(), "?" + key.text()).text("detail")).contains("in a URL");
    assertThat(Http.form(introspect, gateway, Map.of("token", key.text())).status()).isEqualTo(400);
    assertThat(
            Http.form(
                    token,
                    Map.of(),
                    Map.of(
                        "grant_type",
                        TestRealm.GRANT,
                        "client_id",
                        "acme-api",
                        "access_key",
                        key.text()))
                .text("error"))
        .isEqualTo("invalid_request");
    assertThat(Http.get(realm.uri("/access-keys?" + query), realm.as("alice")).status())
        .isEqualTo(400);
    assertThat(realm.admin("GET", "/access-keys?" + query, null).status()).isEqualTo(400);
    assertThat(Http.get(realm.uri("/access-keys/" + key.text()), realm.as("alice")).status())
        .isEqualTo(404);
  }

  @ParameterizedTest
  @MethodSource("wrongQueries")
  void aQueryThatIsNotUnderstoodIsRefused(String query) {
    assertThat(realm.verify(key.text(), query).status()).isEqualTo(400);
  }

  static Stream<String> wrongQueries() {
    return Stream.of(
        "?audience=acme-api", "?client=acme-api&client=acme-api", "?client=acme-api&kind=cookie");
  }

  @Test
  void withoutAClientTheOnlyApiClientIsMeant() {
    assertThat(realm.verify(key.text(), "").status()).isEqualTo(200);
    try (TestRealm two = TestRealm.create("bad-two")) {
      TestKey here = two.pat("alice", "orders:read");
      two.change(
          two.client("billing-worker"),
          Map.of("attributes", Map.of("access-keys.enabled", "true")));
      assertThat(two.verify(here.text(), "").status()).isEqualTo(400);
      assertThat(two.verify(here.text(), "?client=acme-api").status()).isEqualTo(200);
      assertThat(two.verify(here.text(), "?client=billing-worker").status()).isEqualTo(401);
      assertThat(two.verify(here.text(), "?client=acme-api&kind=api-key").status()).isEqualTo(401);
    }
  }

  @Test
  void aNameThatIsNotAsciiIsPercentEncoded() {
    realm.admin("POST", "/users", "{\"username\":\"zoë\",\"enabled\":true}").expect(201);
    String body =
        "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\","
            + "\"owner\":{\"user\":\""
            + TestRealm.id(realm.user("zo%C3%AB"))
            + "\"}}";
    Reply created = realm.admin("POST", "/access-keys", body).expect(201);
    ShownSecrets.add(created.text("secret"));
    assertThat(realm.verify(created.text("secret"), "").header("X-Auth-Username"))
        .hasValue("zo%C3%AB");
  }

  /** What nobody can have sent but a proxy that hands on what its own clients have written. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Host: a b",
        "X-Forwarded-Host: [",
        "X-Forwarded-Host: %zz",
        "X-Forwarded-Host: {}",
        "X-Forwarded-Host: <a>",
        "X-Forwarded-Proto: a b",
        "X-Forwarded-Proto: 1x",
        "X-Forwarded-Proto: ,",
        "X-Forwarded-Proto: https ,x",
        "X-Forwarded-Proto:",
        "X-Forwarded-Prefix: a b",
        "X-Forwarded-Prefix: %zz"
      })
  void anAddressThatCannotBeReadIsRefusedAtEveryEndpointOfOurs(String header) {
    String bearer = "Authorization: Bearer " + key.text();
    String minted = "Authorization: Bearer " + jwt;
    String admin = "Authorization: " + realm.asAdmin().get("Authorization");
    String keys = "/realms/bad/access-keys";
    for (RawRequest request :
        List.of(
            RawRequest.get(keys + "/verify?client=acme-api").header(bearer),
            RawRequest.get(keys + "/verify?client=acme-api&jwt=true").header(bearer),
            RawRequest.get(keys + "/verify/request/orders").header(bearer).method("POST"),
            RawRequest.get(keys + "/verify").method("OPTIONS"),
            RawRequest.get(keys + "/self").header(bearer),
            RawRequest.get(keys + "/self").header(minted),
            RawRequest.get(keys),
            RawRequest.get(keys + "/options").header(minted),
            RawRequest.get(keys + "/admin/"),
            RawRequest.form(keys + "/revoke", "token=x&client_id=acme-api"),
            RawRequest.json(keys + "/exposed", "{\"keys\":[]}"),
            RawRequest.get("/admin" + keys).header(admin),
            RawRequest.json("/admin" + keys + "/find", "{\"key\":\"x\"}").header(admin))) {
      RawReply reply = request.header(header).send(realm.server().baseUri());
      assertThat(reply.status()).as("%s", request).isEqualTo(400);
      assertThat(reply.text())
          .contains("urn:access-keys:problem:invalid-request")
          .contains("\"field\":\"" + header.substring(0, header.indexOf(':')) + "\"");
    }
    // Keycloak's own endpoint is as it was, and our fence before it stands all the same.
    RawReply fenced =
        RawRequest.get("/realms/bad/account")
            .header(minted)
            .header(header)
            .send(realm.server().baseUri());
    assertThat(fenced.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-Host: a_b",
        "X-Forwarded-Host: a:99999",
        "X-Forwarded-Host: a:-5",
        "X-Forwarded-Host: a@b",
        "X-Forwarded-Host: ,",
        "X-Forwarded-Port: abc",
        "X-Forwarded-Port: -5",
        "X-Forwarded-Port: 99999",
        "X-Forwarded-Port: ,",
        "X-Forwarded-Prefix: /x",
        "X-Forwarded-Ssl: ON"
      })
  void anAddressThatIsOnlyStrangeChangesNothing(String header) {
    RawRequest verify =
        RawRequest.get("/realms/bad/access-keys/verify?client=acme-api")
            .header("Authorization: Bearer " + key.text())
            .header(header);
    assertThat(verify.send(realm.server().baseUri()).status()).isEqualTo(200);
    assertThat(
            RawRequest.get("/realms/bad/access-keys")
                .header(header)
                .send(realm.server().baseUri())
                .status())
        .isEqualTo(401);
  }

  private static void assertRefused(String text) {
    assertInvalidToken(realm.verify(text, "?client=acme-api"));
    assertThat(realm.introspect(text, Map.of()).expect(200).body()).isEqualTo("{\"active\":false}");
    assertThat(realm.grant(text, Map.of()).text("error")).isEqualTo("invalid_grant");
  }

  private static void assertInvalidToken(Reply reply) {
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate"))
        .hasValue("Bearer realm=\"bad\", error=\"invalid_token\"");
    assertThat(reply.header("Cache-Control")).hasValue("no-store");
  }

  private static char flipped(String text) {
    return text.endsWith("A") ? 'B' : 'A';
  }

  /**
   * The status of a GET of verify with header lines that no HTTP client would send; {@link #CUT} if
   * the server hangs up before it has read them all.
   */
  private static int rawStatus(String headerLines) {
    URI verify = realm.uri("/access-keys/verify?client=acme-api");
    String request =
        "GET %s?%s HTTP/1.1\r\nHost: %s:%d\r\nConnection: close\r\n%s\r\n\r\n"
            .formatted(
                verify.getPath(),
                verify.getQuery(),
                verify.getHost(),
                verify.getPort(),
                headerLines);
    try (Socket socket = new Socket(verify.getHost(), verify.getPort())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      byte[] status = socket.getInputStream().readNBytes(12);
      return Integer.parseInt(new String(status, StandardCharsets.US_ASCII).substring(9));
    } catch (SocketException e) {
      return CUT;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
