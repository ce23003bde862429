package io.accesskeys.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.Cluster;
import io.accesskeys.bench.OnTwoNodes;
import io.accesskeys.bench.RequiresTool;
import io.accesskeys.bench.realm.TestRealm;
import io.accesskeys.it.cluster.CommitLog.Commit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What was answered survives the death of the database: PostgreSQL has waited for the disk at the
 * commit. Where only Keycloak's events change, Keycloak has it not wait; that must not take our
 * changes along. {@code DatabaseKillIT} kills a database to see it.
 */
@RequiresTool("initdb")
@OnTwoNodes
class DurabilityIT {

  /**
   * What an acknowledged change changes, of which Keycloak does not wait for the disk by itself.
   */
  private static final Set<String> OURS =
      Set.of(
          "access_key",
          "access_key_secret",
          "client",
          "client_attributes",
          "required_action_config",
          "revoked_token");

  /**
   * The time in which something was done.
   *
   * @param begin before it
   * @param end after it was answered
   */
  private record Window(Instant begin, Instant end) {

    static Window of(Runnable what) {
      Instant begin = Instant.now();
      what.run();
      return new Window(begin, Instant.now());
    }

    boolean has(Commit commit) {
      return !commit.at().isBefore(begin) && !commit.at().isAfter(end);
    }
  }

  @Test
  void aChangeIsOnTheDiskWhenItIsAnswered() {
    Cluster cluster = Cluster.shared();
    TestRealm realm = TestRealm.create(cluster.first(), "durability");
    Map<String, Window> windows = new LinkedHashMap<>();
    List<Commit> commits;
    try (CommitLog log = CommitLog.of(cluster.database())) {
      Window events = Window.of(() -> realm.grant("kcpat_x", Map.of()).expect(400));
      AcknowledgedChanges.in(realm)
          .forEach((name, change) -> windows.put(name, Window.of(change.get())));
      commits = log.commits();
      assertThat(commits)
          .as("Keycloak does not wait for events: without that this test would show nothing")
          .anyMatch(commit -> events.has(commit) && commit.synchronous().equals("off"));
    }
    assertThat(windows)
        .hasSizeGreaterThan(30)
        .allSatisfy(
            (name, window) ->
                assertThat(commits.stream().filter(window::has))
                    .as(name)
                    .filteredOn(commit -> OURS.contains(commit.table()))
                    .isNotEmpty()
                    .extracting(Commit::synchronous)
                    .containsOnly("on"));
  }
}
