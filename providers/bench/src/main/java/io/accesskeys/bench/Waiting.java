package io.accesskeys.bench;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for something that no event announces. */
public final class Waiting {

  private static final Duration PAUSE = Duration.ofMillis(50);

  private Waiting() {}

  /**
   * Asks again and again until the condition holds or the time is over.
   *
   * @return whether it held in time
   * @throws IllegalStateException when the thread is interrupted
   */
  public static boolean until(BooleanSupplier condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end >= 0) {
        return false;
      }
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting", e);
      }
    }
    return true;
  }
}
