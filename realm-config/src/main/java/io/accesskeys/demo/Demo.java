package io.accesskeys.demo;

import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.LogDetail;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.story.Stage;
import io.accesskeys.story.Story;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * {@code mvn -Pdemo verify}: starts a real Keycloak with the provider jar and the demo realm, and
 * shows what keys can do, each call as the curl line that does the same. With {@code -Ddemo.realm}
 * it plays the page of another realm. With {@code -Ddemo.stay} the server stays, so that the lines
 * can be tried.
 */
public final class Demo {

  private static final int STAY_PORT = 8080;
  private static final Duration NO_INPUT = Duration.ofSeconds(1);

  private final PrintStream out;

  Demo(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @throws DemoFailure when an answer is not the expected one
   * @throws InterruptedException when something ends the wait of {@code -Ddemo.stay}
   */
  public static void main(String[] arguments) throws InterruptedException {
    boolean stays = !System.getProperty("demo.stay", "false").equals("false");
    Settings settings = Settings.standard().withLogDetail(LogDetail.INFO);
    if (stays) {
      requireFree(STAY_PORT);
      settings = settings.withHttpPort(STAY_PORT);
    }
    System.out.println("# Starting Keycloak " + settings.version() + " with the provider jar");
    String realm = System.getProperty("demo.realm", "acme");
    if (!realm.equals("acme")) {
      play(new Story(realm), settings, stays);
      return;
    }
    try (KeycloakServer keycloak = KeycloakServer.start(settings);
        OrdersApi orders = ordersOf(keycloak)) {
      Demo demo = new Demo(System.out);
      demo.show(keycloak, orders);
      if (stays) {
        demo.stay(keycloak);
      }
    }
  }

  private static void play(Story story, Settings settings, boolean stays)
      throws InterruptedException {
    try (KeycloakServer keycloak =
            KeycloakServer.start(settings.withRealms(List.of(story.file())));
        Stage stage = Stage.of(story, keycloak)) {
      System.out.println("# Keycloak " + keycloak.version() + " is up, with the realm " + story);
      stage.variables().forEach((name, value) -> System.out.println(name + "=" + value));
      stage.show(System.out);
      if (stays) {
        new Demo(System.out).stay(keycloak);
      }
    }
  }

  /** The resource server that trusts the demo realm of this server. */
  static OrdersApi ordersOf(KeycloakServer keycloak) {
    URI issuer = URI.create(keycloak.baseUri() + "/realms/acme");
    return OrdersApi.start(OfflineVerifier.load(issuer, "acme-gateway"));
  }

  /** Takes all steps against running servers. */
  void show(KeycloakServer keycloak, OrdersApi orders) {
    long start = System.nanoTime();
    out.println("# Keycloak " + keycloak.version() + " is up, with the realm acme. It is a");
    out.println("# throwaway: its passwords are public, its keys are gone when it ends.");
    out.println("# What does not begin with # is for bash, in this order.");
    Transcript transcript = new Transcript(out);
    new Tour(transcript).run(keycloak.baseUri().toString(), orders.baseUri().toString());
    out.println();
    out.printf(
        "# All %d steps went as expected: %d calls in %.1f s.%n",
        transcript.steps(), transcript.calls(), (System.nanoTime() - start) / 1e9);
  }

  private void stay(KeycloakServer keycloak) throws InterruptedException {
    out.println("#");
    out.println("# Keycloak stays. Paste the lines above into bash, from KC= on.");
    out.println("#   base URL       " + keycloak.baseUri());
    out.println("#   management     " + keycloak.managementUri());
    out.println(
        "#   admin console  %s/admin (%s, password %s)"
            .formatted(
                keycloak.baseUri(), KeycloakServer.ADMIN_USER, KeycloakServer.ADMIN_PASSWORD));
    out.println("#   log            " + keycloak.log());
    out.println("# Ctrl-C, or the end of the input, ends it.");
    long start = System.nanoTime();
    awaitEndOfInput();
    if (System.nanoTime() - start < NO_INPUT.toNanos()) {
      // There was no input to begin with, as in CI: only a signal ends this.
      new CountDownLatch(1).await();
    }
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // What somebody types here means nothing.
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read the input", e);
    }
  }

  private static void requireFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      socket.setReuseAddress(true);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Port %d is taken: end what listens there. Without -Ddemo.stay any port will do."
              .formatted(port),
          e);
    }
  }
}
