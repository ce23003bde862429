package io.accesskeys.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.bench.RequiresTool;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every page, typed as it stands, on a server that has imported the files as they are shipped. */
@RequiresTool({"bash", "curl", "openssl", "nginx"})
class WalkIT {

  @TestFactory
  Stream<DynamicTest> everyBlockPrintsWhatThePageShows() {
    return Story.all().stream()
        .map(story -> DynamicTest.dynamicTest(story.name(), () -> assertRight(story)));
  }

  private static void assertRight(Story story) {
    try (Stage stage = Stage.of(story, StoryRealms.serverOf(story))) {
      List<Walk.Step> steps = stage.walk().steps();
      Bash.Printed printed = stage.play();
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
}
