package io.accesskeys.it.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Database;
import io.accesskeys.bench.Full;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.Waiting;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A database that dies in the moment in which a change was answered, and comes back: the change is
 * there. {@code DurabilityIT} has all changes; here are those without which a key stays good.
 */
@RequiresTool("initdb")
@Full
class DatabaseKillIT {

  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static Postgres postgres;
  private static Database.OnPostgres database;
  private static KeycloakServer server;
  private static TestRealm realm;
  private static TestKey good;

  @BeforeAll
  static void start() {
    postgres = Postgres.start(Postgres.Durability.FULL);
    database = (Database.OnPostgres) postgres.database();
    server = KeycloakServer.start(Settings.ofItsOwn().withDatabase(database));
    realm = TestRealm.create(server, "database-kill");
    good = realm.apiKey("orders:read");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
    postgres.close();
  }

  /** What a key is that was good until this was done to it, right after which the database died. */
  private static int afterItsDeath(Consumer<TestKey> change) {
    TestKey key = realm.apiKey("orders:read");
    assertThat(verify(key)).isEqualTo(200);
    change.accept(key);
    postgres.kill();
    postgres.startAgain();
    assertThat(Waiting.until(DatabaseKillIT::isWell, LIMIT)).as("well again").isTrue();
    return verify(key);
  }

  /** Whether the server has left all the connections behind that died. */
  private static boolean isWell() {
    URI list = URI.create(server.baseUri() + "/admin/realms/" + realm.name() + "/access-keys");
    return IntStream.range(0, 20).allMatch(any -> status(list, realm.asAdmin()) == 200)
        && verify(good) == 200;
  }

  private static int verify(TestKey key) {
    return status(realm.uri("/access-keys/verify?client=acme-api"), TestRealm.bearer(key.text()));
  }

  private static int status(URI uri, Map<String, String> headers) {
    return Http.anything("GET", uri, headers, null, "").status();
  }

  @Test
  void aKeyThatAnAdministratorHasRevokedStaysRevoked() {
    assertThat(afterItsDeath(key -> realm.adminKey("DELETE", key, "", null).expect(204)))
        .isEqualTo(401);
  }

  @Test
  void aKeyThatAnAdministratorHasSuspendedStaysSuspended() {
    assertThat(afterItsDeath(key -> realm.adminKey("POST", key, "/suspend", "").expect(204)))
        .isEqualTo(401);
  }

  @Test
  void aKeyThatHasRevokedItselfStaysRevoked() {
    assertThat(
            afterItsDeath(
                key -> {
                  URI self = realm.uri("/access-keys/self");
                  Http.json("DELETE", self, TestRealm.bearer(key.text()), "").expect(204);
                }))
        .isEqualTo(401);
  }

  @Test
  void aKeyThatWasFoundInPublicStaysRevoked() {
    assertThat(
            afterItsDeath(
                key -> {
                  String found = "{\"keys\":[\"" + key.text() + "\"]}";
                  Http.json("POST", realm.uri("/access-keys/exposed"), Map.of(), found).expect(202);
                }))
        .isEqualTo(401);
  }

  @Test
  void aSecretThatWasRolledAwayStaysRetired() {
    String atOnce = "{\"overlap\":\"PT0S\"}";
    assertThat(afterItsDeath(key -> realm.adminKey("POST", key, "/roll", atOnce).expect(200)))
        .isEqualTo(401);
  }
}
