package io.accesskeys.key;

import java.util.Arrays;
import java.util.Optional;

/**
 * How other systems hash the keys that can be moved here: fast, without a salt, so that a key is
 * found by its hash. Slow hashes (bcrypt, argon2) cannot be looked for, and their keys have to be
 * issued anew.
 */
public enum LegacyAlgorithm {
  /** SHA-256 of the text's bytes. */
  SHA_256("sha256"),
  /** HMAC-SHA-256 of the text's bytes, keyed with the pepper of the realm. */
  HMAC_SHA_256("hmac-sha256");

  private final String wireName;

  LegacyAlgorithm(String wireName) {
    this.wireName = wireName;
  }

  /** The name in requests, exports and the database. */
  public String wireName() {
    return wireName;
  }

  /** The algorithm of this name; empty for any other text. */
  public static Optional<LegacyAlgorithm> of(String wireName) {
    return Arrays.stream(values())
        .filter(algorithm -> algorithm.wireName.equals(wireName))
        .findFirst();
  }
}
