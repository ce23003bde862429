package io.accesskeys.it.server;

import io.accesskeys.bench.realm.Http;
import io.accesskeys.bench.realm.Reply;
import io.accesskeys.bench.realm.TestRealm;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Asks a port for ours again and again, from before anybody listens there. */
final class PortWatch implements AutoCloseable {

  private static final String KEY = "kcpat_" + "0".repeat(65);

  /** A server that starts needs the processor, too. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean ended;

  /** Begins at once. */
  PortWatch(int port) {
    String root = "http://127.0.0.1:" + port;
    URI token = URI.create(root + "/realms/acme/protocol/openid-connect/token");
    List<Supplier<Reply>> questions =
        List.of(
            () -> get(root + "/realms/acme/access-keys/verify?client=acme-api"),
            () -> get(root + "/realms/acme/access-keys"),
            () -> get(root + "/admin/realms/acme/access-keys"),
            () ->
                Http.anything(
                    "POST",
                    token,
                    Map.of(),
                    "application/x-www-form-urlencoded",
                    Http.encode(
                        Map.of(
                            "grant_type",
                            TestRealm.GRANT,
                            "client_id",
                            "acme-api",
                            "access_key",
                            KEY))));
    thread = new Thread(() -> ask(questions), "port-watch");
    thread.start();
  }

  private static Reply get(String uri) {
    return Http.anything("GET", URI.create(uri), TestRealm.bearer(KEY), null, "");
  }

  private void ask(List<Supplier<Reply>> questions) {
    while (!ended) {
      questions.stream().flatMap(question -> answer(question).stream()).forEach(answers::add);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Empty while nobody listens. */
  private static Optional<String> answer(Supplier<Reply> question) {
    try {
      Reply reply = question.get();
      return Optional.of(reply.status() + " " + reply.body());
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  /** Status and body of all answers until now. */
  List<String> answers() {
    return new ArrayList<>(answers);
  }

  @Override
  public void close() {
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the last answer", e);
    }
  }
}
