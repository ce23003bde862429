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
    List<Settings> nodes = nodes(database);
    KeycloakServer first = KeycloakServer.start(nodes.get(0));
    return new Cluster(first, KeycloakServer.start(nodes.get(1)), database);
  }

  /**
   * What to start the two nodes of a cluster on this database with. Each has ports of its own, so
   * that a node that was killed can be started again where it was.
   */
  public static List<Settings> nodes(Database.OnPostgres database) {
    Settings settings = Settings.ofItsOwn().withDatabase(database);
    int first = FreePorts.any();
    int second = FreePorts.anyBut(first);
    int firstPeer = FreePorts.anyBut(first, second);
    int secondPeer = FreePorts.anyBut(first, second, firstPeer);
    List<String> common =
        List.of(
            "--hostname=http://127.0.0.1:" + first,
            "--cache=ispn",
            "--cache-embedded-network-bind-address=127.0.0.1");
    return List.of(
        node(settings.withHttpPort(first), firstPeer, common),
        node(settings.withHttpPort(second), secondPeer, common));
  }

  private static Settings node(Settings settings, int peerPort, List<String> common) {
    List<String> options = new ArrayList<>(common);
    options.add("--cache-embedded-network-bind-port=" + peerPort);
    return settings.withOptions(options);
  }

  @Override
  public void close() {
    second.close();
    first.close();
  }
}
