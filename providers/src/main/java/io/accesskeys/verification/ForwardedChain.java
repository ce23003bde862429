package io.accesskeys.verification;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What proxies say of where a request has come from: each adds, at the end, the address of whoever
 * has sent it the request.
 *
 * @param entries the addresses in the order of the header; empty for an entry that is none
 */
record ForwardedChain(List<Optional<String>> entries) {

  /**
   * One parameter of {@code Forwarded} and what ends it; more liberal in the value than RFC 7239.
   */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "[ \\t]*([A-Za-z0-9!#$%&'*+.^_`|~-]+)=(?:([^ \\t,;\"]+)|\"([^\"\\\\]*)\")[ \\t]*([,;]|$)");

  /** Of {@code X-Forwarded-For}; lines count as one list. */
  static ForwardedChain ofXForwardedFor(List<String> lines) {
    return new ForwardedChain(
        lines.stream()
            .flatMap(line -> Stream.of(line.split(",", -1)))
            .map(entry -> AddressText.literal(entry.strip()))
            .toList());
  }

  /** Of {@code Forwarded} (RFC 7239); lines count as one list. */
  static ForwardedChain ofForwarded(List<String> lines) {
    return new ForwardedChain(lines.stream().flatMap(line -> elements(line).stream()).toList());
  }

  /**
   * Who stands before the proxies. Everything to the left of the first address that is no proxy of
   * ours was written by that one, so it is not looked at.
   *
   * @param peer who has sent us the request
   * @return empty if what comes next is no address; the leftmost one if all are proxies
   */
  Optional<String> client(String peer, Predicate<String> isProxy) {
    Optional<String> client = Optional.of(peer);
    for (int i = entries.size() - 1; i >= 0 && client.filter(isProxy).isPresent(); i--) {
      client = entries.get(i);
    }
    return client;
  }

  /** If anything in a line cannot be read, nobody can say where its elements end. */
  private static List<Optional<String>> elements(String line) {
    List<Optional<String>> elements = new ArrayList<>();
    List<String> sources = new ArrayList<>();
    Matcher parameter = PARAMETER.matcher(line);
    while (parameter.lookingAt()) {
      if (parameter.group(1).equalsIgnoreCase("for")) {
        sources.add(parameter.group(2) == null ? parameter.group(3) : parameter.group(2));
      }
      String end = parameter.group(4);
      if (!end.equals(";")) {
        elements.add(
            Optional.of(sources)
                .filter(named -> named.size() == 1)
                .flatMap(named -> AddressText.literal(named.get(0))));
        sources.clear();
      }
      if (end.isEmpty()) {
        return elements;
      }
      parameter.region(parameter.end(), line.length());
    }
    return List.of(Optional.empty());
  }
}
