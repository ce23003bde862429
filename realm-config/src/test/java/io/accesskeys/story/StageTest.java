package io.accesskeys.story;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a block must print, and what of it is shown. */
final class StageTest {

  @ParameterizedTest
  @CsvSource({
    "200, 200, true",
    "200, 401, false",
    "200, '200\n401', false",
    "'a … c', 'a b c', true",
    "'a … c', 'a b d', false",
    "'a…', 'a b\nc', false",
    "'20…', 2026, true",
    "'200', '', false"
  })
  void aBlockMustPrintThatAndNothingElse(String expected, String printed, boolean right) {
    assertThat(new Walk.Step("x", Optional.of(expected)).isRight(printed)).isEqualTo(right);
  }

  @Test
  void aBlockThatSaysNothingMayPrintAnything() {
    assertThat(new Walk.Step("x", Optional.empty()).isRight("anything")).isTrue();
  }

  @Test
  void secretsAreMaskedAndIdsAreNot() {
    String key = "acme_test_TestKeyInGit0001" + "x".repeat(49);
    assertThat(Stage.masked("a " + key + " b")).isEqualTo("a acme_test_TestKeyInGit0001… b");
    assertThat(Stage.masked("eyJhbGciOi.eyJpc3MiOi.c2ln")).isEqualTo("…");
    assertThat(Stage.masked("x-auth-username: alice")).isEqualTo("x-auth-username: alice");
  }
}
