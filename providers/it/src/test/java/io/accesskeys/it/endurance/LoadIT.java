package io.accesskeys.it.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Waiting;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.abuse.SqlLog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many uses at once: nobody is refused and nothing is written. */
class LoadIT {

  private static final int THREADS = 16;
  private static final int USES = 10;

  private static TestRealm realm;

  @BeforeAll
  static void create() {
    realm = TestRealm.create("load");
  }

  @AfterAll
  static void remove() {
    realm.close();
  }

  @Test
  void oneKeyServesManyThreads() throws InterruptedException, ExecutionException {
    TestKey key = realm.pat("alice", "orders:read");
    assertAllAccepted(i -> key);
  }

  @Test
  void manyKeysServeManyThreads() throws InterruptedException, ExecutionException {
    List<TestKey> keys = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      keys.add(i % 2 == 0 ? realm.pat("alice", "orders:read") : realm.apiKey("orders:read"));
    }
    assertAllAccepted(keys::get);
  }

  @Test
  void anAcceptingVerificationWritesNothingAndAWarmOneAsksTheDatabaseNothing() {
    TestKey key = realm.pat("alice", "orders:read");
    try (SqlLog sql = SqlLog.of(realm.server())) {
      String jwt = realm.jwt(key);

      useEveryWay(key, jwt);
      assertThat(sql.statements())
          .as("the control: the first use reads the key")
          .anyMatch(statement -> statement.contains("ACCESS_KEY"));
      assertThat(sql.writes()).isEmpty();

      // What is remembered is remembered for seconds, and may end between two uses.
      boolean silent =
          Waiting.until(
              () -> {
                sql.mark();
                realm.verify(key.text(), "?client=acme-api&scope=orders:read").expect(200);
                realm.introspect(key.text(), Map.of()).expect(200);
                return sql.statements().isEmpty();
              },
              Duration.ofSeconds(30));
      assertThat(silent).as("the last warm use: %s", sql.statements()).isTrue();

      realm.pat("alice", "orders:read");
      assertThat(sql.writes()).as("the control: a creation writes").isNotEmpty();
    }
  }

  private static void useEveryWay(TestKey key, String jwt) {
    assertThat(realm.verify(key.text(), "?client=acme-api&scope=orders:read").status())
        .isEqualTo(200);
    assertThat(realm.introspect(key.text(), Map.of()).json().path("active").asBoolean()).isTrue();
    assertThat(realm.introspect(jwt, Map.of()).json().path("active").asBoolean()).isTrue();
    assertThat(realm.grant(key.text(), Map.of()).status()).isEqualTo(200);
  }

  private static void assertAllAccepted(IntFunction<TestKey> keyOfThread)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Integer>> users = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        TestKey key = keyOfThread.apply(thread);
        users.add(() -> accepted(key));
      }
      int accepted = 0;
      for (Future<Integer> user : threads.invokeAll(users)) {
        accepted += user.get();
      }
      assertThat(accepted).isEqualTo(THREADS * USES * 3);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int accepted(TestKey key) {
    int accepted = 0;
    for (int use = 0; use < USES; use++) {
      accepted += realm.verify(key.text(), "?client=acme-api").status() == 200 ? 1 : 0;
      accepted += realm.introspect(key.text(), Map.of()).json().path("active").asBoolean() ? 1 : 0;
      accepted += realm.grant(key.text(), Map.of()).status() == 200 ? 1 : 0;
    }
    return accepted;
  }
}
