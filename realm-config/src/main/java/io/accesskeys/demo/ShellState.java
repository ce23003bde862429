package io.accesskeys.demo;

import java.net.http.HttpHeaders;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a shell that runs the printed lines would know by now: its variables and its cookie jar. */
final class ShellState {

  /** Expansions as bash knows them: by name, and by name without the last character. */
  private static final Pattern EXPANSION =
      Pattern.compile("\\$(?:([A-Z][A-Z0-9_]*)|\\{([A-Z][A-Z0-9_]*)%\\?})");

  private final Map<String, String> variables = new LinkedHashMap<>();
  private final Map<String, String> cookies = new LinkedHashMap<>();

  void set(String variable, String value) {
    variables.put(variable, value);
  }

  String get(String variable) {
    String value = variables.get(variable);
    if (value == null) {
      throw new IllegalStateException("$" + variable + " is used before it is set");
    }
    return value;
  }

  /** The text with its variables expanded. */
  String expand(String text) {
    return EXPANSION.matcher(text).replaceAll(match -> Matcher.quoteReplacement(expansion(match)));
  }

  /** Takes the cookies of an answer into the jar. */
  void keepCookies(HttpHeaders headers) {
    for (String cookie : headers.allValues("Set-Cookie")) {
      String[] pair = cookie.split(";", 2)[0].split("=", 2);
      cookies.put(pair[0].strip(), pair.length == 2 ? pair[1] : "");
    }
  }

  /** The jar as a request header; empty text if there is nothing in it. */
  String cookieHeader() {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }

  private String expansion(MatchResult match) {
    if (match.group(1) != null) {
      return get(match.group(1));
    }
    String whole = get(match.group(2));
    return whole.substring(0, whole.length() - 1);
  }
}
