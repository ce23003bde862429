package io.accesskeys.it.speed;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.time.Duration;
import java.util.List;

/** Many keys, each presented once. */
record Burst(KeycloakServer server, TestRealm realm, List<TestKey> keys) {

  /** How long a server remembers a key, and a little more. */
  private static final Duration TIME_TO_LIVE = Duration.ofSeconds(11);

  /** Waits until no server remembers a key that nobody presents. */
  static void forgetKeys() {
    try {
      Thread.sleep(TIME_TO_LIVE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Presents all of them; gives the CPU time of the server per request, in microseconds. */
  double cost() {
    Duration before = Race.cpu(server);
    keys.parallelStream().forEach(this::present);
    return Race.cpu(server).minus(before).toNanos() / 1e3 / keys.size();
  }

  /** Presents the first. */
  void first() {
    present(keys.get(0));
  }

  private void present(TestKey key) {
    realm.verify(key.text(), "?client=acme-api&scope=orders:read").expect(200);
  }
}
