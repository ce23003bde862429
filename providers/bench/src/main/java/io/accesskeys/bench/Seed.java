package io.accesskeys.bench;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/** Randomness that can be repeated: the same seed gives the same keys. */
public final class Seed {

  private Seed() {}

  /** Another one for every run, so name it when a test fails; {@code -Dseed=} repeats one. */
  public static long any() {
    return Long.getLong("seed", System.nanoTime());
  }

  /** What follows from a seed. */
  public static SecureRandom random(long seed) {
    try {
      // The one that takes a seed in place of its own, as long as it is given before the first use.
      SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
      random.setSeed(seed);
      return random;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA1PRNG", e);
    }
  }
}
