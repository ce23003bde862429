package io.accesskeys.key;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.BitSet;
import java.util.Optional;

/** What of all that is sent is text, every database can store or look for, and people can see. */
public final class StorableText {

  /** How long a user name, an address or a {@code client_id} may be in Keycloak's tables. */
  private static final int LONGEST_NAME = 255;

  private static final char REPLACEMENT = '\uFFFD';
  private static final BitSet INVISIBLE = invisible();

  private StorableText() {}

  /** Whether Keycloak can have a user or a client of this name: no other is worth a look-up. */
  public static boolean mayBeName(String text) {
    return text.length() <= LONGEST_NAME && is(text);
  }

  /**
   * Whether this is text to all: PostgreSQL fails at a NUL, and half of a surrogate pair, which
   * JSON can spell, is no character in any encoding.
   */
  public static boolean is(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isHighSurrogate(c)) {
        i++;
        if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
          return false;
        }
      } else if (c == '\0' || Character.isLowSurrogate(c)) {
        return false;
      }
    }
    return true;
  }

  /**
   * The text that these bytes are in UTF-8; empty if they are none. {@code new String} would put
   * another text in its place.
   */
  public static Optional<String> inUtf8(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether whoever decoded it has put a mark in place of what was no text. */
  public static boolean isReplaced(String text) {
    return text.indexOf(REPLACEMENT) >= 0;
  }

  /** Whether a person who looks at it sees anything. */
  public static boolean isVisible(String text) {
    return text.codePoints().anyMatch(StorableText::isVisible);
  }

  /** Whether it changes the direction of what stands after it, as a text of its own may not. */
  public static boolean turnsText(String text) {
    return text.chars().anyMatch(c -> (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069));
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SPACE_SEPARATOR ->
          false;
      default -> !INVISIBLE.get(c);
    };
  }

  /**
   * Letters, marks and a symbol that show nothing: fillers, variation selectors, the empty braille
   * cell. (Unicode's Default_Ignorable_Code_Point, and the one that looks like a blank.)
   */
  private static BitSet invisible() {
    BitSet set = new BitSet();
    set.set(0x034F);
    set.set(0x115F, 0x1161);
    set.set(0x17B4, 0x17B6);
    set.set(0x180B, 0x1810);
    set.set(0x2800);
    set.set(0x3164);
    set.set(0xFE00, 0xFE10);
    set.set(0xFFA0);
    set.set(0xE0100, 0xE01F0);
    return set;
  }
}
