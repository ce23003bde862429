package io.accesskeys.demo;

import io.accesskeys.bench.Checkout;
import io.accesskeys.bench.Shell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The demo's output, read back as what it says it is: a bash script.
 *
 * @param commands everything that is no comment; long commands are one element
 * @param statuses what the demo's own calls got, in order
 */
record PrintedScript(List<String> commands, List<Integer> statuses) {

  private static final String EXIT = "@exit ";
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern OUTCOME = Pattern.compile("(?s)(.*?)\n" + EXIT + "([0-9]+)\n");
  private static final Pattern STATUS_LINE = Pattern.compile("(?m)^HTTP/1\\.1 ([0-9]{3})");

  static PrintedScript of(String printed) {
    List<String> commands =
        printed
            .replace("\\\n", "\\\f")
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .map(line -> line.replace('\f', '\n'))
            .toList();
    List<Integer> statuses =
        printed
            .lines()
            .filter(line -> line.startsWith(Transcript.STATUS))
            .map(line -> Integer.valueOf(line.substring(Transcript.STATUS.length()).strip()))
            .toList();
    return new PrintedScript(commands, statuses);
  }

  /** The commands that are curl lines. */
  List<String> curlLines() {
    return commands.stream().filter(command -> command.contains("curl ")).toList();
  }

  /** Runs all commands in one bash and gives what became of each. */
  List<Outcome> run() {
    String script =
        commands.stream()
            .map(command -> command + "\nprintf '\\n" + EXIT + "%s\\n' $?\n")
            .collect(Collectors.joining());
    return outcomes(Shell.run(Checkout.root(), script, Map.of(), LIMIT).output());
  }

  private List<Outcome> outcomes(String output) {
    List<Outcome> outcomes = new ArrayList<>();
    Matcher matcher = OUTCOME.matcher(output);
    for (String command : commands) {
      if (!matcher.find()) {
        throw new AssertionError("bash ended before " + command + ": " + output);
      }
      outcomes.add(
          new Outcome(command, Integer.parseInt(matcher.group(2)), matcher.group(1).strip()));
    }
    return outcomes;
  }

  /**
   * What became of a command.
   *
   * @param exit its exit code
   * @param output what it printed
   */
  record Outcome(String command, int exit, String output) {

    boolean isCurl() {
      return command.contains("curl ");
    }

    /** The HTTP status it shows; 0 if it shows none. */
    int status() {
      Matcher line = STATUS_LINE.matcher(output);
      return line.find() ? Integer.parseInt(line.group(1)) : 0;
    }
  }
}
