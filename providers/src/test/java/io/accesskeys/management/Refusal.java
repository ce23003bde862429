package io.accesskeys.management;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The two ways in which a roll is refused. */
final class Refusal {

  private Refusal() {}

  static void assertInvalid(ThrowingCallable roll, String field, String reason) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(roll)
        .withMessageContaining(reason)
        .extracting(InvalidRequestException::field)
        .isEqualTo(field);
  }

  static void assertConflict(ThrowingCallable roll, String reason) {
    assertThatExceptionOfType(KeyConflictException.class).isThrownBy(roll).withMessage(reason);
  }
}
