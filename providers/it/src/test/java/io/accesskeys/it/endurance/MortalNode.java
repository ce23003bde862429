package io.accesskeys.it.endurance;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.realm.TestRealm;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** A node of a cluster that dies and comes back at the same address. */
final class MortalNode implements AutoCloseable {

  private Settings settings;
  private volatile KeycloakServer server;
  private volatile Optional<TestRealm> realm = Optional.empty();

  MortalNode(Settings settings) {
    this.settings = settings;
    this.server = KeycloakServer.start(settings);
  }

  KeycloakServer server() {
    return server;
  }

  /** The realm here, where alice has signed in; empty while the node is on its way back. */
  Optional<TestRealm> realm() {
    return realm;
  }

  /** Goes on with those who have signed in there. */
  void enter(TestRealm signedIn) {
    realm = Optional.of(signedIn.at(server));
  }

  /** As after a power cut. */
  void dieAndComeBack() {
    server.kill();
    realm = Optional.empty();
    server = KeycloakServer.start(settings);
  }

  /** Has Keycloak built with this jar of ours, so that a restart with it takes no longer. */
  void prepare(Path jar) {
    KeycloakServer.build(with(jar));
  }

  /** In good order, and with this jar of ours from then on. */
  void restartWith(Path jar) {
    server.close();
    settings = with(jar);
    server = KeycloakServer.start(settings);
  }

  private Settings with(Path jar) {
    return settings.withProviders(
        Stream.concat(Stream.of(jar), settings.providers().stream().skip(1)).toList());
  }

  @Override
  public void close() {
    server.close();
  }
}
