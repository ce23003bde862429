package io.accesskeys.key;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of another system's HMAC. Holds a secret that nothing here gives back. */
public final class Pepper {

  private static final String HMAC_SHA_256 = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * A pepper of these bytes.
   *
   * @throws IllegalArgumentException if there are none
   */
  public Pepper(byte[] bytes) {
    this.key = new SecretKeySpec(bytes, HMAC_SHA_256);
  }

  byte[] hash(byte[] text) {
    try {
      Mac mac = Mac.getInstance(HMAC_SHA_256);
      mac.init(key);
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has HMAC-SHA-256", e);
    }
  }

  /** Masked. */
  @Override
  public String toString() {
    return "Pepper[masked]";
  }
}
