package io.accesskeys.it.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.accesskeys.bench.Heap;
import io.accesskeys.bench.KeycloakServer;
import io.accesskeys.bench.KeycloakServer.Settings;
import io.accesskeys.bench.Seed;
import io.accesskeys.bench.realm.ShownSecrets;
import io.accesskeys.bench.realm.TestKey;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.abuse.RawRequest;
import io.accesskeys.it.abuse.RawRequest.RawReply;
import io.accesskeys.it.gateway.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Requests that are wrong in some way, at every entry point: none is answered with a server error,
 * none lets anybody in who has not sent exactly a good key, no secret gets into the log, and
 * nothing of them stays on the heap. The profile {@code heavy} sends a hundred times as many as
 * {@code mvn verify}.
 */
class FuzzIT {

  private static final int REQUESTS = Integer.getInteger("fuzz.requests", 1_000);

  /** With one realm: its JWTs live for five minutes. */
  private static final int AT_A_TIME = 5_000;

  private static final boolean LONG = REQUESTS > AT_A_TIME;
  private static final int THREADS = 3;

  /** What caches and pools may still grow by: of a million requests, some fifty bytes each. */
  private static final long GROWTH = 50_000_000;

  private static final int HUGE_ONE_IN = 250;

  /** Reports of exposed keys are looked at for as long as one address has not sent too many. */
  private static final String ADDRESSES = "127.0.1.";

  private static final String OTHER_ADDRESS = "127.0.2.1";

  /** What the server reads of a head before it hangs up on the rest. */
  private static final int LONGEST_HEAD = 8_000;

  /** The same in every push, so that a rare find does not stop somebody else's work. */
  private static final long SEED = Long.getLong("seed", 267);

  @Test
  void nothingWrongIsAcceptedAndNothingBreaks()
      throws IOException, InterruptedException, ExecutionException {
    System.out.printf("%d requests, -Dseed=%d%n", REQUESTS, SEED);
    try (KeycloakServer server = server()) {
      OptionalLong first = OptionalLong.empty();
      for (int done = 0; done < REQUESTS; done += AT_A_TIME) {
        try (TestRealm realm = TestRealm.create(server, "fuzz")) {
          long logged = Files.size(server.log());
          List<FuzzEntryPoint> ways = FuzzEntryPoints.of(realm);
          assertThat(play(realm, ways, done, Math.min(REQUESTS, done + AT_A_TIME))).isEmpty();
          assertKeysLive(realm, ways);
          assertNoSecretIn(realm, logged);
        }
        if (LONG) {
          long live = Heap.liveBytes(server);
          System.out.printf("%d requests, %d bytes alive%n", done + AT_A_TIME, live);
          first = OptionalLong.of(first.orElse(live));
          assertThat(live - first.getAsLong()).as("growth").isLessThan(GROWTH);
        }
      }
    }
  }

  /** A long run wants one of its own: to look at its heap, and without all that others log. */
  private static KeycloakServer server() {
    return LONG
        ? KeycloakServer.start(
            Settings.ofItsOwn().withOptions(List.of("--http-access-log-enabled=true")))
        : KeycloakServer.shared();
  }

  private static List<String> play(TestRealm realm, List<FuzzEntryPoint> ways, int from, int to)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Callable<Optional<String>>> attempts =
          IntStream.range(from, to)
              .<Callable<Optional<String>>>mapToObj(
                  number -> () -> Attempt.of(number, ways).fault(realm))
              .toList();
      List<String> faults = new ArrayList<>();
      for (Future<Optional<String>> attempt : threads.invokeAll(attempts)) {
        attempt.get().ifPresent(faults::add);
      }
      return faults;
    } finally {
      threads.shutdownNow();
    }
  }

  /** No spoilt text has ended a key; the good one does. */
  private static void assertKeysLive(TestRealm realm, List<FuzzEntryPoint> ways) {
    for (FuzzEntryPoint way : ways) {
      for (TestKey key : way.ends()) {
        assertThat(state(realm, key)).as(way.name()).isEqualTo("active");
        way.carrier().apply(way.good()).sendFrom(OTHER_ADDRESS, realm.server().baseUri());
        assertThat(state(realm, key)).as(way.name()).isIn("revoked", "exposed");
      }
    }
  }

  private static String state(TestRealm realm, TestKey key) {
    return realm.adminKey("GET", key, "", null).expect(200).text("state");
  }

  private static void assertNoSecretIn(TestRealm realm, long from) throws IOException {
    ShownSecrets.Search search = new ShownSecrets.Search(ShownSecrets.all());
    List<String> found = new ArrayList<>();
    boolean planted = false;
    try (InputStream log = Files.newInputStream(realm.server().log())) {
      log.skipNBytes(from);
      for (String line :
          new String(log.readAllBytes(), StandardCharsets.ISO_8859_1).split("\n", -1)) {
        planted = planted || line.contains("realms/fuzz/access-keys/verify");
        found.addAll(
            search.in(line).stream().map(secret -> line.replace(secret, "<the secret>")).toList());
      }
    }
    if (LONG) {
      assertThat(planted).as("the requests are in the log").isTrue();
    }
    assertThat(found.stream().limit(10)).isEmpty();
  }

  /**
   * One request.
   *
   * @param spoilt how its carrier was; empty if it is as it should be
   */
  private record Attempt(
      int number,
      FuzzEntryPoint way,
      String how,
      String text,
      Optional<FuzzCarrier> spoilt,
      RawRequest request) {

    static Attempt of(int number, List<FuzzEntryPoint> ways) {
      SecureRandom random = Seed.random(SEED + number);
      FuzzEntryPoint way = FuzzText.one(ways, random);
      FuzzText how =
          random.nextInt(HUGE_ONE_IN) == 0 ? FuzzText.HUGE : FuzzText.one(FuzzText.ALL, random);
      String changed = how.of(way.good(), random);
      String text = way.ends().isEmpty() || !way.isGood(changed) ? changed : "x" + changed;
      Optional<FuzzCarrier> spoilt =
          random.nextInt(3) > 0
              ? Optional.empty()
              : Optional.of(FuzzText.one(FuzzCarrier.ALL, random));
      RawRequest request = way.carrier().apply(text);
      RawRequest sent = spoilt.map(carrier -> carrier.of(request, random)).orElse(request);
      // A body that was cut off right behind the good text is a good one again.
      boolean corrected = sent.body().endsWith("=" + way.good()) && !text.equals(way.good());
      return corrected
          ? new Attempt(number, way, how.name(), text, Optional.empty(), request)
          : new Attempt(number, way, how.name(), text, spoilt, sent);
    }

    /** What was wrong with the answer. */
    Optional<String> fault(TestRealm realm) {
      String address = ADDRESSES + (1 + number % 16);
      RawReply reply = request.sendFrom(address, realm.server().baseUri());
      boolean good = way.isGood(text);
      if (reply.status() >= 500 && !request.breaksKeycloak()) {
        return said("server error", reply);
      }
      if (reply.status() == 0 && request.headLength() < LONGEST_HEAD) {
        return said("no answer", reply);
      }
      if (!good && way.accepts().test(reply)) {
        return said("accepted", reply);
      }
      if (text.equals(way.good()) && spoilt.isEmpty() && !way.accepts().test(reply)) {
        return said("refused", reply);
      }
      return Optional.empty();
    }

    private Optional<String> said(String what, RawReply reply) {
      return Optional.of(
          "%s: request %d of seed %d, %s, %s, %s: %s%n  %s%n  %s%n  %s"
              .formatted(
                  what,
                  number,
                  SEED,
                  way,
                  how,
                  spoilt.map(FuzzCarrier::name).orElse("in order"),
                  reply.status(),
                  TextNode.valueOf(text.substring(Math.max(0, text.length() - 100))),
                  request,
                  reply.text().substring(0, Math.min(600, reply.text().length()))));
    }
  }
}
