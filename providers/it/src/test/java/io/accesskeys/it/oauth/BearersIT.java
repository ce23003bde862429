package io.accesskeys.it.oauth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.bench.realm.TestSigningKey;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code docs/bearers.md}: what Keycloak's own endpoints answer to an administrator's token, and to
 * the same token as if it had been minted from a key. Nothing but the claim tells them apart, so
 * that no other check can hide a fence that is missing.
 */
@Contract
class BearersIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Pattern FENCED_FIELDS =
      Pattern.compile("(?:subject_token|claim_token|rpt)=\\{token}");

  private static TestRealm realm;
  private static String token;
  private static String minted;

  @BeforeAll
  static void create() throws IOException, GeneralSecurityException {
    realm = TestRealm.create("bearers");
    realm.change(
        realm.client("acme-gateway"),
        Map.of("serviceAccountsEnabled", true, "authorizationServicesEnabled", true));
    token = realm.asAdminWith("realm-admin").get("Authorization").substring("Bearer ".length());
    minted = withClaim(token);
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  /** One row of the document. */
  private record Row(String method, String path, String sent, int without, int with) {

    static Row of(String line) {
      List<String> cells =
          Arrays.stream(line.split("\\|", -1)).map(cell -> cell.replace("`", "").strip()).toList();
      String[] request = cells.get(1).split(" ", 2);
      return new Row(
          request[0],
          request[1],
          cells.get(2),
          Integer.parseInt(cells.get(3)),
          Integer.parseInt(cells.get(4)));
    }

    /** Of the fields of forms those that would let somebody in for what the token says. */
    boolean isFenced() {
      return sent.equals("Bearer") || FENCED_FIELDS.matcher(sent).find();
    }

    Reply send(String text) {
      URI uri = realm.root(path.replace("{realm}", realm.name()));
      Map<String, String> json = Map.of("Accept", "application/json");
      if (sent.equals("Bearer")) {
        Map<String, String> headers = TestRealm.and(json, TestRealm.bearer(text));
        boolean body = method.equals("POST");
        return Http.anything(
            method, uri, headers, body ? "application/x-www-form-urlencoded" : null, "");
      }
      return Http.anything(
          method,
          uri,
          TestRealm.and(json, TestRealm.basic("acme-gateway", "acme-gateway-demo-secret")),
          "application/x-www-form-urlencoded",
          sent.replace("{token}", text).replace("{realm}", realm.name()));
    }
  }

  @TestFactory
  Stream<DynamicTest> everyEndpointAnswersAsTheDocumentSays() throws IOException {
    return rows().stream()
        .map(
            row ->
                dynamicTest(
                    row.method() + " " + row.path() + " " + row.sent(),
                    () -> {
                      assertThat(row.send(token).status()).as("without").isEqualTo(row.without());
                      Reply refused = row.send(minted);
                      assertThat(refused.status())
                          .as("with: %s", refused.body())
                          .isEqualTo(row.with());
                      assertThat(refused.body().contains("minted from access keys"))
                          .as("refused for what it is: %s", refused.body())
                          .isEqualTo(row.isFenced());
                    }));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/access-keys/../clients-registrations/install/acme-gateway",
        "/access-keys/%2e%2e/clients-registrations/install/acme-gateway",
        "/access-keys/..%2fclients-registrations/install/acme-gateway",
        "/access-keys;/../clients-registrations/install/acme-gateway",
        "//clients-registrations/install/acme-gateway",
        "/clients-registrations/install/acme-gateway/",
        "/clients-registrations/install/acme-gateway?x=/access-keys/",
        "/clients-registrations/install/acme-gateway;/access-keys",
        "/clients-registrations/install/acme-gateway#/access-keys"
      })
  void noSpellingOfAnAddressLeadsPastTheFence(String path) {
    Reply reply = Http.anything("GET", realm.uri(path), TestRealm.bearer(minted), null, "");
    assertThat(reply.status()).as(reply.body()).isIn(400, 401, 404);
    assertThat(reply.body()).doesNotContain("acme-gateway-demo-secret");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bearer %s", "BEARER %s", "Bearer   %s", "Bearer\t%s", "DPoP %s", "%s"})
  void noSpellingOfTheHeaderDoes(String header) {
    Reply reply =
        Http.anything(
            "GET",
            realm.uri("/clients-registrations/install/acme-gateway"),
            Map.of("Authorization", header.formatted(minted)),
            null,
            "");
    assertThat(reply.status()).as(reply.body()).isEqualTo(401);
    assertThat(reply.text("error_description")).contains("minted from access keys");
  }

  @Test
  void theRefusalIsCountedAndSaysWhy() {
    double before = refusals();
    Reply reply = Http.get(realm.uri("/clients-registrations/default/x"), TestRealm.bearer(minted));
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate").orElseThrow())
        .startsWith("Bearer error=\"invalid_token\"");
    assertThat(reply.header("Cache-Control")).contains("no-store");
    assertThat(refusals()).isGreaterThanOrEqualTo(before + 1);
  }

  @Test
  void soIsThatOfAForm() {
    double before = refusals();
    realm.tradeUp(minted).expect(403);
    Reply uma =
        realm.oidc(
            "token",
            TestRealm.basic("acme-gateway", "acme-gateway-demo-secret"),
            Map.of(
                "grant_type",
                "urn:ietf:params:oauth:grant-type:uma-ticket",
                "audience",
                "acme-gateway",
                "rpt",
                minted));
    assertThat(uma.text("error")).isEqualTo("access_denied");
    assertThat(refusals()).isGreaterThanOrEqualTo(before + 2);
    String events =
        realm.admin("GET", "/events?type=TOKEN_EXCHANGE_ERROR", null).expect(200).body();
    assertThat(events).contains("minted_token");
  }

  @Test
  void ourOwnEndpointsTellTheirCallersMore() {
    assertThat(Http.get(realm.uri("/access-keys"), TestRealm.bearer(minted)).text("detail"))
        .isNotEmpty();
  }

  private static double refusals() {
    return Http.anything(
            "GET", URI.create(realm.server().managementUri() + "/metrics"), Map.of(), null, "")
        .body()
        .lines()
        .filter(line -> line.startsWith("access_keys_verifications_total"))
        .filter(line -> line.contains("minted_token"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Checkout.root().resolve("providers/docs/bearers.md"))) {
      if (line.startsWith("| `")) {
        rows.add(Row.of(line));
      }
    }
    assertThat(rows).hasSizeGreaterThan(20);
    return rows;
  }

  /** Signed as the realm signs. */
  private static String withClaim(String jwt) throws IOException, GeneralSecurityException {
    String header = jwt.substring(0, jwt.indexOf('.'));
    ObjectNode claims = (ObjectNode) TestRealm.claims(jwt);
    claims.put("access_key_id", "AbCdEfGh12345678");
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String content = header + '.' + base64.encodeToString(JSON.writeValueAsBytes(claims));
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(TestSigningKey.privateKey());
    signature.update(content.getBytes(UTF_8));
    return content + '.' + base64.encodeToString(signature.sign());
  }
}
