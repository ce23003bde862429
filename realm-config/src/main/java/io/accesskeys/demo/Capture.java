package io.accesskeys.demo;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes a value out of an answer into a shell variable: by sed in the printed lines, by Java here,
 * with one expression that means the same to both.
 *
 * @param variable its name, without the dollar sign
 * @param expression an extended regular expression with one group and no tilde
 * @param decoding what is left to do
 */
record Capture(String variable, String expression, Decoding decoding) {

  /** How the value stands in the answer. */
  enum Decoding {
    /** As it is. */
    NONE(""),
    /** With its ampersands escaped. */
    HTML("s~&amp;~\\&~g; ");

    private final String sed;

    Decoding(String sed) {
      this.sed = sed;
    }

    private String decode(String value) {
      return this == HTML ? value.replace("&amp;", "&") : value;
    }
  }

  /** A member of a JSON body whose value is text that needs no escapes. */
  static Capture member(String variable, String name) {
    return text(variable, "\"" + name + "\":\"([^\"]+)\"");
  }

  /** Whatever the group of the expression matches. */
  static Capture text(String variable, String expression) {
    return new Capture(variable, expression, Decoding.NONE);
  }

  /** Whatever the group of the expression matches, in a page. */
  static Capture html(String variable, String expression) {
    return new Capture(variable, expression, Decoding.HTML);
  }

  /** The bash line that does it, from {@code $ANSWER}. */
  String toShell() {
    return "%s=$(sed -nE '%ss~.*%s.*~\\1~p' <<< \"$ANSWER\") && echo \"%s=$%s\""
        .formatted(variable, decoding.sed, expression, variable, variable);
  }

  /** The value in an answer, headers included, as sed would find it: line by line. */
  String from(Answer answer) {
    Matcher matcher = Pattern.compile(".*" + expression + ".*").matcher("");
    return answer
        .text()
        .lines()
        .map(line -> matcher.reset(decoding.decode(line)))
        .filter(Matcher::find)
        .map(found -> found.group(1))
        .findFirst()
        .orElseThrow(() -> new DemoFailure("Nothing for $" + variable + " in " + answer));
  }
}
