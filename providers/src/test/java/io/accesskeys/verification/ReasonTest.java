package io.accesskeys.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import org.junit.jupiter.api.Test;

final class ReasonTest {

  @Test
  void isOfAKnownKeyUnlessItIsFoundOutBeforeAnyKeyIs() {
    EnumSet<Reason> before = EnumSet.of(Reason.UNKNOWN, Reason.INSECURE_TRANSPORT);
    assertThat(Reason.values())
        .allSatisfy(
            reason -> assertThat(reason.isOfKnownKey()).isNotEqualTo(before.contains(reason)));
  }

  @Test
  void isOneWordInSmallLettersInEvents() {
    assertThat(Reason.IN_URL.wireName()).isEqualTo("in_url");
    assertThat(Reason.WRONG_SECRET.wireName()).isEqualTo("wrong_secret");
  }
}
