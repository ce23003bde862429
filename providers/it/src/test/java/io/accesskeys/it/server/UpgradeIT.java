package io.accesskeys.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.bench.Database;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database that an earlier version has left: this one starts on it and honours its keys. */
@RequiresTool("initdb")
class UpgradeIT {

  private static final Path FIXTURE = Path.of("src/test/resources/upgrade/1.0.0");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([^|]+) \\| `(\\w+)` \\| ([^|]+) \\|$");

  private static final Map<String, String> EXPECTED = new HashMap<>();

  private static KeycloakServer server;
  private static String filledIn;

  @BeforeAll
  static void startOnTheOldDatabase() throws IOException {
    Matcher row = ROW.matcher(Files.readString(FIXTURE.resolve("README.md")));
    while (row.find()) {
      EXPECTED.put(row.group(2), row.group(3));
    }
    Database.OnPostgres database = oldDatabase();
    server = KeycloakServer.start(Settings.ofItsOwn().withDatabase(database));
    // Before a test uses a key.
    filledIn =
        sql(
            database,
            "select name, restricted, classic, name_order, use_count, idle_since = created_at"
                + " from access_key k join access_key_usage u on u.key_id = k.id order by name");
  }

  @AfterAll
  static void end() {
    if (server != null) {
      server.close();
    }
  }

  private static Database.OnPostgres oldDatabase() {
    Database.OnPostgres old = (Database.OnPostgres) Postgres.shared().database();
    old.server().load(old.name(), FIXTURE.resolve("postgresql.sql.gz"));
    return old;
  }

  private static String sql(Database.OnPostgres where, String statement) {
    return where.server().sql(where.name(), statement);
  }

  private static int verify(String key, String address) {
    Map<String, String> headers = new HashMap<>(TestRealm.bearer(key));
    headers.put("X-Forwarded-For", address);
    headers.put("X-Forwarded-Proto", "https");
    return Http.get(
            URI.create(server.baseUri() + "/realms/acme/access-keys/verify?client=acme-api"),
            headers)
        .status();
  }

  @Test
  void itsKeysAreWhatTheyWere() {
    assertThat(EXPECTED).hasSize(6);
    EXPECTED.forEach(
        (key, expected) -> {
          int from = expected.startsWith("good") ? 200 : 401;
          assertThat(verify(key, "203.0.113.9")).as(expected).isEqualTo(from);
          int elsewhere = expected.equals("good") ? 200 : 401;
          assertThat(verify(key, "203.0.113.7")).as(expected).isEqualTo(elsewhere);
        });
  }

  @Test
  void whatIsNewIsFilledIn() {
    assertThat(filledIn.lines())
        .contains("plain|f|f|706c61696e|0|t", "restricted|t|f|72657374726963746564|0|t")
        .hasSize(5);
  }

  @Test
  void aDatabaseOfANewerVersionIsRefused() {
    Database.OnPostgres newer = oldDatabase();
    sql(
        newer,
        "insert into databasechangelog_access_key"
            + " select '9.0.0-future', author, filename, dateexecuted, orderexecuted + 1000,"
            + " exectype, md5sum from databasechangelog_access_key limit 1");
    Settings settings = Settings.ofItsOwn().withDatabase(newer);
    assertThatThrownBy(() -> KeycloakServer.start(settings).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("A newer version of Keycloak Access Keys")
        .hasMessageContaining("9.0.0-future");
  }
}
