package io.accesskeys.story;

import io.accesskeys.bench.RequiresTool;
import java.util.stream.Stream;
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
      PrintedPage.assertRight(stage.walk().steps(), stage.play());
    }
  }
}
