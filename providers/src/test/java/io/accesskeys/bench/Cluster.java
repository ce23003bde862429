package io.accesskeys.bench;

import io.accesskeys.bench.KeycloakServer.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * Two nodes on one PostgreSQL that know of each other, as Keycloak sets it up by itself. Tokens of
 * one are good at the other. Tests that use it carry {@code @RequiresTool("initdb")}.
 *
 * @param database what both share
 */
public record Cluster(KeycloakServer first, KeycloakServer second, Database.OnPostgres database)
    implements AutoCloseable {

  private static Cluster shared;

  /** The one of this JVM; its end ends it. */
  public static synchronized Cluster shared() {
    if (shared == null) {
      shared = start((Database.OnPostgres) Postgres.shared().database());
    }
    return shared;
  }

  private static Cluster start(Database.OnPostgres database) {
    Settings settings =
        Settings.standard().withTestProviders().withDatabase(database).withRealms(List.of());
    int port = FreePorts.any();
    List<String> common =
        List.of(
            "--hostname=http://127.0.0.1:" + port,
            "--cache=ispn",
            "--cache-embedded-network-bind-address=127.0.0.1");
    KeycloakServer first = node(settings.withHttpPort(port), common);
    return new Cluster(first, node(settings, common), database);
  }

  private static KeycloakServer node(Settings settings, List<String> common) {
    List<String> options = new ArrayList<>(common);
    options.add("--cache-embedded-network-bind-port=" + FreePorts.anyBut(settings.httpPort()));
    return KeycloakServer.start(settings.withOptions(options));
  }

  @Override
  public void close() {
    second.close();
    first.close();
  }
}
