package io.accesskeys.request;

import io.accesskeys.restriction.ip.IpRanges;
import java.util.Optional;

/** Addresses as proxies write them into headers: perhaps in brackets, perhaps with a port. */
final class AddressText {

  /** Nothing longer is an address, so that nothing longer is read. */
  private static final int MAX_LENGTH =
      "[ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255]:65535".length();

  private static final int MAX_PORT_LENGTH = 5;

  private AddressText() {}

  /**
   * The bare literal. Empty for all that may be read in two ways or needs to be looked up: names,
   * {@code unknown}, zones, IPv6 with a port but without brackets.
   */
  static Optional<String> literal(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    String bare = text.startsWith("[") ? withoutBrackets(text) : withoutPort(text);
    return Optional.of(bare).filter(IpRanges::isAddress);
  }

  /** Brackets are for IPv6 alone; a text with others stays as it is, which is no address. */
  private static String withoutBrackets(String text) {
    int end = text.indexOf(']');
    int colon = text.indexOf(':');
    boolean v6 = colon > 0 && colon < end;
    return v6 && (end == text.length() - 1 || isPort(text, end + 1))
        ? text.substring(1, end)
        : text;
  }

  private static String withoutPort(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && isPort(text, colon) ? text.substring(0, colon) : text;
  }

  /** Whether the rest of the text is a colon and a port. */
  private static boolean isPort(String text, int from) {
    int digits = text.length() - from - 1;
    return text.charAt(from) == ':'
        && digits >= 1
        && digits <= MAX_PORT_LENGTH
        && text.chars().skip(from + 1L).allMatch(c -> c >= '0' && c <= '9');
  }
}
