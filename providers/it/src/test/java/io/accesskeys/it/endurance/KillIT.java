package io.accesskeys.it.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Database;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A node that dies while it makes keys: what it has answered is kept, and nothing is half made.
 *
 * <p>The profile {@code heavy} alone has it. In {@code mvn verify} its two starts of a server would
 * show nothing more than the one kill of {@link KillRollIT}, which makes keys all the while and
 * looks at each of them and at each row afterwards.
 */
@Tag("endurance")
@RequiresTool("initdb")
class KillIT {

  private static final int TRIALS = Integer.getInteger("trials", 200);
  private static final int THREADS = 8;

  @Test
  void everyKeyThatWasAnsweredIsThereAfterwards() throws InterruptedException {
    try (Postgres postgres = Postgres.start(Postgres.Durability.FULL)) {
      Database.OnPostgres database = (Database.OnPostgres) postgres.database();
      Settings settings = Settings.ofItsOwn().withDatabase(database);
      Queue<TestKey> answered = new ConcurrentLinkedQueue<>();
      createUntilKilled(KeycloakServer.start(settings), answered);
      assertThat(answered).hasSizeGreaterThanOrEqualTo(TRIALS);

      try (KeycloakServer again = KeycloakServer.start(settings)) {
        URI verify =
            URI.create(again.baseUri() + "/realms/kill/access-keys/verify?client=acme-api");
        assertThat(answered)
            .allMatch(key -> Http.get(verify, TestRealm.bearer(key.text())).status() == 200);
        String orphans =
            postgres.sql(
                database.name(),
                "select count(*) from access_key k where not exists (select 1 from"
                    + " access_key_secret s where s.key_id = k.id and s.realm_id = k.realm_id) or not exists (select 1 from"
                    + " access_key_usage u where u.key_id = k.id and u.realm_id = k.realm_id)");
        assertThat(orphans).isEqualTo("0");
        System.out.printf(
            "Killed after %d answered creations; %s keys are there, all whole%n",
            answered.size(), postgres.sql(database.name(), "select count(*) from access_key"));
      }
    }
  }

  private static void createUntilKilled(KeycloakServer server, Queue<TestKey> answered)
      throws InterruptedException {
    TestRealm realm = TestRealm.create(server, "kill");
    realm.policy(Map.of("api-key.max-per-owner", "100000")).expect(204);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    IntStream.range(0, THREADS).forEach(i -> threads.execute(() -> create(realm, answered)));
    while (answered.size() < TRIALS) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    server.kill();
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  private static void create(TestRealm realm, Queue<TestKey> answered) {
    try {
      while (true) {
        answered.add(realm.apiKey("orders:read"));
      }
    } catch (UncheckedIOException e) {
      // The server is gone, as it should be.
    }
  }
}
