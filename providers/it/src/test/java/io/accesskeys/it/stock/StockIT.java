package io.accesskeys.it.stock;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.Contract;
import io.accesskeys.bench.Full;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.AccountMenu;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keycloak's own behaviour is what it was: the same requests to a server without the jar, to one
 * with it, and to one with it and every switch off, get the same answers.
 */
@Contract
class StockIT {

  private static WithoutUs without;

  @BeforeAll
  static void askTheOneWithoutUs() {
    without = WithoutUs.asked();
  }

  /** But where {@code docs/stock.md} has a difference. */
  @Nested
  class WithTheJar {

    private static final Path DOCUMENT = Checkout.root().resolve("providers/docs/stock.md");
    private static final Path MADE = Path.of("target/stock.md");
    private static final String TABLES = "## The requests\n";

    private static Map<StockRequest, StockAnswer> with;

    @BeforeAll
    static void ask() {
      with = without.realm().answersOf(KeycloakServer.shared());
    }

    static Stream<StockRequest> requests() {
      return StockRequest.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void isAnsweredAsWithoutUs(StockRequest request) {
      StockAnswer ours = with.get(request);
      StockAnswer stock = without.answers().get(request);
      if (request.differs()) {
        assertThat(ours).isNotEqualTo(stock);
      } else {
        assertThat(request.adds().map(ours::without).orElse(ours)).isEqualTo(stock);
      }
    }

    @Test
    void theTableIsTheOneInTheDocument() throws IOException {
      String document = Files.readString(DOCUMENT);
      String made =
          document.substring(0, document.indexOf(TABLES) + TABLES.length())
              + StockTable.of(without.answers(), with);
      Files.writeString(MADE, made);
      assertThat(made)
          .as("cp providers/it/%s providers/docs/stock.md makes it so", MADE)
          .isEqualTo(document);
    }
  }

  @Nested
  @RequiresTool("initdb")
  @Full
  class WithEverySwitchOff {

    private static SwitchedOff off;
    private static TestRealm realm;

    @BeforeAll
    static void switchEverythingOffOnADatabaseWithKeys() throws IOException {
      off = SwitchedOff.started();
      realm = off.realm();
    }

    @AfterAll
    static void end() {
      if (off != null) {
        off.close();
      }
    }

    /** Also where {@code docs/stock.md} has a difference. */
    @Test
    void everyRequestIsAnsweredAsByAServerWithoutUs() {
      Map<StockRequest, StockAnswer> answers = without.realm().answersOf(off.server());
      SoftAssertions softly = new SoftAssertions();
      without
          .answers()
          .forEach(
              (request, answer) ->
                  softly.assertThat(answers.get(request)).as("%s", request).isEqualTo(answer));
      softly.assertAll();
    }

    @Test
    void theDiscoveryDocumentIsThatOfAServerWithoutUs() {
      assertThat(WithoutUs.discovery(off.server())).isEqualTo(without.discovery());
    }

    /** Whatever the policy said when it could be set. */
    @ParameterizedTest
    @ValueSource(strings = {"openid-configuration", "oauth-authorization-server"})
    void discoveryNamesTheRevocationEndpointOfKeycloak(String document) {
      assertThat(
              Http.get(realm.uri("/.well-known/" + document), Map.of())
                  .expect(200)
                  .text("revocation_endpoint"))
          .endsWith("/protocol/openid-connect/revoke");
    }

    @Test
    void keysIntrospectAsInactiveAndTokensAsEver() {
      assertThat(realm.introspect(off.pat().text(), Map.of()).expect(200).body())
          .isEqualTo("{\"active\":false}");
      String token = off.asWorker("billing-worker-demo-secret").text("access_token");
      JsonNode answer = realm.introspect(token, Map.of()).expect(200).json();
      assertThat(answer.path("active").asBoolean()).isTrue();
      assertThat(answer.path("client_id").asText()).isEqualTo("billing-worker");
    }

    @Test
    void aClientSecretIsAnyWrongSecretAndThePlainOneIsGood() {
      Reply refused = off.asWorker(off.secret().text());
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.body()).isEqualTo(off.asWorker("wrong").body());
      assertThat(realm.admin("GET", "/events?type=CLIENT_LOGIN_ERROR", null).expect(200).body())
          .contains("invalid_client_credentials")
          .doesNotContain("client_authentication");
      off.asWorker("billing-worker-demo-secret").expect(200);
    }

    @Test
    void theGrantIsUnknown() {
      assertThat(realm.grant(off.pat().text(), Map.of()).text("error"))
          .isEqualTo("unsupported_grant_type");
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"/access-keys", "/access-keys/self", "/access-keys/verify?client=acme-api"})
    void nothingIsThereWhereSelfServiceWas(String path) {
      assertThat(Http.get(realm.uri(path), TestRealm.bearer(off.pat().text())).status())
          .isEqualTo(404);
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
      assertThat(AccountMenu.of(realm).expect(200).body()).isEqualTo(without.accountMenu());
    }

    @Test
    void theLogSaysWhatIsKeycloaksOwnAgain() throws IOException {
      assertThat(Files.readString(off.server().log()))
          .contains(
              "Access keys are disabled at client-secret",
              "Access keys are disabled at access_token",
              "Access keys are disabled at openid-configuration",
              "Access keys are disabled at oauth-authorization-server");
    }
  }
}
