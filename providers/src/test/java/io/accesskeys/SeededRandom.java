package io.accesskeys;

import java.security.SecureRandom;
import java.util.SplittableRandom;

/** Randomness that can be repeated: the same seed gives the same keys. For tests only. */
public final class SeededRandom extends SecureRandom {

  private static final long serialVersionUID = 1L;

  private final transient SplittableRandom digits;

  public SeededRandom(long seed) {
    digits = new SplittableRandom(seed);
  }

  /** Another one for every run, so name it when a test fails; {@code -Dseed=} repeats one. */
  public static long seed() {
    return Long.getLong("seed", System.nanoTime());
  }

  @Override
  public void nextBytes(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) digits.nextInt();
    }
  }

  @Override
  public int nextInt(int bound) {
    return digits.nextInt(bound);
  }
}
