package io.accesskeys.it.stock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.LogDetail;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.AccountMenu;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server with every switch off that the documentation knows, and keys in its database. */
@RequiresTool("initdb")
class SwitchesIT {

  private static final Pattern SWITCH =
      Pattern.compile("(?m)^\\| `(--spi-[^`]+=false)` \\| (build|start) \\|");
  private static final Map<String, String> WORKER =
      TestRealm.basic("billing-worker", "billing-worker-demo-secret");
  private static final Map<String, String> CLIENT_CREDENTIALS =
      Map.of("grant_type", "client_credentials");

  private static Postgres postgres;
  private static KeycloakServer off;
  private static KeycloakServer bare;
  private static TestRealm realm;
  private static TestKey pat;
  private static TestKey secret;

  @BeforeAll
  static void switchEverythingOffOnADatabaseWithKeys() throws IOException {
    postgres = Postgres.start(Postgres.Durability.NONE);
    Settings settings =
        Settings.standard()
            .withDatabase(postgres.database())
            .withRealms(List.of())
            .withLogDetail(LogDetail.INFO);
    try (KeycloakServer on = KeycloakServer.start(settings)) {
      fill(TestRealm.create(on, "switches"));
    }
    off =
        KeycloakServer.start(
            settings
                .withBuildOptions(
                    Stream.concat(settings.buildOptions().stream(), switches("build")).toList())
                .withOptions(switches("start").toList()));
    realm = TestRealm.existing(off, "switches");
    bare =
        KeycloakServer.start(
            Settings.standard()
                .withProviders(List.of())
                .withRealms(List.of())
                .withLogDetail(LogDetail.INFO));
  }

  @AfterAll
  static void end() {
    for (KeycloakServer server : Stream.of(off, bare).filter(one -> one != null).toList()) {
      server.close();
    }
    postgres.close();
  }

  /** With a proof that all of it works while nothing is switched off. */
  private static void fill(TestRealm on) throws IOException {
    on.admin(
            "POST",
            on.client("billing-worker") + "/protocol-mappers/models",
            "{\"name\":\"gateway\",\"protocol\":\"openid-connect\",\"protocolMapper\":"
                + "\"oidc-audience-mapper\",\"config\":{\"included.client.audience\":"
                + "\"acme-gateway\",\"access.token.claim\":\"true\"}}")
        .expect(201);
    pat = on.pat("alice", "orders:read");
    secret = on.clientSecret("billing-worker", Map.of());
    assertThat(on.introspect(pat.text(), Map.of()).json().path("active").asBoolean()).isTrue();
    asWorker(on, secret.text()).expect(200);
    on.jwt(pat);
    assertThat(discovery(on.server()).toString()).contains(TestRealm.GRANT);
  }

  private static Stream<String> switches(String when) throws IOException {
    return SWITCH
        .matcher(Files.readString(Checkout.root().resolve("providers/docs/switches.md")))
        .results()
        .filter(row -> row.group(2).equals(when))
        .map(row -> row.group(1));
  }

  private static Reply asWorker(TestRealm at, String clientSecret) {
    return at.oidc("token", TestRealm.basic("billing-worker", clientSecret), CLIENT_CREDENTIALS);
  }

  /** Keycloak lists the client scopes in the order of a hash of their random ids. */
  private static JsonNode discovery(KeycloakServer server) throws IOException {
    String body =
        Http.get(
                URI.create(server.baseUri() + "/realms/master/.well-known/openid-configuration"),
                Map.of())
            .expect(200)
            .body()
            .replace(server.baseUri().toString(), "");
    ObjectNode document = (ObjectNode) new ObjectMapper().readTree(body);
    List<String> scopes =
        StreamSupport.stream(document.path("scopes_supported").spliterator(), false)
            .map(JsonNode::asText)
            .sorted()
            .toList();
    return document.put("scopes_supported", String.join(" ", scopes));
  }

  /** Also where {@code docs/stock.md} has a difference. */
  @Test
  void everyRequestIsAnsweredAsByAServerWithoutUs() {
    StockRealm stock = StockRealm.madeBy(bare);
    Map<StockRequest, StockAnswer> answers = stock.answersOf(off);
    SoftAssertions softly = new SoftAssertions();
    stock
        .answersOf(bare)
        .forEach(
            (request, answer) ->
                softly.assertThat(answers.get(request)).as("%s", request).isEqualTo(answer));
    softly.assertAll();
  }

  @Test
  void theDiscoveryDocumentIsThatOfAServerWithoutUs() throws IOException {
    assertThat(discovery(off)).isEqualTo(discovery(bare));
  }

  @Test
  void keysIntrospectAsInactiveAndTokensAsEver() {
    assertThat(realm.introspect(pat.text(), Map.of()).expect(200).body())
        .isEqualTo("{\"active\":false}");
    String token = realm.oidc("token", WORKER, CLIENT_CREDENTIALS).text("access_token");
    JsonNode answer = realm.introspect(token, Map.of()).expect(200).json();
    assertThat(answer.path("active").asBoolean()).isTrue();
    assertThat(answer.path("client_id").asText()).isEqualTo("billing-worker");
  }

  @Test
  void aClientSecretIsAnyWrongSecretAndThePlainOneIsGood() {
    Reply refused = asWorker(realm, secret.text());
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.body()).isEqualTo(asWorker(realm, "wrong").body());
    assertThat(realm.admin("GET", "/events?type=CLIENT_LOGIN_ERROR", null).expect(200).body())
        .contains("invalid_client_credentials")
        .doesNotContain("client_authentication");
    realm.oidc("token", WORKER, CLIENT_CREDENTIALS).expect(200);
  }

  @Test
  void theGrantIsUnknown() {
    assertThat(realm.grant(pat.text(), Map.of()).text("error")).isEqualTo("unsupported_grant_type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/access-keys", "/access-keys/self", "/access-keys/verify?client=acme-api"})
  void nothingIsThereWhereSelfServiceWas(String path) {
    assertThat(Http.get(realm.uri(path), TestRealm.bearer(pat.text())).status()).isEqualTo(404);
  }

  @Test
  void nothingIsThereWhereTheAdminApiWas() {
    assertThat(realm.admin("GET", "/access-keys", null).status()).isEqualTo(404);
    assertThat(realm.admin("GET", "/authentication/unregistered-required-actions", null).body())
        .doesNotContain("create-access-key");
  }

  /** As one that is selected when the jar is taken away. */
  @Test
  void aRealmWithOurAccountThemeGetsKeycloaksConsole() {
    realm.change("", Map.of("accountTheme", "access-keys"));
    TestRealm there = TestRealm.create(bare, "switches");
    String stock = AccountMenu.of(there).expect(200).body();
    assertThat(AccountMenu.of(realm).expect(200).body()).isEqualTo(stock);
  }

  @Test
  void theLogSaysWhatIsKeycloaksOwnAgain() throws IOException {
    assertThat(Files.readString(off.log()))
        .contains(
            "Access keys are switched off at client-secret",
            "Access keys are switched off at access_token");
  }
}
