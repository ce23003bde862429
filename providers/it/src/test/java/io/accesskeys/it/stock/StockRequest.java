package io.accesskeys.it.stock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One request of {@code stock/requests.txt}, which says how they are written.
 *
 * @param group the heading that it stands under
 * @param browser whose cookies it sends and keeps
 * @param body a form or JSON, with {@code {placeholders}}, as every other text here
 * @param keeps where in the answer the value of a placeholder is
 * @param adds what the jar adds to an array of the answer
 * @param anyOrder whether lists in the answer are in an order that nobody promises
 * @param differs whether the answer must be another one with the jar
 */
record StockRequest(
    String group,
    String name,
    String method,
    String path,
    Map<String, String> headers,
    Optional<String> browser,
    String body,
    Map<String, String> keeps,
    Optional<Addition> adds,
    boolean anyOrder,
    boolean differs) {

  private static final Path FILE = Path.of("src/test/resources/stock/requests.txt");
  private static final String CONTENT_TYPE = "Content-Type";
  private static final String BROWSER = "Browser";
  private static final Pattern KEEP = Pattern.compile("keep ([a-z-]+) = (.+)");
  private static final Pattern ADDS = Pattern.compile("adds (\\S+) to (/\\S*|the page)");

  /**
   * A value, or an object of this alias, that an array has with the jar, and not without; or what
   * stands in a line of its own of {@code the page}. The array {@code /} is the whole answer.
   */
  record Addition(String value, String pointer) {}

  /** All of them, in their order. */
  static List<StockRequest> all() {
    return parse(read());
  }

  /** What stands in such a file. */
  static List<StockRequest> parse(String text) {
    List<StockRequest> requests = new ArrayList<>();
    for (String section : after("== ", text)) {
      String group = section.lines().findFirst().orElseThrow();
      after("-- ", section).stream().map(part -> one(group, part)).forEach(requests::add);
    }
    return requests;
  }

  /** Of the body, which is sent as it is under a type of its own; null if there is none. */
  String contentType() {
    if (body.isEmpty() || headers.containsKey(CONTENT_TYPE)) {
      return headers.get(CONTENT_TYPE);
    }
    return body.startsWith("{\"") || body.equals("{}")
        ? "application/json"
        : "application/x-www-form-urlencoded";
  }

  boolean isForm() {
    return !body.isEmpty() && !headers.containsKey(CONTENT_TYPE) && !contentType().endsWith("json");
  }

  @Override
  public String toString() {
    return group + ": " + name;
  }

  private static List<String> after(String mark, String text) {
    return Arrays.stream(("\n" + text).split("\n" + mark, -1)).skip(1).toList();
  }

  private static StockRequest one(String group, String part) {
    List<String> lines = part.lines().toList();
    String[] first = lines.get(1).split(" ", 2);
    Map<String, String> headers = new LinkedHashMap<>();
    Map<String, String> keeps = new LinkedHashMap<>();
    Optional<Addition> adds = Optional.empty();
    boolean anyOrder = false;
    boolean differs = false;
    List<String> head = lines.stream().skip(2).takeWhile(line -> !line.isEmpty()).toList();
    List<String> rest = lines.stream().skip(3L + head.size()).filter(l -> !l.isEmpty()).toList();
    StringBuilder body = new StringBuilder();
    for (String line : Stream.concat(head.stream(), rest.stream()).toList()) {
      Matcher keep = KEEP.matcher(line);
      Matcher addition = ADDS.matcher(line);
      if (keep.matches()) {
        keeps.put(keep.group(1), keep.group(2));
      } else if (addition.matches()) {
        adds = Optional.of(new Addition(addition.group(1), addition.group(2)));
      } else if (line.equals("in any order")) {
        anyOrder = true;
      } else if (line.equals("differs")) {
        differs = true;
      } else if (rest.contains(line)) {
        body.append(line);
      } else {
        String[] header = line.split(": ", 2);
        headers.put(header[0], header[1]);
      }
    }
    Optional<String> browser = Optional.ofNullable(headers.remove(BROWSER));
    return new StockRequest(
        group,
        lines.get(0),
        first[0],
        first[1],
        headers,
        browser,
        body.toString(),
        keeps,
        adds,
        anyOrder,
        differs);
  }

  private static String read() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
