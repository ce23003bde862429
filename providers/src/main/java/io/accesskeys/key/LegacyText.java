package io.accesskeys.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A presented text that may be a key of another system. It keeps the text's hashes and not the
 * text, which is hashed exactly as it was presented.
 */
public final class LegacyText implements PresentedKey {

  private final Map<LegacyAlgorithm, byte[]> digests = new EnumMap<>(LegacyAlgorithm.class);

  private LegacyText() {}

  /**
   * The hashes of a text.
   *
   * @param text visible ASCII: see {@link LegacyTexts}
   * @param pepper of the realm; without one no HMAC is looked for
   */
  public static LegacyText of(String text, Optional<Pepper> pepper) {
    byte[] bytes = text.getBytes(US_ASCII);
    LegacyText hashed = new LegacyText();
    hashed.digests.put(LegacyAlgorithm.SHA_256, sha256(bytes));
    pepper.ifPresent(one -> hashed.digests.put(LegacyAlgorithm.HMAC_SHA_256, one.hash(bytes)));
    return hashed;
  }

  /** The values of the hashes under which a key of this text may be stored. */
  public List<String> digests() {
    return digests.values().stream().map(LegacyText::encode).toList();
  }

  /**
   * A hash as it is stored.
   *
   * @param digest 32 bytes
   */
  public static SecretHash stored(LegacyAlgorithm algorithm, byte[] digest) {
    return new SecretHash(algorithm.wireName(), encode(digest));
  }

  @Override
  public Optional<String> namedId() {
    return Optional.empty();
  }

  @Override
  public boolean matches(SecretHash stored) {
    return LegacyAlgorithm.of(stored.algorithm())
        .map(digests::get)
        .filter(
            digest -> MessageDigest.isEqual(Base64.getUrlDecoder().decode(stored.value()), digest))
        .isPresent();
  }

  /** Masked. */
  @Override
  public String toString() {
    return "LegacyText[masked]";
  }

  private static String encode(byte[] digest) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
  }

  private static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
