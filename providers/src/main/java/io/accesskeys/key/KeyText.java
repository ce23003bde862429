package io.accesskeys.key;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * What a holder presents: {@code <prefix>_<id><secret><checksum>}.
 *
 * <p>The prefix matches {@code [a-z0-9]+(_[a-z0-9]+)*} and has 2 to 24 characters; after the last
 * underscore stand exactly 65 base62 digits: 16 of the public id, 43 of the secret (256 bits), 6 of
 * the CRC-32 over everything before them. A double click selects the whole text.
 *
 * <p>An instance holds a secret: {@link #toString()} masks it, {@link #reveal()} does not.
 */
public final class KeyText implements PresentedKey {

  /** Digits of the public id. */
  public static final int ID_LENGTH = 16;

  private static final int SECRET_LENGTH = 43;
  private static final int CHECKSUM_LENGTH = 6;

  /** Digits behind the prefix and its underscore. */
  public static final int BODY_LENGTH = ID_LENGTH + SECRET_LENGTH + CHECKSUM_LENGTH;

  private static final int MIN_PREFIX = 2;
  private static final int MAX_PREFIX = 24;

  /** RFC 8959: a URI scheme by which scanners recognise any secret. */
  static final String SECRET_TOKEN_SCHEME = "secret-token:";

  private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{" + ID_LENGTH + "}");

  private final String prefix;
  private final String id;
  private final String secret;

  private KeyText(String prefix, String id, String secret) {
    this.prefix = prefix;
    this.id = id;
    this.secret = secret;
  }

  /**
   * A new key with a new id.
   *
   * @throws IllegalArgumentException if the prefix is not one
   */
  public static KeyText generate(String prefix, SecureRandom random) {
    return generate(prefix, Base62.random(random, ID_LENGTH), random);
  }

  /**
   * A new secret for the key of this id.
   *
   * @throws IllegalArgumentException if the prefix or the id is not one
   */
  public static KeyText generate(String prefix, String id, SecureRandom random) {
    if (!isPrefix(prefix) || !isId(id)) {
      throw new IllegalArgumentException("Not a key prefix and id: " + prefix + ", " + id);
    }
    return new KeyText(prefix, id, Base62.random(random, SECRET_LENGTH));
  }

  /**
   * Reads presented text, {@code secret-token:} in front accepted (RFC 8959). Never throws and
   * needs no look-up.
   *
   * @param text anything, of any length; null is not a key
   * @return empty if the text has another shape or its checksum does not match
   */
  public static Optional<KeyText> parse(String text) {
    if (text == null
        || text.length() > SECRET_TOKEN_SCHEME.length() + MAX_PREFIX + 1 + BODY_LENGTH) {
      return Optional.empty();
    }
    String bare =
        text.startsWith(SECRET_TOKEN_SCHEME) ? text.substring(SECRET_TOKEN_SCHEME.length()) : text;
    if (!hasForm(bare)) {
      return Optional.empty();
    }
    int checksumStart = bare.length() - CHECKSUM_LENGTH;
    if (!checksum(bare.substring(0, checksumStart)).equals(bare.substring(checksumStart))) {
      return Optional.empty();
    }
    int bodyStart = bare.length() - BODY_LENGTH;
    int secretStart = bodyStart + ID_LENGTH;
    return Optional.of(
        new KeyText(
            bare.substring(0, bodyStart - 1),
            bare.substring(bodyStart, secretStart),
            bare.substring(secretStart, checksumStart)));
  }

  /** Whether this is a prefix and a body behind it, whatever its checksum. */
  static boolean hasForm(String bare) {
    int bodyStart = bare.length() - BODY_LENGTH;
    int prefixEnd = bodyStart - 1;
    if (prefixEnd < MIN_PREFIX
        || bare.charAt(prefixEnd) != '_'
        || !isPrefix(bare.substring(0, prefixEnd))) {
      return false;
    }
    for (int i = bodyStart; i < bare.length(); i++) {
      if (!Base62.isDigit(bare.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** A new id, for a key whose text another system made. */
  public static String newId(SecureRandom random) {
    return Base62.random(random, ID_LENGTH);
  }

  /** Whether the text can be the public id of a key. */
  public static boolean isId(String text) {
    return text != null && ID.matcher(text).matches();
  }

  /** Whether the text can be the prefix of a key. */
  public static boolean isPrefix(String text) {
    if (text == null || text.length() < MIN_PREFIX || text.length() > MAX_PREFIX) {
      return false;
    }
    char before = '_';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!letter && (c != '_' || before == '_')) {
        return false;
      }
      before = c;
    }
    return before != '_';
  }

  public String prefix() {
    return prefix;
  }

  /** The public id: safe in logs, URLs and pages. */
  public String id() {
    return id;
  }

  @Override
  public Optional<String> namedId() {
    return Optional.of(id);
  }

  /** The hash to store in place of the secret. */
  public SecretHash hash() {
    return SecretHash.of(secret);
  }

  @Override
  public boolean matches(SecretHash stored) {
    return stored.matches(secret);
  }

  /** The last four characters of the whole text, by which a holder tells two keys apart. */
  public String hint() {
    return reveal().substring(reveal().length() - 4);
  }

  /** The whole text, secret included. Show it once, to its holder, and nowhere else. */
  public String reveal() {
    String unchecked = prefix + '_' + id + secret;
    return unchecked + checksum(unchecked);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyText that
        && prefix.equals(that.prefix)
        && id.equals(that.id)
        && matches(that.hash());
  }

  @Override
  public int hashCode() {
    return Objects.hash(prefix, id);
  }

  @Override
  public String toString() {
    return prefix + '_' + id + '…';
  }

  private static String checksum(String unchecked) {
    CRC32 crc = new CRC32();
    crc.update(unchecked.getBytes(US_ASCII));
    return Base62.encode(crc.getValue(), CHECKSUM_LENGTH);
  }
}
