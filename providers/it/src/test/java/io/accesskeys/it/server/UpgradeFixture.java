package io.accesskeys.it.server;

import static io.accesskeys.bench.realm.TestRealm.shipped;

import io.accesskeys.bench.Database;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Makes what {@link UpgradeIT} starts on: the database that this version leaves behind. */
final class UpgradeFixture {

  private static final String TABLE = "| key | text | expected |";

  private UpgradeFixture() {}

  /** Writes the dump of a new database, and the keys in it into the table of the README. */
  static void write(Path folder) throws IOException {
    Database.OnPostgres database = (Database.OnPostgres) Postgres.shared().database();
    Settings settings = Settings.ofItsOwn().withDatabase(database);
    Map<String, String> keys;
    try (KeycloakServer server = KeycloakServer.start(settings)) {
      keys = keys(TestRealm.imported(server, "acme", shipped("acme")));
    }
    Files.createDirectories(folder);
    try (OutputStream file = Files.newOutputStream(folder.resolve("postgresql.sql.gz"));
        OutputStream packed = new GZIPOutputStream(file)) {
      packed.write(database.server().plainDump(database.name()).getBytes(StandardCharsets.UTF_8));
    }
    Path readme = folder.resolve("README.md");
    String text = Files.readString(readme);
    StringBuilder table = new StringBuilder(TABLE).append("\n|---|---|---|\n");
    keys.forEach((key, expected) -> table.append("| %s | %s |%n".formatted(key, expected)));
    String made =
        "Made with Keycloak %s; the keys expire a year after %s."
            .formatted(settings.version(), Instant.now().truncatedTo(ChronoUnit.DAYS));
    Files.writeString(
        readme, text.substring(0, text.indexOf(TABLE)).replaceFirst("Made with .*", made) + table);
  }

  /** By what they are and their texts, what is expected of them. */
  private static Map<String, String> keys(TestRealm realm) {
    Map<String, String> rows = new LinkedHashMap<>();
    String end =
        Instant.now().plus(364, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    List<String> reading = List.of("orders:read");
    TestKey plain =
        realm.pat("alice", Map.of("name", "plain", "scopes", reading, "expiresAt", end));
    rows.put(row("alice, `orders:read`", plain), "good");
    TestKey restricted =
        realm.pat(
            "alice",
            Map.of(
                "scopes",
                List.of("orders:read", "orders:write"),
                "expiresAt",
                end,
                "restrictions",
                List.of(
                    Map.of(
                        "type",
                        "ip",
                        "allow",
                        List.of("203.0.113.0/24"),
                        "not",
                        List.of("203.0.113.7")))));
    rows.put(
        row("alice, both scopes, only from 203.0.113.0/24 without 203.0.113.7", restricted),
        "good from there");
    TestKey rolled = realm.pat("alice", Map.of("scopes", reading, "expiresAt", end));
    rows.put(row("alice, rolled without overlap, old secret", rolled), "retired");
    TestKey successor =
        TestKey.of(
            realm
                .roll("alice", rolled, "{\"overlap\":\"PT0S\"}", Map.of("If-Match", "\"1\""))
                .expect(200));
    rows.put(row("the same, new secret", successor), "good");
    TestKey revoked = realm.pat("alice", Map.of("scopes", reading, "expiresAt", end));
    realm.revoke("alice", revoked).expect(204);
    rows.put(row("alice, revoked", revoked), "revoked");
    String request =
        """
        {"kind":"api-key","name":"worker","client":"acme-api","scopes":["orders:read"],
         "owner":{"client":"billing-worker"},"expiresAt":"%s"}"""
            .formatted(end);
    TestKey worker = TestKey.of(realm.admin("POST", "/access-keys", request).expect(201));
    rows.put(row("billing-worker, API key, `orders:read`", worker), "good");
    return rows;
  }

  private static String row(String what, TestKey key) {
    return what + " | `" + key.text() + "`";
  }
}
