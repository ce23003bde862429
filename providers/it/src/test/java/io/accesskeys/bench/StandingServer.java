package io.accesskeys.bench;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * No test of its own, so no run takes it up by itself: {@code mvn verify -Dit.test=StandingServer}
 * starts the shared server, says how to attach tests to it, and stays until Maven is ended.
 */
class StandingServer {

  @Test
  void staysUntilMavenIsEnded() throws InterruptedException {
    KeycloakServer server = KeycloakServer.shared();
    System.out.printf(
        "%nAttach a test with:%n%nmvn verify -Dit.test=<test> -Dkeycloak.attach=%s"
            + " -Dkeycloak.attach.management=%s -Dkeycloak.attach.log=%s%n%n",
        server.baseUri(), server.managementUri(), server.log());
    new CountDownLatch(1).await();
  }
}
