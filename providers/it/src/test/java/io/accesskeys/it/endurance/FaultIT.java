package io.accesskeys.it.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Database;
import io.accesskeys.bench.FreePorts;
import io.accesskeys.bench.Full;
import io.accesskeys.bench.KeycloakServer.Place;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Network;
import io.accesskeys.bench.Network.Cable;
import io.accesskeys.bench.Network.Machine;
import io.accesskeys.bench.Postgres;
import io.accesskeys.bench.RequiresNamespaces;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.TestClock;
import io.accesskeys.bench.Waiting;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What two nodes tell gateways while their database, their network, their clocks and they
 * themselves break, one after the other: a bad key is never accepted for longer than a node may
 * remember it, a good one is never called bad, and nothing that was answered is lost.
 *
 * <p>{@code mvn verify} breaks one thing of each sort for a second. With {@code -Dfault.seconds=3}
 * or more everything breaks for so long, and from 30 on, as in the profile {@code heavy}, both
 * nodes are restarted with another jar, too.
 */
@RequiresTool("initdb")
@RequiresNamespaces
@Full
class FaultIT {

  private static final Duration LASTS = Duration.ofSeconds(Integer.getInteger("fault.seconds", 1));

  /** From so long on everything breaks, not only one thing of each sort. */
  private static final boolean ALL = LASTS.compareTo(Duration.ofSeconds(3)) >= 0;

  /** From so long on there is time to build Keycloak anew. */
  private static final Duration LONG = Duration.ofSeconds(30);

  /** How long a node may remember a key, and what a busy machine adds. */
  private static final Duration BOUND = Duration.ofSeconds(12);

  /** Without a failure for so long, all is well again. */
  private static final Duration QUIET = Duration.ofSeconds(ALL ? 4 : 1);

  private static final Duration LIMIT = Duration.ofMinutes(2);

  /** Fewer than the gateways that ask a node at the same time. */
  private static final String POOL = "--db-pool-max-size=6";

  private final List<Fault> faults = new ArrayList<>();

  private Network network;
  private Cable cluster;
  private Postgres postgres;
  private Database.OnPostgres database;
  private List<MortalNode> nodes;
  private TestRealm realm;
  private SteadyLoad load;

  /**
   * The second node is on a machine of its own, with one cable to the first and one to the rest.
   */
  @BeforeEach
  void start() {
    network = Network.create();
    Machine machine = network.machine("node");
    Cable rest = network.join(Network.here(), machine);
    cluster = network.join(Network.here(), machine);
    postgres = Postgres.start(Postgres.Durability.FULL, List.of(rest.one()));
    database = (Database.OnPostgres) postgres.database();
    int port = FreePorts.any();
    String peers = "--cache-embedded-network-bind-address=";
    Settings first =
        settings(port)
            .withOptions(
                List.of(
                    "--hostname=http://127.0.0.1:" + port,
                    "--cache=ispn",
                    POOL,
                    peers + cluster.one()));
    Settings second =
        settings(port)
            .withPlace(new Place(machine, rest.other()))
            .withOptions(
                List.of(
                    "--hostname=http://127.0.0.1:" + port,
                    "--cache=ispn",
                    POOL,
                    peers + cluster.other(),
                    "--db-url=jdbc:postgresql://%s:%d/%s"
                        .formatted(rest.one(), postgres.port(), database.name())));
    nodes = Stream.of(first, second).map(MortalNode::new).toList();
    realm = TestRealm.create(nodes.get(0).server(), "fault");
    // The second node is not on the loopback interface, and nobody has a certificate.
    realm.change("", Map.of("sslRequired", "NONE"));
    TestRealm.existing(nodes.get(0).server(), "master").change("", Map.of("sslRequired", "NONE"));
    realm.policy(Map.of("api-key.max-per-owner", "100000")).expect(204);
  }

  private Settings settings(int port) {
    return Settings.ofItsOwn().withDatabase(database).withHttpPort(port);
  }

  @AfterEach
  void stop() {
    if (load != null) {
      load.close();
    }
    if (nodes != null) {
      nodes.forEach(MortalNode::close);
    }
    if (postgres != null) {
      postgres.close();
    }
    network.close();
  }

  @Test
  void nothingBadIsAcceptedNothingGoodIsRefusedAndNothingIsLost() throws Exception {
    long begin = System.nanoTime();
    load = new SteadyLoad(List.of(realm, realm.at(nodes.get(1).server())));
    assertThat(Waiting.until(() -> isQuiet(begin), LIMIT)).as("warm").isTrue();
    during("database restarted", this::withoutDatabase);
    during("tables locked, connections used up", this::withTablesLocked);
    during("node 2 stopped (SIGSTOP) and resumed", this::withNodePaused);
    during("the nodes cannot see each other", this::withoutCable);
    during("clock of node 2 an hour ahead", what -> clock(Duration.ofHours(1), what));
    if (ALL) {
      during("nothing", Runnable::run);
      during("database paused", this::withDatabasePaused);
      during("database killed and started again", this::withDatabaseKilled);
      during("node 2 killed and started again", what -> nodes.get(1).dieAndComeBack());
      during("clock of node 2 an hour behind", what -> clock(Duration.ofHours(-1), what));
      during("mail server hangs", this::withSilentMailServer);
    }
    if (LASTS.compareTo(LONG) >= 0) {
      Path jar = anotherJar();
      nodes.forEach(node -> node.prepare(jar));
      during("both nodes restarted with another jar, one after the other", what -> upgrade(jar));
    }
    load.finish();
    assertNothingIsLost();
    report();
    assertThat(faults)
        .allSatisfy(fault -> assertThat(fault.wrongAccepts(BOUND)).as(fault.name()).isZero())
        .allSatisfy(fault -> assertThat(fault.wrongRefusals()).as(fault.name()).isZero());
  }

  /** Breaks something for a while, and waits until gateways notice nothing of it any more. */
  private void during(String name, Consumer<Runnable> broken) {
    int before = load.answers().size();
    long begin = System.nanoTime();
    broken.accept(FaultIT::last);
    long end = System.nanoTime();
    assertThat(Waiting.until(() -> isQuiet(end), LIMIT)).as("well again after: %s", name).isTrue();
    List<SteadyLoad.Answer> all = load.answers();
    faults.add(new Fault(name, begin, end, all.subList(before, all.size())));
    System.out.print(faults.get(faults.size() - 1).row(BOUND));
  }

  private static void last() {
    try {
      TimeUnit.MILLISECONDS.sleep(LASTS.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private boolean isQuiet(long end) {
    long since = System.nanoTime() - QUIET.toNanos();
    return since > end
        && load.answers().stream()
            .filter(answer -> answer.answered() > since)
            .noneMatch(answer -> answer.isOfGoodKey() && answer.status() != 200);
  }

  private void withoutDatabase(Runnable what) {
    postgres.stop();
    what.run();
    postgres.startAgain();
  }

  private void withDatabaseKilled(Runnable what) {
    postgres.kill();
    what.run();
    postgres.startAgain();
  }

  private void withDatabasePaused(Runnable what) {
    postgres.pause();
    what.run();
    postgres.resume();
  }

  private void withTablesLocked(Runnable what) {
    postgres.sql(
        database.name(),
        "begin; lock table ACCESS_KEY, ACCESS_KEY_SECRET in access exclusive mode;"
            + " select pg_sleep("
            + LASTS.toSeconds()
            + "); commit");
  }

  private void withNodePaused(Runnable what) {
    nodes.get(1).server().pause();
    what.run();
    nodes.get(1).server().resume();
  }

  private void withoutCable(Runnable what) {
    cluster.unplug();
    what.run();
    cluster.plugIn();
  }

  private void clock(Duration by, Runnable what) {
    TestClock.of(nodes.get(1).server()).ahead(by, what);
  }

  private void withSilentMailServer(Runnable what) {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      mailServer(
          Map.of("host", "127.0.0.1", "port", silent.getLocalPort(), "from", "a@acme.example"));
      // Alice is told, or would be.
      realm.as("alice");
      for (int i = 0; i < 10; i++) {
        realm.pat("alice", "orders:read");
      }
      what.run();
      mailServer(Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void mailServer(Map<String, ?> server) {
    realm.change("", Map.of("smtpServer", server));
  }

  private void upgrade(Path jar) {
    nodes.forEach(node -> node.restartWith(jar));
  }

  /** The same classes in other bytes: Keycloak is built anew. */
  private static Path anotherJar() {
    Path jar = Settings.standard().providers().get(0);
    Path other = jar.resolveSibling("another-access-keys.jar");
    try {
      Files.copy(jar, other, StandardCopyOption.REPLACE_EXISTING);
      try (FileSystem inside = FileSystems.newFileSystem(other)) {
        Files.writeString(inside.getPath("META-INF", "another"), "");
      }
      return other;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertNothingIsLost() {
    assertThat(load.good()).allMatch(key -> verify(key) == 200);
    assertThat(load.revoked()).isNotEmpty().allMatch(key -> verify(key) == 401);
  }

  private int verify(TestKey key) {
    return realm.verify(key.text(), "?client=acme-api").status();
  }

  private void report() {
    System.out.printf(
        "%d keys made and %d revoked: none lost%n%n%s",
        load.good().size() + load.revoked().size(), load.revoked().size(), Fault.HEAD);
    faults.forEach(fault -> System.out.print(fault.row(BOUND)));
  }
}
