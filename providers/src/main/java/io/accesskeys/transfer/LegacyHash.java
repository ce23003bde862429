package io.accesskeys.transfer;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** The 32 bytes of a hash as other systems write them: hex, base64 or base64url. */
final class LegacyHash {

  private static final int BYTES = 32;
  private static final int HEX_DIGITS = 64;

  private LegacyHash() {}

  /** The hash in base64url without padding; empty if the text is none. */
  static Optional<String> read(String text) {
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
