package io.accesskeys.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.demo.PrintedScript.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

@RequiresTool({"bash", "curl"})
final class DemoIT {

  @Test
  void everyPrintedLineDoesAgainWhatItDidInTheDemo() {
    KeycloakServer keycloak = KeycloakServer.shared();
    try (OrdersApi orders = Demo.ordersOf(keycloak)) {
      ByteArrayOutputStream printed = new ByteArrayOutputStream();
      new Demo(new PrintStream(printed, true, UTF_8)).show(keycloak, orders);
      PrintedScript script = PrintedScript.of(printed.toString(UTF_8));
      assertThat(script.statuses()).hasSizeGreaterThan(20);
      assertThat(script.curlLines()).hasSameSizeAs(script.statuses());

      List<Outcome> outcomes = script.run();

      assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.exit()).isZero());
      assertThat(outcomes.stream().filter(Outcome::isCurl))
          .extracting(Outcome::status)
          .isEqualTo(script.statuses());
    }
  }
}
