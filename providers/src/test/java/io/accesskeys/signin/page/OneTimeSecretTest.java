package io.accesskeys.signin.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.accesskeys.SampleKey;
import io.accesskeys.SeededRandom;
import io.accesskeys.key.KeyText;
import org.junit.jupiter.api.Test;

final class OneTimeSecretTest {

  private static final KeyText TEXT = KeyText.generate("kcpat", new SeededRandom(1));

  @Test
  void printedFormShowsNothingOfTheSecret() {
    assertThat(OneTimeSecret.key(TEXT))
        .hasToString("OneTimeSecret[ACCESS_KEY of " + TEXT.id() + "]");
    assertThat(OneTimeSecret.token(SampleKey.of(TEXT), "e.y.J"))
        .hasToString("OneTimeSecret[ACCESS_TOKEN of " + TEXT.id() + "]");
  }
}
