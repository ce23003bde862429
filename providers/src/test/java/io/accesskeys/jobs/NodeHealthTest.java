package io.accesskeys.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.accesskeys.health.Finding;
import io.accesskeys.health.FindingKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.Time;

/** What is wrong with a node. */
final class NodeHealthTest {

  private static final Duration HOUR = Duration.ofHours(1);

  private final JobRun run = new JobRun("upkeep", HOUR);
  private final Instant start = Instant.ofEpochMilli(Time.currentTimeMillis());

  private List<Finding> after(Duration time) {
    return NodeHealth.findings(List.of(run), start.plus(time));
  }

  @Test
  void aJobIsBehindOnceItHasMissedARunAndMore() {
    assertThat(after(HOUR.multipliedBy(2))).isEmpty();
    assertThat(after(HOUR.multipliedBy(2).plusMinutes(6)))
        .extracting(Finding::kind, Finding::where)
        .containsExactly(tuple(FindingKind.JOB_BEHIND, "job upkeep"));
    run.run(() -> {});
    assertThat(after(HOUR.multipliedBy(2))).isEmpty();
  }

  @Test
  void aJobOfEverySecondMayBeLateForMinutes() {
    JobRun mail = new JobRun("mail", Duration.ofSeconds(1));
    assertThat(NodeHealth.findings(List.of(mail), start.plusSeconds(290))).isEmpty();
    assertThat(NodeHealth.findings(List.of(mail), start.plusSeconds(310))).hasSize(1);
  }
}
