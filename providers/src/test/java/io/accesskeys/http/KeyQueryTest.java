package io.accesskeys.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class KeyQueryTest {

  private static final Path PLANS =
      Path.of("it/src/test/java/io/accesskeys/it/endurance/SearchPlanIT.java");

  /** Looked for key by key, when a policy has been tightened. */
  private static final Set<String> WITHOUT_INDEX = Set.of("beyondPolicy");

  private static Stream<String> parameters() {
    return KeyQuery.OF_ADMIN.stream().filter(name -> !WITHOUT_INDEX.contains(name));
  }

  @ParameterizedTest
  @MethodSource("parameters")
  void thatAParameterIsAnsweredByAnIndexIsTested(String name) throws IOException {
    assertThat(Files.readString(PLANS)).containsPattern("[?&]" + name + "=");
  }
}
