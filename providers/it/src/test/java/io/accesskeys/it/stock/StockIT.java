package io.accesskeys.it.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.LogDetail;
import io.accesskeys.bench.KeycloakServer.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Keycloak's own behaviour is what it was: the same requests to two servers, one with the jar and
 * one without, get the same answers.
 */
class StockIT {

  private static final Path DOCUMENT = Checkout.root().resolve("providers/docs/stock.md");
  private static final Path MADE = Path.of("target/stock.md");
  private static final String TABLES = "## The requests\n";

  private static Map<StockRequest, StockAnswer> without;
  private static Map<StockRequest, StockAnswer> with;

  @BeforeAll
  static void askBoth() {
    StockRealm realm;
    try (KeycloakServer bare =
        KeycloakServer.start(
            Settings.standard()
                .withProviders(List.of())
                .withRealms(List.of())
                .withLogDetail(LogDetail.INFO))) {
      realm = StockRealm.madeBy(bare);
      without = realm.answersOf(bare);
    }
    with = realm.answersOf(KeycloakServer.shared());
  }

  static Stream<StockRequest> requests() {
    return StockRequest.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("requests")
  void isAnsweredAsWithoutUs(StockRequest request) {
    StockAnswer ours = with.get(request);
    StockAnswer stock = without.get(request);
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
            + StockTable.of(without, with);
    Files.writeString(MADE, made);
    assertThat(made)
        .as("cp providers/%s providers/%s makes it so", MADE, DOCUMENT)
        .isEqualTo(document);
  }
}
