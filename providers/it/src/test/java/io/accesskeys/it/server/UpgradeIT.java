package io.accesskeys.it.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.accesskeys.bench.Database;
import io.accesskeys.bench.FreePorts;
import io.accesskeys.bench.Full;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.TestClock;
import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that an earlier version has left: this one starts on it and honours its keys. */
@RequiresTool("initdb")
class UpgradeIT {

  private static final Path FIXTURE = Path.of("src/test/resources/upgrade/1.0.0");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| ([^|]+) \\| `(\\w+)` \\| ([^|]+) \\|$");

  /** A change set that nobody knows yet. */
  private static final String FUTURE =
      "insert into databasechangelog_access_key"
          + " select '9.0.0-future', author, filename, dateexecuted, orderexecuted + 1000,"
          + " exectype, md5sum from databasechangelog_access_key limit 1";

  private static final List<String> BUSY_JOBS =
      Stream.of("access-key-jobs--default--interval", "access-key-jobs--default--mail-interval")
          .map(job -> "--spi-" + job + "=1")
          .toList();

  /** Keycloak's own answer to whoever comes too early. */
  private static final Pattern BOOTING = Pattern.compile("503 Bootstrap in progress.*");

  private static final Pattern LOOKED_AT_THE_CHANGE_LOG =
      Pattern.compile(".*: select id from (public\\.)?databasechangelog_access_key");

  private static Database.OnPostgres database;

  private static final Map<String, String> EXPECTED = new HashMap<>();

  private static KeycloakServer server;

  @BeforeAll
  static void startOnTheOldDatabase() throws IOException {
    if (System.getProperty("upgrade.write") != null) {
      UpgradeFixture.write(FIXTURE);
    }
    Matcher row = ROW.matcher(Files.readString(FIXTURE.resolve("README.md")));
    while (row.find()) {
      EXPECTED.put(row.group(2), row.group(3));
    }
    database = oldDatabase();
    server = KeycloakServer.start(Settings.ofItsOwn().withDatabase(database));
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
  void aDatabaseOfANewerVersionIsRefusedBeforeAnythingOfOursTouchesIt() throws IOException {
    Database.OnPostgres newer = oldDatabase();
    sql(newer, FUTURE);
    sql(newer, "alter database " + newer.name() + " set log_statement = 'all'");
    int port = FreePorts.any();
    Settings settings =
        Settings.ofItsOwn().withDatabase(newer).withHttpPort(port).withOptions(BUSY_JOBS);
    try (PortWatch watch = new PortWatch(port)) {
      assertThatThrownBy(() -> KeycloakServer.start(settings).close())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("A newer version of Keycloak Access Keys")
          .hasMessageContaining("9.0.0-future");
      assertThat(watch.answers()).allMatch(BOOTING.asMatchPredicate());
    }
    assertThat(statementsAboutOurs(newer))
        .isNotEmpty()
        .allMatch(LOOKED_AT_THE_CHANGE_LOG.asMatchPredicate());
  }

  /** As when another node is started with a newer jar: this one's would overlook what it writes. */
  @Test
  void aDatabaseThatANewerVersionChangesMeanwhileIsLeftAlone() {
    assertThat(verifyAnyway()).startsWith("200");
    sql(database, FUTURE);
    TestClock.of(server).run("access-keys-database");
    try {
      assertThat(verifyAnyway()).startsWith("503").contains("9.0.0-future");
    } finally {
      sql(database, "delete from databasechangelog_access_key where id = '9.0.0-future'");
      TestClock.of(server).run("access-keys-database");
    }
    assertThat(verifyAnyway()).startsWith("200");
  }

  /** What is answered to a good key, by us or by Keycloak. */
  private static String verifyAnyway() {
    String good =
        EXPECTED.entrySet().stream()
            .filter(key -> key.getValue().equals("good"))
            .findFirst()
            .orElseThrow()
            .getKey();
    URI verify = URI.create(server.baseUri() + "/realms/acme/access-keys/verify?client=acme-api");
    Map<String, String> headers =
        TestRealm.and(TestRealm.bearer(good), Map.of("X-Forwarded-Proto", "https"));
    Reply reply = Http.anything("GET", verify, headers, null, "");
    return reply.status() + " " + reply.body();
  }

  @Test
  @Full
  void withoutItsTablesTheServerDoesNotStart() {
    Database.OnPostgres torn = (Database.OnPostgres) Postgres.shared().database();
    Settings settings = Settings.ofItsOwn().withDatabase(torn);
    KeycloakServer.start(settings).close();
    sql(torn, "alter table access_key_mail drop column attempts");
    assertThatThrownBy(() -> KeycloakServer.start(settings).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("The tables of Keycloak Access Keys cannot be read")
        .hasMessageContaining("attempts");
  }

  @Test
  @Full
  void withTwoJarsTheServerDoesNotStart(@TempDir Path folder) throws IOException {
    Settings settings = Settings.ofItsOwn();
    Path jar = settings.providers().get(0);
    Path twin = Files.copy(jar, folder.resolve("access-keys-twin.jar"));
    Settings both =
        settings.withProviders(
            Stream.concat(settings.providers().stream(), Stream.of(twin)).toList());
    assertThatThrownBy(() -> KeycloakServer.start(both).close())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("more than once")
        .hasMessageContaining(jar.getFileName().toString())
        .hasMessageContaining("access-keys-twin.jar");
  }

  /** The way to have the port closed until all is checked. */
  @Test
  @Full
  void aServerThatStartsBeforeItListensNeverListensOnANewerDatabase() {
    Database.OnPostgres newer = oldDatabase();
    sql(newer, FUTURE);
    int port = FreePorts.any();
    Settings settings =
        Settings.ofItsOwn()
            .withDatabase(newer)
            .withHttpPort(port)
            .withOptions(List.of("--server-async-bootstrap=false"));
    try (PortWatch watch = new PortWatch(port)) {
      assertThatThrownBy(() -> KeycloakServer.start(settings).close())
          .hasMessageContaining("9.0.0-future");
      assertThat(watch.answers()).isEmpty();
    }
  }

  /** What was said to a database about our tables. */
  private static List<String> statementsAboutOurs(Database.OnPostgres database) throws IOException {
    try (Stream<String> lines = Files.lines(database.server().log())) {
      return lines
          .filter(line -> line.contains("] " + database.name() + " LOG: "))
          .map(line -> line.toLowerCase(Locale.ROOT))
          .filter(line -> line.contains("access_key"))
          .map(line -> line.substring(line.indexOf(" log: ")))
          .toList();
    }
  }
}
