package io.accesskeys.management;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What becomes of a wish: it is granted, or refused with the member and the reason. */
public final class Wished {

  private Wished() {}

  /** What came of a wish that is granted. */
  public static <T> T granted(Callable<T> wish) {
    try {
      return wish.call();
    } catch (InvalidRequestException e) {
      throw new AssertionError(e.field() + " " + e.getMessage(), e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Fails unless the wish is refused with exactly this member and this reason. */
  public static void assertRefused(ThrowingCallable wish, String field, String reason) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(wish)
        .withMessage(reason)
        .extracting(InvalidRequestException::field)
        .isEqualTo(field);
  }
}
