package io.accesskeys.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SampleKey;
import io.accesskeys.SeededRandom;
import io.accesskeys.key.AccessKey;
import io.accesskeys.key.KeyText;
import io.accesskeys.notice.ExpiryNotices.Window;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of whose end an owner hears, and how often. */
final class ExpiryNoticesTest {

  @ParameterizedTest
  @CsvSource({
    "PT15M, 0",
    "PT15M0.001S, 1",
    "PT24H, 1",
    "PT24H0.001S, 2",
    "P7D, 2",
    "P8D, 3",
    "P31D, 4",
  })
  void anOwnerHearsOfEachDateThatLayAheadAndOfTheEndUnlessItWasForOneToken(
      Duration life, int notices) {
    AccessKey key =
        SampleKey.of(
            KeyText.generate("kcpat", new SeededRandom(1)),
            SampleKey.goodUntil(Optional.of(SampleKey.CREATED.plus(life))));
    assertThat(Window.ALL.stream().filter(window -> window.concerns(key))).hasSize(notices);
  }
}
