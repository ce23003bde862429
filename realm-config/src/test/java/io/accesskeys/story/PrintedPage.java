package io.accesskeys.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.assertj.core.api.Condition;

/** What a page shows, beside what its blocks have printed. */
final class PrintedPage {

  private PrintedPage() {}

  static void assertRight(List<Walk.Step> steps, Bash.Printed printed) {
    assertThat(steps).hasSizeGreaterThan(3);
    for (int i = 0; i < printed.blocks().size(); i++) {
      assertThat(printed.blocks().get(i))
          .as(steps.get(i).bash())
          .is(new Condition<>(steps.get(i)::isRight, "%s", steps.get(i).prints().orElse("")));
    }
    assertThat(printed.blocks().size())
        .as("bash gave up at block %d, after%n%s", printed.blocks().size() + 1, printed.rest())
        .isEqualTo(steps.size());
  }
}
