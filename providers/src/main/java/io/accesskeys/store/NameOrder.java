package io.accesskeys.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

  /** No backslash: MariaDB reads that one before {@code LIKE} does. */
  static final char ESCAPE = '!';

  private static final Pattern WILDCARD = Pattern.compile("[!%_]");

  /** Sorts behind every hex digit. */
  private static final String BEHIND = "g";

  private NameOrder() {}

  /** The form of a name; long ones are cut. */
  static String of(String name) {
    String hex = whole(name);
    return isCut(name) ? hex.substring(0, MAX) : hex;
  }

  /** Whether the form of this name has only its beginning. */
  static boolean isCut(String name) {
    return whole(name).length() > MAX;
  }

  /**
   * Patterns of SQL's {@code LIKE} for names in lower case that begin with this text: composed, and
   * taken apart. {@link #ESCAPE} stands before what would be a wildcard.
   */
  static List<String> patterns(String prefix) {
    String lower = prefix.toLowerCase(Locale.ROOT);
    return Stream.of(Normalizer.Form.NFC, Normalizer.Form.NFD)
        .map(form -> WILDCARD.matcher(Normalizer.normalize(lower, form)).replaceAll("!$0") + "%")
        .distinct()
        .toList();
  }

  private static String whole(String name) {
    String begin = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    String lower = composed(composed(begin).toLowerCase(Locale.ROOT));
    return HexFormat.of().formatHex(lower.getBytes(UTF_8));
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
