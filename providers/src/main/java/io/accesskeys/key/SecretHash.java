package io.accesskeys.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What is stored of a secret: the name of an algorithm and its value over the secret, base64url.
 *
 * <p>A plain SHA-256 with domain separation. 256 random bits cannot be guessed, so a slow password
 * hash would add nothing but a lever for denial of service (NIST SP 800-63B: from 112 bits on a
 * plain approved hash is enough). The algorithm is named per row, so that another can follow.
 *
 * @param algorithm {@value #SHA_256}, or that of another system: {@link LegacyAlgorithm}
 * @param value base64url without padding
 */
public record SecretHash(String algorithm, String value) {

  /** SHA-256 over {@code access-keys:secret:1}, a zero byte and the secret's ASCII text. */
  public static final String SHA_256 = "access-keys-sha-256";

  private static final byte[] DOMAIN = "access-keys:secret:1\0".getBytes(UTF_8);

  static SecretHash of(String secret) {
    return new SecretHash(
        SHA_256, Base64.getUrlEncoder().withoutPadding().encodeToString(digest(secret)));
  }

  /** Whether it is of a text that another system made. */
  public boolean isLegacy() {
    return LegacyAlgorithm.of(algorithm).isPresent();
  }

  boolean matches(String secret) {
    return SHA_256.equals(algorithm)
        && MessageDigest.isEqual(Base64.getUrlDecoder().decode(value), digest(secret));
  }

  private static byte[] digest(String secret) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(DOMAIN);
      return sha256.digest(secret.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
