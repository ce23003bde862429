package io.accesskeys.fuzz;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Texts of any length that are made to cost more than their length: for expressions that backtrack,
 * for lists that are searched, for names and paths that are copied again and again, and for words
 * that all have the same hash.
 */
final class HostileTexts {

  private static final List<String> SEPARATORS =
      List.of(",", ", ", " ", "\t", ";", ":", ".", "/", "=", "|", "##", "&", "\n", "-", "_", ">");

  private static final List<String> OPENINGS =
      List.of("[", "{", "(", "<", "\"", "for=\"", "Basic ", "https://", "P", "kcpat_");

  /** What expressions look for behind an opening, or in vain. */
  private static final List<String> INSIDE =
      List.of(":", ",", " ", "a", "0", "a.", "\\", "[", "\"");

  private static final List<String> LETTERS =
      List.of("a", "A", "0", "é", "\u0301", "Aa", "a.", "a,", "a;", "a=", "a b", "[:", "1D", "%41");

  /** Members that some body has. */
  private static final List<String> MEMBERS =
      List.of("keys", "scopes", "metadata", "restrictions", "x");

  /** Of which any combination of as many has the same hash, as strings of Java and of Jackson. */
  private static final Map<String, List<String>> TWINS =
      Map.of("of Java", List.of("Aa", "BB"), "of Jackson", List.of("Ab", "BA"));

  /** Those that are for every reader, made once. */
  private static final Map<String, IntFunction<String>> COMMON = new LinkedHashMap<>();

  static {
    Map<String, String> made = new HashMap<>();
    Stream.of(pieces(), words(), json())
        .flatMap(makers -> makers.entrySet().stream())
        .forEach(
            maker ->
                COMMON.put(
                    maker.getKey(),
                    length ->
                        made.computeIfAbsent(
                            length + maker.getKey(), key -> maker.getValue().apply(length))));
  }

  private HostileTexts() {}

  /** Makers of such texts, by what they make: each is told how long its text shall be. */
  static Map<String, IntFunction<String>> all(List<String> seeds) {
    Map<String, IntFunction<String>> all = new LinkedHashMap<>(COMMON);
    seeds.forEach(seed -> all.put("many " + seed, length -> repeated(seed, length)));
    String seed = seeds.get(0);
    for (String piece : SEPARATORS) {
      all.put("the seed and many " + piece, length -> seed + repeated(piece, length));
      all.put("many " + piece + " and the seed", length -> repeated(piece, length) + seed);
    }
    for (String separator : SEPARATORS) {
      all.put("the seed behind " + separator, length -> repeated(seed + separator, length));
    }
    return all;
  }

  private static Map<String, IntFunction<String>> pieces() {
    Map<String, IntFunction<String>> all = new LinkedHashMap<>();
    for (List<String> pieces : List.of(ParserFuzzTest.STRANGE, SEPARATORS, LETTERS)) {
      for (String piece : pieces) {
        all.put("many " + piece, length -> repeated(piece, length));
      }
    }
    for (String opening : OPENINGS) {
      for (String piece : INSIDE) {
        all.put(opening + " and many " + piece, length -> opening + repeated(piece, length));
      }
    }
    return all;
  }

  private static Map<String, IntFunction<String>> words() {
    Map<String, IntFunction<String>> all = new LinkedHashMap<>();
    for (String separator : SEPARATORS) {
      all.put("words behind " + separator, length -> words(separator, "", length));
      TWINS.forEach(
          (hash, twins) ->
              all.put(
                  "words of one hash " + hash + " behind " + separator,
                  length -> twins(twins, separator, length)));
    }
    return all;
  }

  private static Map<String, IntFunction<String>> json() {
    Map<String, IntFunction<String>> all = new LinkedHashMap<>();
    // Bodies have a path to the flaw at their end, or none.
    for (String last : List.of("\"x\"", "\"\\ud800\"", "\"\\u0000\"", "1e9", "")) {
      all.put("arrays in arrays, " + last, length -> nested("[", last, "]", length));
      all.put("objects in objects, " + last, length -> nested("{\"a\":", last, "}", length));
      all.put(
          "objects with long names, " + last,
          length -> nested("{\"" + "n".repeat(length / 100) + "\":", last, "}", length));
      all.put(
          "a long name with many entries, " + last,
          length ->
              "{\"" + "n".repeat(length / 2) + "\":[" + repeated("1,", length / 2) + last + "]}");
    }
    for (String member : MEMBERS) {
      String begin = "{\"" + member + "\":";
      all.put(member + ", texts", length -> begin + "[\"" + words("\",\"", "", length) + "\"]}");
      all.put(member + ", the same", length -> begin + "[" + repeated("\"a\",", length) + "\"\"]}");
      all.put(member + ", names", length -> begin + "{\"" + words("\":\"", "", length) + "\":1}}");
      all.put(
          member + ", members",
          length -> begin + "{\"" + words("\":\"x\",\"", "", length) + "\":\"x\"}}");
      all.put(member + ", a long text", length -> begin + "\"" + "x".repeat(length) + "\"}");
      all.put(member + ", escapes", length -> begin + "[\"" + repeated("\\u0041", length) + "\"]}");
      all.put(member + ", a number", length -> begin + "1" + "0".repeat(length) + "}");
      all.put(member + ", objects", length -> begin + "[" + repeated("{},", length) + "{}]}");
      all.put(
          member + ", restrictions",
          length ->
              begin
                  + "[{\"type\":\"ip\",\"allow\":[\""
                  + words("\",\"", "10.0.", length)
                  + "\"]}]}");
      TWINS.forEach(
          (hash, twins) -> {
            all.put(
                member + ", texts of one hash " + hash,
                length -> begin + "[\"" + twins(twins, "\",\"", length) + "\"]}");
            all.put(
                member + ", members of one hash " + hash,
                length -> begin + "{\"" + twins(twins, "\":\"x\",\"", length) + "\":\"x\"}}");
          });
    }
    TWINS.forEach(
        (hash, twins) ->
            all.put(
                "names of one hash " + hash,
                length -> "{\"" + twins(twins, "\":\"x\",\"", length) + "\":\"x\"}"));
    all.put("many members", length -> "{\"" + words("\":\"x\",\"", "", length) + "\":\"x\"}");
    all.put("a long name", length -> "{\"" + "n".repeat(length) + "\":1}");
    all.put(
        "details",
        length -> "[{\"type\":\"x\",\"actions\":[\"" + words("\",\"", "", length) + "\"]}]");
    return all;
  }

  private static String repeated(String piece, int length) {
    return piece.repeat(length / piece.length());
  }

  private static String nested(String open, String inside, String close, int length) {
    int depth = Math.min(length / (open.length() + close.length()), 990);
    return open.repeat(depth) + inside + close.repeat(depth);
  }

  /** Words that are all different. */
  private static String words(String separator, String before, int length) {
    int each = separator.length() + before.length() + 4;
    return IntStream.range(0, length / each)
        .mapToObj(number -> before + Integer.toString(46_656 + number, 36))
        .collect(Collectors.joining(separator));
  }

  /** Words that are all different and all have the same hash. */
  private static String twins(List<String> twins, String separator, int length) {
    int bits = 13;
    int each = separator.length() + 2 * bits;
    return IntStream.range(0, Math.min(length / each, 1 << bits))
        .mapToObj(
            number ->
                IntStream.range(0, bits)
                    .mapToObj(bit -> twins.get((number >> bit) & 1))
                    .collect(Collectors.joining()))
        .collect(Collectors.joining(separator));
  }
}
