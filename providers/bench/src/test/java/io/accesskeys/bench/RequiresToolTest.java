package io.accesskeys.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

final class RequiresToolTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void missingToolSkipsEveryTestOfTheClass() {
    TestExecutionSummary summary = run(WithoutItsTool.class, "false");
    assertThat(summary.getTestsStartedCount()).isZero();
    assertThat(summary.getTotalFailureCount()).isZero();
  }

  @Test
  void skippedTestsAreCountedByTool() {
    run(WithoutItsTool.class, "false");
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo("skipped for want of a tool: 2 (no-such-tool: 2)" + System.lineSeparator());
  }

  @Test
  void missingToolFailsTheRunWhenStrict() {
    TestExecutionSummary summary = run(WithoutItsTool.class, "true");
    assertThat(summary.getTotalFailureCount()).isPositive();
    StringWriter report = new StringWriter();
    summary.printFailuresTo(new PrintWriter(report));
    assertThat(report.toString()).contains("tool missing: no-such-tool");
  }

  @Test
  void presentToolLetsTheTestRunAndNothingIsPrinted() {
    TestExecutionSummary summary = run(WithItsTool.class, "true");
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
    assertThat(printed.size()).isZero();
  }

  private TestExecutionSummary run(Class<?> tests, String strict) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    // Without the registered listeners: they would count these skips as skips of the real run.
    LauncherFactory.create(
            LauncherConfig.builder().enableTestExecutionListenerAutoRegistration(false).build())
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(tests))
                .configurationParameter("strict", strict)
                .build(),
            summary,
            new SkippedTests(new PrintStream(printed, true, StandardCharsets.UTF_8)));
    return summary.getSummary();
  }

  @RequiresTool({"sh", "no-such-tool"})
  static final class WithoutItsTool {

    @Test
    void one() {}

    @Test
    void another() {}
  }

  static final class WithItsTool {

    @Test
    @RequiresTool("sh")
    void one() {}
  }
}
