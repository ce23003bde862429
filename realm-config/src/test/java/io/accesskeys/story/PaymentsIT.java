package io.accesskeys.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the page of {@code payments} tells of the schedule, which nobody waits for at a shell. */
class PaymentsIT {

  private static final String VERIFY =
      "/realms/payments/access-keys/verify?client=acme-api&scope=orders:read";

  private static void atDay(int day, Runnable what) {
    TestClock.of(KeycloakServer.shared()).ahead(Duration.ofDays(day), what);
  }

  private static int use(JsonNode key) {
    return Admin.status(VERIFY, key.path("secret").asText());
  }

  @Test
  void aKeyThatNobodyRollsInTimeIsRefusedUntilItIsRolled() {
    JsonNode key =
        Admin.signedIn()
            .post(
                "/payments/access-keys",
                """
                {"kind":"api-key","name":"forgotten","owner":{"client":"billing-worker"},
                "client":"acme-api","scopes":["orders:read"],"restrictions":[]}""");
    assertThat(use(key)).isEqualTo(200);
    atDay(89, () -> assertThat(use(key)).as("before it is due").isEqualTo(200));
    atDay(92, () -> assertThat(use(key)).as("in its window").isEqualTo(200));
    atDay(
        98,
        () -> {
          assertThat(use(key)).as("after the deadline").isEqualTo(401);
          JsonNode rolled =
              Admin.signedIn()
                  .post("/payments/access-keys/" + key.path("id").asText() + "/roll", "{}");
          assertThat(use(rolled)).isEqualTo(200);
        });
  }
}
