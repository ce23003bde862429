package io.accesskeys.bench;

import java.io.PrintStream;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end of a run how many tests {@link RequiresTool} has skipped: a skip is no pass. */
public final class SkippedTests implements TestExecutionListener {

  private final PrintStream out;
  private final Map<String, Long> byTool = new TreeMap<>();
  private Optional<TestPlan> plan = Optional.empty();

  /** For JUnit, which finds it as a service: prints to standard output. */
  public SkippedTests() {
    this(System.out);
  }

  SkippedTests(PrintStream out) {
    this.out = out;
  }

  @Override
  public void testPlanExecutionStarted(TestPlan started) {
    plan = Optional.of(started);
    byTool.clear();
  }

  @Override
  public void executionSkipped(TestIdentifier skipped, String reason) {
    MissingTool.ofReason(reason)
        .ifPresent(tool -> byTool.merge(tool.name(), testsIn(skipped), Long::sum));
  }

  @Override
  public void testPlanExecutionFinished(TestPlan finished) {
    if (!byTool.isEmpty()) {
      out.println(summary(byTool));
    }
  }

  static String summary(Map<String, Long> byTool) {
    Collection<Long> counts = byTool.values();
    return "skipped for want of a tool: %d (%s)"
        .formatted(
            counts.stream().mapToLong(Long::longValue).sum(),
            byTool.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", ")));
  }

  private long testsIn(TestIdentifier skipped) {
    Stream<TestIdentifier> below =
        plan.stream().flatMap(known -> known.getDescendants(skipped).stream());
    return Stream.concat(Stream.of(skipped), below).filter(TestIdentifier::isTest).count();
  }
}
