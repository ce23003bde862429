package io.accesskeys.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.AdminCli;
import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Shell;
import io.accesskeys.bench.realm.TestRealm;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From an empty realm to a key that works, with what the top README tells people to type. */
@RequiresTool({"bash", "curl"})
class YourOwnApiIT {

  private static final Duration LIMIT = Duration.ofMinutes(2);

  @Test
  void fourCommandsLeadToAKeyThatWorks(@TempDir Path home) {
    String shown = String.join("", Readme.blocks("Your own API"));
    String here = "KC=" + KeycloakServer.shared().baseUri();
    try (TestRealm shop = TestRealm.existing("shop")) {
      Shell.Outcome outcome =
          Shell.run(
              Checkout.root(),
              "set -euo pipefail\n" + shown.replaceFirst("KC=\\S+", here),
              AdminCli.variables(home),
              LIMIT);
      assertThat(outcome.code()).as(outcome.output()).isZero();
      assertThat(outcome.output())
          .contains("200 OK")
          .contains("X-Auth-Client: shop-api")
          .contains("X-Auth-Scope: orders:read")
          .contains("X-Auth-Username: service-account-billing-worker");
      assertThat(shop.admin("GET", "/access-keys/count", null).expect(200).text("count"))
          .isEqualTo("1");
    }
  }
}
