package io.accesskeys.it.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Header lines by which a client says what only a gateway may say. */
final class ForgedHeaders {

  /** Of each of them, the value. */
  static final String VALUE = "forged";

  private static final List<String> NAMES =
      List.of(
          "X-Auth-Subject",
          "X-Auth-Username",
          "X-Auth-Client",
          "X-Auth-Scope",
          "X-Auth-Key-Id",
          "X-Auth-Key-Kind",
          "X-Auth-Jwt",
          "X-Auth-Error",
          "X-Access-Key-Retires-At");

  /** By these some frameworks choose what answers, in place of the path. */
  private static final List<String> PATHS =
      List.of(
          "X-Original-URI",
          "X-Original-URL",
          "X-Rewrite-URL",
          "X-Forwarded-Uri",
          "X-Forwarded-Path",
          "X-Forwarded-Prefix");

  private ForgedHeaders() {}

  /** Every identity header in every writing that some API would read as it. */
  static List<List<String>> all() {
    List<List<String>> claims = new ArrayList<>();
    for (String name : NAMES) {
      for (String writing :
          List.of(
              name,
              name.toLowerCase(Locale.ROOT),
              name.toUpperCase(Locale.ROOT),
              name.replace('-', '_'),
              name.replace('-', '.'),
              name.replaceFirst("-", "_"),
              name.replaceFirst("(.*)-", "$1_"),
              name.replaceFirst("(.*)-", "$1."))) {
        String line = writing + ": " + VALUE;
        claims.add(List.of(line));
        claims.add(List.of(line, line));
        claims.add(List.of(line, "Connection: " + writing));
        claims.add(List.of(line, "Connection: close, " + writing, "Connection: Upgrade"));
      }
    }
    claims.add(NAMES.stream().map(name -> "Connection: " + name).toList());
    claims.add(List.of("Connection: " + String.join(", ", NAMES)));
    claims.add(List.of("Connection: " + String.join(",", NAMES), "Upgrade: websocket"));
    claims.add(List.of("Connection: Upgrade, " + String.join(", ", NAMES), "Upgrade: h2c"));
    return claims;
  }

  /** Each of these lines by itself, all of which one request can have. */
  static List<String> names() {
    return all().stream()
        .flatMap(List::stream)
        .filter(line -> line.endsWith(VALUE))
        .distinct()
        .toList();
  }

  /** Every header that stands in for the path, in its usual writing and in two others. */
  static List<String> paths() {
    return PATHS.stream()
        .flatMap(name -> Stream.of(name, name.replace('-', '_'), name.toLowerCase(Locale.ROOT)))
        .map(name -> name + ": /jobs/" + VALUE)
        .toList();
  }
}
