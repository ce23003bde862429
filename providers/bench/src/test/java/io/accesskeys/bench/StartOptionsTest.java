package io.accesskeys.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class StartOptionsTest {

  @Test
  void laterOptionReplacesTheEarlierOneOfItsName() {
    assertThat(StartOptions.common().and(List.of("--cache=ispn")).list())
        .contains("--cache=ispn")
        .doesNotContain("--cache=local");
  }

  @Test
  void anEmptyValueTakesTheOptionAway() {
    assertThat(StartOptions.common().and(List.of("--cache=")).list())
        .noneMatch(option -> option.startsWith("--cache"));
  }

  @Test
  void optionsWithoutValueStay() {
    assertThat(new StartOptions().and(List.of("--optimized", "--import-realm")).list())
        .containsExactly("--optimized", "--import-realm");
  }
}
