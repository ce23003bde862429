package io.accesskeys.key;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StorableTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "ci", "zoë", "line\nline", "\u0001", "\uffff", "\ud83d\udd11"})
  void isWhatEveryDatabaseTakes(String text) {
    assertThat(StorableText.is(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "a\0b", "\ud83d", "\udd11", "\udd11\ud83d", "a\ud83db"})
  void isNeitherNulNorHalfAPair(String text) {
    assertThat(StorableText.is(text)).isFalse();
  }

  @Test
  void aNameIsNoLongerThanKeycloaksColumns() {
    assertThat(StorableText.mayBeName("x".repeat(255))).isTrue();
    assertThat(StorableText.mayBeName("x".repeat(256))).isFalse();
    assertThat(StorableText.mayBeName("a\0b")).isFalse();
  }
}
