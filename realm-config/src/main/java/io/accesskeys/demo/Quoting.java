package io.accesskeys.demo;

import java.util.regex.Pattern;

/** Words of a bash command line. */
final class Quoting {

  private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.:/=@%+,-]+");
  private static final Pattern EXPANDABLE = Pattern.compile("[^\"`\\\\!]+");

  private Quoting() {}

  /**
   * The text as one word, its variables left for the shell to expand.
   *
   * @throws IllegalArgumentException when it would need escapes, which nobody wants to read
   */
  static String word(String text) {
    if (BARE.matcher(text).matches()) {
      return text;
    }
    if (text.indexOf('$') < 0 && text.indexOf('\'') < 0) {
      return "'" + text + "'";
    }
    if (EXPANDABLE.matcher(text).matches()) {
      return '"' + text + '"';
    }
    throw new IllegalArgumentException("Not to be quoted plainly: " + text);
  }
}
