package io.accesskeys.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The form of a name by which keys are sorted and found: hex digits of its UTF-8, in lower case and
 * composed (NFC), so that a letter with an accent is one however it was typed. Databases sort text
 * by collations of which no two agree, and can use an index for the beginning of a text under few
 * of them; hex digits sort alike everywhere.
 */
final class NameOrder {

  private static final int MAX = 64;

  /** More than a name may have. */
  private static final int MAX_NAME = 256;

  /** Sorts behind every hex digit. */
  private static final String BEHIND = "g";

  private NameOrder() {}

  /** The form of a name; long ones are cut. */
  static String of(String name) {
    String begin = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    String lower = composed(composed(begin).toLowerCase(Locale.ROOT));
    String hex = HexFormat.of().formatHex(lower.getBytes(UTF_8));
    return hex.length() > MAX ? hex.substring(0, MAX) : hex;
  }

  private static String composed(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /**
   * A form that came back from outside.
   *
   * @throws IllegalArgumentException if it is none
   */
  static String checked(String form) {
    HexFormat.of().parseHex(form);
    return form;
  }

  /** The end, exclusive, of the forms of all names that begin alike. */
  static String endOf(String prefix) {
    return of(prefix) + BEHIND;
  }
}
