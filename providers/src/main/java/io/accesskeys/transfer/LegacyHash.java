package io.accesskeys.transfer;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/** The 32 bytes of a hash as other systems write them: hex, base64 or base64url. */
final class LegacyHash {

  private static final int BYTES = 32;
  private static final int HEX_DIGITS = 64;

  /** In base64 without padding, with it, and in hex. */
  private static final Set<Integer> LENGTHS = Set.of(43, 44, HEX_DIGITS);

  private LegacyHash() {}

  /** The hash in base64url without padding; empty if the text is none. */
  static Optional<String> read(String text) {
    // Decoding fails by an exception, which is dear for text that anybody can see is no hash.
    if (!LENGTHS.contains(text.length())) {
      return Optional.empty();
    }
    try {
      byte[] bytes =
          text.length() == HEX_DIGITS
              ? HexFormat.of().parseHex(text)
              : Base64.getUrlDecoder().decode(text.replace('+', '-').replace('/', '_'));
      return Optional.of(bytes)
          .filter(hash -> hash.length == BYTES)
          .map(hash -> Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
