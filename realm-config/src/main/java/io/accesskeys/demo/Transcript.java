package io.accesskeys.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * What the demo shows. All of it together is a bash script: the commands are bare, everything else
 * is a comment.
 */
final class Transcript {

  /** How a comment with the status of an answer begins. */
  static final String STATUS = "#  -> ";

  /** The headers of an answer that are shown. */
  private static final List<String> TELLING =
      List.of(
          "Location",
          "WWW-Authenticate",
          "X-Auth-Subject",
          "X-Auth-Username",
          "X-Auth-Client",
          "X-Auth-Scope",
          "X-Auth-Key-Id",
          "X-Auth-Key-Kind");

  private static final String INDENT = "#     ";
  private static final int WIDTH = 112;
  private static final int LONGEST_VALUE = 90;

  private final PrintStream out;
  private final ShellState state = new ShellState();
  private String step = "Before the first step";
  private int steps;
  private int calls;

  Transcript(PrintStream out) {
    this.out = out;
  }

  /** Begins the next step. */
  void step(String title, String explanation) {
    steps++;
    step = "Step " + steps + ", " + title;
    out.println();
    out.println("# == " + steps + ". " + title);
    say(explanation);
  }

  /** A line of explanation. */
  void say(String explanation) {
    out.println("#    " + explanation);
  }

  /** A variable whose value is known. */
  void set(String variable, String value) {
    state.set(variable, value);
    out.println(variable + "=" + Quoting.word(value));
  }

  /** A command that only the shell needs. */
  void command(String line) {
    out.println(line);
  }

  /**
   * Shows a call, sends it and shows its answer.
   *
   * @param captures what to keep of the answer
   * @return the answer, its status being the expected one
   */
  Answer call(Call call, int status, Capture... captures) {
    calls++;
    out.println();
    out.println(captures.length == 0 ? call.toCurl() : captured(call));
    for (Capture capture : captures) {
      out.println(capture.toShell());
    }
    Answer answer = checked(() -> call.send(state).expectStatus(status));
    show(answer);
    for (Capture capture : captures) {
      checked(
          () -> {
            state.set(capture.variable(), capture.from(answer));
            return answer;
          });
    }
    return answer;
  }

  /** Compares an answer with what the demo promises. */
  void check(Answer answer, Expectation expectation) {
    checked(() -> expectation.of(answer));
  }

  /** The value of a variable, for what no curl line can do. */
  String value(String variable) {
    return state.get(variable);
  }

  /** Shows JSON as part of an answer. */
  void show(JsonNode json) {
    StringBuilder line = new StringBuilder(INDENT);
    for (String part : shortened(json).toString().split("(?<=,)", -1)) {
      if (line.length() + part.length() > WIDTH && line.length() > INDENT.length()) {
        out.println(line);
        line.setLength(0);
        line.append(INDENT).append(' ');
      }
      line.append(part);
    }
    out.println(line);
  }

  int steps() {
    return steps;
  }

  int calls() {
    return calls;
  }

  /** What an answer is checked for. */
  @FunctionalInterface
  interface Expectation {
    Answer of(Answer answer);
  }

  @FunctionalInterface
  private interface Attempt {
    Answer run();
  }

  private Answer checked(Attempt attempt) {
    try {
      return attempt.run();
    } catch (DemoFailure e) {
      throw new DemoFailure(step + ", call " + calls + ". " + e.getMessage());
    }
  }

  private static String captured(Call call) {
    return "ANSWER=$(" + call.toCurl() + ") && head -n 1 <<< \"$ANSWER\"";
  }

  private void show(Answer answer) {
    out.println(STATUS + answer.status());
    for (String name : TELLING) {
      answer
          .headers()
          .firstValue(name)
          .ifPresent(value -> out.println(INDENT + name + ": " + shortened(value)));
    }
    if (answer.isJson()) {
      show(answer.json());
    }
  }

  private static JsonNode shortened(JsonNode json) {
    if (!json.isObject()) {
      return json;
    }
    ObjectNode copy = json.deepCopy();
    for (Map.Entry<String, JsonNode> member : json.properties()) {
      if (member.getValue().isTextual()) {
        copy.put(member.getKey(), shortened(member.getValue().asText()));
      }
    }
    return copy;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_VALUE
        ? text
        : text.substring(0, 60) + "..." + text.substring(text.length() - 8);
  }
}
