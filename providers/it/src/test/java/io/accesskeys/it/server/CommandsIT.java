package io.accesskeys.it.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.accesskeys.bench.Database;
import io.accesskeys.bench.Full;
import io.accesskeys.bench.KeycloakCommand;
import io.accesskeys.bench.KeycloakCommand.Outcome;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What operators do with {@code kc.sh}, on a database that was made by hand from the SQL that
 * Keycloak writes: a realm file imported at start, exported, and imported again when the realm is
 * gone.
 */
@RequiresTool("initdb")
@Full
class CommandsIT {

  private static final String REALM = "commands";

  /** CompatibilityResult.ExitCode: no rolling update, all nodes have to end first. */
  private static final int RECREATE = 3;

  /** Nothing of it as it is anyway. */
  private static final Map<String, String> POLICY =
      new TreeMap<>(
          Map.of(
              "personal-access-token.prefixes", "acme_live##acme_test",
              "personal-access-token.default-lifetime", "P2D",
              "personal-access-token.max-lifetime", "P5D",
              "api-key.enabled", "false",
              "client-secret.max-idle", "P90D",
              "self-service-role", "orders:read",
              "lifetime-presets", "P1D##P3D",
              "when-exposed", "suspend",
              "max_auth_age", "120"));

  @TempDir private static Path folder;

  private static Database.OnPostgres byHand;
  private static Settings settings;
  private static Path sql;
  private static Path exported;
  private static KeycloakServer server;

  @BeforeAll
  static void moveTheRealm() throws IOException {
    byHand = (Database.OnPostgres) Postgres.shared().database();
    settings = Settings.ofItsOwn().withDatabase(byHand);
    sql = folder.resolve("update.sql");
    exported = folder.resolve("exported.json");
    makeByHand();
    server =
        KeycloakServer.start(
            settings.withRealms(List.of(realmFile())).withOptions(List.of(strategy("manual"))));
    done(
        KeycloakCommand.run(settings, "export", List.of("--realm=" + REALM, "--file=" + exported)));
    TestRealm realm = TestRealm.existing(server, REALM);
    realm.close();
    realm.admin("GET", "", null).expect(404);
    done(KeycloakCommand.run(settings, "import", List.of("--file=" + exported)));
  }

  @AfterAll
  static void end() {
    if (server != null) {
      server.close();
    }
  }

  private static Path realmFile() throws IOException {
    ObjectNode realm = (ObjectNode) new ObjectMapper().readTree(TestRealm.shipped(REALM));
    for (JsonNode action : realm.path("requiredActions")) {
      if (action.path("alias").asText().equals("create-access-key")) {
        ((ObjectNode) action).set("config", new ObjectMapper().valueToTree(POLICY));
      }
    }
    return Files.writeString(folder.resolve(REALM + ".json"), realm.toString());
  }

  /** Without {@code initialize-empty} the strategy leaves an empty database alone. */
  private static void makeByHand() {
    Outcome refused =
        KeycloakCommand.run(
            settings,
            "start",
            List.of(
                "--http-enabled=true",
                "--hostname-strict=false",
                "--cache=local",
                "--http-port=0",
                strategy("manual"),
                "--spi-connections-jpa--quarkus--initialize-empty=false",
                "--spi-connections-jpa--quarkus--migration-export=" + sql));
    assertThat(refused.code()).as(refused.output()).isNotZero();
    assertThat(refused.output()).contains("Database not initialized");
    byHand.server().load(byHand.name(), sql);
  }

  private static String strategy(String name) {
    return "--spi-connections-jpa--quarkus--migration-strategy=" + name;
  }

  private static void done(Outcome outcome) {
    assertThat(outcome.code()).as(outcome.output()).isZero();
  }

  private static Map<String, String> policyIn(JsonNode requiredActions) {
    Map<String, String> policy = new TreeMap<>();
    for (JsonNode action : requiredActions) {
      if (action.path("alias").asText().equals("create-access-key")) {
        JsonNode config = action.path("config");
        Iterable<String> names = config::fieldNames;
        names.forEach(name -> policy.put(name, config.path(name).asText()));
      }
    }
    return policy;
  }

  @Test
  void anExportCarriesThePolicy() throws IOException {
    JsonNode realm = new ObjectMapper().readTree(exported.toFile());
    assertThat(policyIn(realm.path("requiredActions"))).isEqualTo(POLICY);
  }

  @Test
  void anImportKeepsThePolicyAndItActs() {
    TestRealm realm = TestRealm.existing(server, REALM);
    JsonNode actions =
        realm.admin("GET", "/authentication/required-actions", null).expect(200).json();
    assertThat(policyIn(actions)).isEqualTo(POLICY);

    Reply created =
        realm.create(
            "alice", "{\"kind\":\"personal-access-token\",\"name\":\"x\",\"client\":\"acme-api\"}");
    assertThat(created.expect(201).text("secret")).startsWith("acme_live_");
    assertThat(
            Duration.between(
                Instant.parse(created.text("createdAt")), Instant.parse(created.text("expiresAt"))))
        .isEqualTo(Duration.ofDays(2));
  }

  /** With {@code --override}, which is how it imports unless it is told not to. */
  @Test
  void anImportOverTheRealmKeepsItsKeys() {
    TestRealm realm = TestRealm.existing(server, REALM);
    TestKey key = realm.pat("alice", "orders:read");
    done(KeycloakCommand.run(settings, "import", List.of("--file=" + exported)));
    realm.upkeep();
    assertThat(realm.adminKey("GET", key, "", null).expect(200).json().path("scopes").toString())
        .isEqualTo("[\"orders:read\"]");
    assertThat(realm.verify(key.text(), "?client=acme-api&scope=orders:read").status())
        .isEqualTo(200);
  }

  @Test
  void theSqlThatKeycloakWritesMakesOurTables() throws IOException {
    assertThat(Files.readString(sql))
        .contains(
            "CREATE TABLE public.ACCESS_KEY ", "CREATE TABLE public.databasechangelog_access_key ");
    assertThat(
            byHand
                .server()
                .sql(
                    byHand.name(),
                    "select count(*) from information_schema.tables where table_name like 'access_key%'"))
        .isEqualTo("5");
  }

  @Test
  void aDatabaseMadeByHandServesAKey() {
    TestRealm realm = TestRealm.existing(server, REALM);
    TestKey key = realm.pat("alice", "orders:read");
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(200);
    realm.revoke("alice", key).expect(204);
    assertThat(realm.verify(key.text(), "?client=acme-api").status()).isEqualTo(401);
  }

  @Test
  void nodesOfTwoVersionsRunSideBySideOnlyOnTheSameTables() throws IOException {
    Path metadata = folder.resolve("metadata.json");
    done(
        KeycloakCommand.run(
            settings, "update-compatibility", List.of("metadata", "--file=" + metadata)));
    ObjectNode now = (ObjectNode) new ObjectMapper().readTree(metadata.toFile());
    assertThat(now.path("access-keys").path("schema").asText()).isNotEmpty();
    assertThat(check(metadata).code()).isZero();

    now.withObject("access-keys").put("schema", "0.9.0");
    Files.writeString(metadata, now.toString());
    Outcome other = check(metadata);
    assertThat(other.code()).as(other.output()).isEqualTo(RECREATE);
    assertThat(other.output()).contains("access-keys", "0.9.0");
  }

  private static Outcome check(Path metadata) {
    return KeycloakCommand.run(
        settings, "update-compatibility", List.of("check", "--file=" + metadata));
  }
}
