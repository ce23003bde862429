package io.accesskeys.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the page of {@code payments} tells of the schedule, which nobody waits for at a shell. */
class PaymentsIT {

  private static final TestRealm REALM = StoryRealms.of("payments");

  private static void atDay(int day, Runnable what) {
    REALM.ahead(Duration.ofDays(day), what);
  }

  private static int use(Reply key) {
    return REALM.verify(key.text("secret"), "?client=acme-api&scope=orders:read").status();
  }

  @Test
  void aKeyThatNobodyRollsInTimeIsRefusedUntilItIsRolled() {
    Reply key =
        REALM
            .admin(
                "POST",
                "/access-keys",
                """
                {"kind":"api-key","name":"forgotten","owner":{"client":"billing-worker"},
                "client":"acme-api","scopes":["orders:read"],"restrictions":[]}""")
            .expect(201);
    assertThat(use(key)).isEqualTo(200);
    atDay(89, () -> assertThat(use(key)).as("before it is due").isEqualTo(200));
    atDay(92, () -> assertThat(use(key)).as("in its window").isEqualTo(200));
    atDay(
        98,
        () -> {
          assertThat(use(key)).as("after the deadline").isEqualTo(401);
          String roll = "/access-keys/" + key.text("id") + "/roll";
          assertThat(use(REALM.admin("POST", roll, "{}").expect(200))).isEqualTo(200);
        });
  }
}
